import { halfWidth } from './halfWidth.ts'

export type DateOptions = {
  /**
   * A bare number of days may stand for a date, as in a spreadsheet cell; 1904: by the count of old Macs;
   * `likely`: in a text, where only days from 1950 to 2099 are meant so.
   */
  serial?: boolean | 1904 | 'likely'
  /** What comes first in `5/1/2026`; without it only days after the twelfth are taken. */
  order?: 'day' | 'month' | undefined
  /** The year of `1月5日`. */
  year?: number | undefined
}

type Parts = { date: string; time: string | undefined; zone: string | undefined }

const dateForms = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]
const timeForm =
  /^(上午|下午|am|pm)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:[.,]\d+)?秒?|分)?\s*(am|pm)?$/i

/**
 * Reads a date as people and spreadsheets write it (2026/1/5, 2026-01-05, 2026.1.5, 2026年1月5日,
 * 20260105; a midnight time behind it is dropped) into `YYYY-MM-DD`. With `serial`, five digits
 * are Excel's count of days. Undefined for anything else: two digit years, days that do not exist,
 * and what would be a guess, unless `order` or `year` says it: see `dateDoubt`.
 */
export const readDate = (text: string, options: DateOptions = {}): string | undefined => {
  const moment = partsOf(text, options)
  if (!moment || moment.zone) return undefined
  return (moment.time ?? '00:00:00') === '00:00:00' ? moment.date : undefined
}

/** Why a text that looks like a date is none: its day and month could be either, or its year is missing. */
export const dateDoubt = (text: string): 'date_order_unclear' | 'date_year_missing' | undefined => {
  const plain = halfWidth(text).trim()
  const [day = ''] = plain.split(/[\sT]/)
  if (partsOf(plain, { order: 'day' }) || partsOf(plain, { order: 'month' }))
    return 'date_order_unclear'
  if (partsOf(plain, { year: 2024 })) return 'date_year_missing'
  return /^\d{1,2}[-/.]\d{1,2}$/.test(day) ? 'date_year_missing' : undefined
}

/**
 * Reads a date with an optional time into `YYYY-MM-DDTHH:mm:ss+08:00`; without a zone of its own
 * the text is taken as the time of China, the only zone there; in summers with summer time +09:00. Seconds are cut, not rounded.
 */
export const readDateTime = (text: string, options: DateOptions = {}): string | undefined => {
  const moment = partsOf(text, options)
  if (!moment) return undefined
  const local = `${moment.date}T${moment.time ?? '00:00:00'}`
  if (!moment.zone) return `${local}${hasSummerTime(local) ? '+09:00' : '+08:00'}`
  const instant = Date.parse(`${local}${moment.zone}`)
  if (Number.isNaN(instant)) return undefined
  return `${new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}

/** China put its clocks forward in the summers of 1986 to 1991, and in some before 1950. */
const hasSummerTime = (local: string) =>
  local < '1992' && shanghai.format(new Date(`${local}+09:00`)) === local.replace('T', ' ')

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  ...{ timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' },
})

/** True when `YYYY-MM-DD` names a day of the calendar from the year 1000 on. */
export const isDate = (text: string): boolean => {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

const partsOf = (text: string, options: DateOptions): Parts | undefined => {
  const plain = halfWidth(text)
  if (isSerial(plain, options))
    return fromSerial(Number(plain) + (options.serial === 1904 ? days1904 : 0))
  const split = /^(\S+?)(?:[\sT]+(.*?))?$/.exec(
    plain.replace(/([年月])\s+/g, '$1').replace(/[日号](?=\S)/, '日 '),
  )
  const zone = /(?<=\d)(Z|[+-]\d{2}:?\d{2})$/i.exec(split?.[2] ?? '')?.[0]
  const clock = zone ? split?.[2]?.slice(0, -zone.length) : split?.[2]
  const date = dateOf(split?.[1] ?? '', options)
  const time = clock === undefined ? undefined : timeOf(clock)
  if (!date || (clock !== undefined && !time)) return undefined
  return { date, time, zone: zone?.toUpperCase() }
}

const isSerial = (text: string, { serial }: DateOptions) =>
  Boolean(serial) &&
  /^\d{5}(\.\d+)?$/.test(text) &&
  (serial !== 'likely' || (Number(text) >= firstLikely && Number(text) < endOfLikely))

const dateOf = (text: string, { order, year }: DateOptions) => {
  const found = dateForms.map((form) => form.exec(text)).find((match) => match)
  if (found) return dayOf(found[1], found[2], found[3])
  const local = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text)
  if (local) return localDay(Number(local[1]), Number(local[3]), local[4], order)
  const short = /^(\d{1,2})月(\d{1,2})[日号]?$/.exec(text)
  return short && year !== undefined ? dayOf(String(year), short[1], short[2]) : undefined
}

/** Two figures before the year: the one above twelve is the day, else the order says it. */
const localDay = (
  one: number,
  other: number,
  year: string | undefined,
  order: DateOptions['order'],
) => {
  const told = one > 12 ? 'day' : other > 12 ? 'month' : order
  if (told === undefined || (one > 12 && order === 'month') || (other > 12 && order === 'day'))
    return undefined
  return told === 'day'
    ? dayOf(year, String(other), String(one))
    : dayOf(year, String(one), String(other))
}

const dayOf = (year = '', month = '', day = '') => {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

const timeOf = (text: string) => {
  const found = timeForm.exec(text.trim())
  if (!found) return undefined
  const half = (found[1] ?? found[5])?.toLowerCase()
  const written = Number(found[2])
  if (half && (written < 1 || written > 12)) return undefined
  const hour = half ? (written % 12) + (half === '下午' || half === 'pm' ? 12 : 0) : written
  const minute = Number(found[3])
  const second = Number(found[4] ?? 0)
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
}

/** 1 January 1950 and 1 January 2100, as Excel counts. */
const firstLikely = 18_264
const endOfLikely = 73_051

/** What the two counts differ by. */
const days1904 = 1462

// Excel counts from 1899-12-30 for every day after its invented 29 February 1900.
const fromSerial = (days: number): Parts => {
  const moment = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400) * 1000).toISOString()
  return { date: moment.slice(0, 10), time: moment.slice(11, 19), zone: undefined }
}
