import type { Locale } from '#platform/fields/field.ts'
import { dateFormat } from './formats.ts'

type Clock = { locale: Locale; timeZone: string; now: Date }

const tags: Record<Locale, string> = { zh: 'zh-CN', en: 'en-GB' }
const dayLength = 86_400_000

/** The calendar day of an instant in a time zone, `2026-11-21`. */
export const dayOf = (at: Date, timeZone: string) =>
  dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)

/** Whole days from one calendar day to another; negative when `to` lies before. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength)

export const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)

const weekday = (day: string, locale: Locale) =>
  dateFormat(tags[locale], { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

const plainDay = (day: string, today: string, locale: Locale) => {
  const [year = '', month = '', date = ''] = day.split('-')
  if (locale === 'zh') {
    const words = `${Number(month)}月${Number(date)}日`
    return year === today.slice(0, 4) ? words : `${year}年${words}`
  }
  return dateFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(year !== today.slice(0, 4) && { year: 'numeric' }),
  }).format(new Date(`${day}T00:00:00Z`))
}

/** A day as said aloud near today (今天, 明天, 周五), else as a date. */
export const sayDay = (day: string, today: string, locale: Locale) => {
  const distance = daysBetween(today, day)
  const near: Record<number, { zh: string; en: string }> = {
    [-2]: { zh: '前天', en: '2 days ago' },
    [-1]: { zh: '昨天', en: 'Yesterday' },
    0: { zh: '今天', en: 'Today' },
    1: { zh: '明天', en: 'Tomorrow' },
    2: { zh: '后天', en: 'In 2 days' },
  }
  const word = near[distance]
  if (word) return word[locale]
  if (distance > 0 && distance < 7) return weekday(day, locale)
  return plainDay(day, today, locale)
}

/** A due day: how far it lies behind, or when it comes. */
export const sayDue = (day: string, today: string, locale: Locale) => {
  const late = daysBetween(day, today)
  if (late <= 0) return sayDay(day, today, locale)
  return locale === 'zh' ? `逾期 ${late} 天` : `${late} ${late === 1 ? 'day' : 'days'} late`
}

/** A day in full with its weekday, for the hover: `2026年11月21日 周六`. */
export const fullDay = (day: string, locale: Locale) => {
  const [year = '', month = '', date = ''] = day.split('-')
  return locale === 'zh'
    ? `${year}年${Number(month)}月${Number(date)}日 ${weekday(day, locale)}`
    : `${weekday(day, locale)} ${plainDay(day, '', locale)}`
}

/** A day as a heading: `11月21日 周六`, with the year where it is another. */
export const longDay = (day: string, today: string, locale: Locale) => {
  const [date, name] = [plainDay(day, today, locale), weekday(day, locale)]
  return locale === 'zh' ? `${date} ${name}` : `${name} ${date}`
}

/** The Monday after a day. */
export const nextMonday = (day: string) =>
  addDays(day, (8 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7 || 7)

/** The wall clock of an instant, `14:30`. */
export const sayClock = (iso: string, clock: Clock) => clockOf(new Date(iso), clock)

const clockOf = (at: Date, { timeZone }: Clock) =>
  dateFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

/** An instant relative to now: 刚刚, 12 分钟前, 昨天 14:30, 3 天前, 11月21日. */
export const sayInstant = (iso: string, clock: Clock) => {
  const at = new Date(iso)
  const { locale, now, timeZone } = clock
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000)
  const day = dayOf(at, timeZone)
  const today = dayOf(now, timeZone)
  const days = daysBetween(day, today)
  const zh = locale === 'zh'
  if (minutes < 0) return `${sayDay(day, today, locale)} ${clockOf(at, clock)}`
  if (minutes < 1) return zh ? '刚刚' : 'Just now'
  if (minutes < 60) return zh ? `${minutes} 分钟前` : `${minutes} min ago`
  if (days === 0)
    return zh ? `${Math.floor(minutes / 60)} 小时前` : `${Math.floor(minutes / 60)} h ago`
  if (days === 1) return `${sayDay(day, today, locale)} ${clockOf(at, clock)}`
  if (days < 30) return zh ? `${days} 天前` : `${days} days ago`
  return plainDay(day, today, locale)
}

/** An instant in full, for the hover and the chronicle: `2026年11月21日 周六 14:30`. */
export const fullInstant = (iso: string, clock: Clock) => {
  const at = new Date(iso)
  return `${fullDay(dayOf(at, clock.timeZone), clock.locale)} ${clockOf(at, clock)}`
}

/** `2026-11-21T14:30` in a time zone, as `<input type="datetime-local">` wants it. */
export const toLocalInput = (iso: string, timeZone: string) => {
  const at = new Date(iso)
  const time = dateFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
  return `${dayOf(at, timeZone)}T${time}`
}

/** The instant that a wall clock of a time zone shows; in a repeated hour the earlier one. */
export const fromLocalInput = (value: string, timeZone: string) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) return undefined
  const asUtc = Date.parse(`${value}:00Z`)
  const shown = (at: number) =>
    Date.parse(`${toLocalInput(new Date(at).toISOString(), timeZone)}:00Z`)
  const guess = asUtc - (shown(asUtc) - asUtc)
  return new Date(guess - (shown(guess) - asUtc)).toISOString()
}
