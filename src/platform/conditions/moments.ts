const dayMs = 86_400_000

/** Spans of the calendar around a day; weeks begin on Monday (GB/T 7408). */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_quarter',
  'last_quarter',
  'next_quarter',
  'this_year',
  'last_year',
  'next_year',
] as const
export type Period = (typeof periods)[number]

/** The day so many days from another, both `2026-11-21`. */
export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The first day of a period and the first after it. */
export const periodAround = (period: Period, today: string): readonly [string, string] => {
  const step = period.startsWith('last') ? -1 : period.startsWith('next') ? 1 : 0
  const [year = 0, month = 1] = today.split('-').map(Number)
  const monthAt = (offset: number) =>
    new Date(Date.UTC(year, month - 1 + offset, 1)).toISOString().slice(0, 10)
  if (period.endsWith('week')) {
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
    const monday = shifted(today, step * 7 - weekday)
    return [monday, shifted(monday, 7)]
  }
  if (period.endsWith('month')) return [monthAt(step), monthAt(step + 1)]
  if (period.endsWith('quarter')) {
    const first = step * 3 - ((month - 1) % 3)
    return [monthAt(first), monthAt(first + 3)]
  }
  if (period.endsWith('year')) {
    const first = step * 12 - (month - 1)
    return [monthAt(first), monthAt(first + 12)]
  }
  const day = shifted(today, period === 'yesterday' ? -1 : period === 'tomorrow' ? 1 : 0)
  return [day, shifted(day, 1)]
}

/** More days than this bring every anniversary. */
export const yearOfDays = 366

/**
 * The months and days, as 1121, whose anniversary falls on one of the days from `today` on, so many
 * and today itself. Whoever was born on 29 February has it on the 28th in years that have no 29th.
 */
export const anniversariesFrom = (today: string, days: number): readonly number[] => {
  const found = new Set<number>()
  for (let ahead = 0; ahead <= Math.min(days, yearOfDays); ahead++) {
    const date = shifted(today, ahead)
    found.add(monthAndDay(date))
    if (date.endsWith('-02-28') && shifted(date, 1).endsWith('-03-01')) found.add(229)
  }
  return [...found]
}

export const monthAndDay = (date: string) => Number(date.slice(5, 7)) * 100 + Number(date.slice(8))
