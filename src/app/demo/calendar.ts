import chineseDays from 'chinese-days'

const dayMs = 86_400_000
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

const dateOf = (day: string) => new Date(`${day}T00:00:00Z`)

export const addDays = (day: string, count: number) =>
  new Date(dateOf(day).getTime() + count * dayMs).toISOString().slice(0, 10)

export const daysBetween = (from: string, to: string) =>
  Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / dayMs)

/** `11月25日周三`, as people write an appointment into a note. */
export const spoken = (day: string) =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日${weekdays[dateOf(day).getUTCDay()]}`

/** An instant of a day in China Standard Time, in UTC. */
export const instant = (day: string, minute: number) =>
  new Date(dateOf(day).getTime() + (minute - 480) * 60_000).toISOString()

// chinese-days takes a date's local parts, so a bare day shifts in zones west of Greenwich.
const noon = (day: string) =>
  new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)), 12)

export const isWorkday = (day: string) => chineseDays.isWorkday(noon(day))

/** A public holiday, not a plain weekend: chinese-days names those with a comma. */
export const isPublicHoliday = (day: string) => {
  const { work, name } = chineseDays.getDayDetail(noon(day))
  return !work && name.includes(',')
}

/** The day itself or the first after it on which people meet: at weekends too where `weekend` says. */
export const meetingDay = (day: string, weekend: boolean): string => {
  const open = weekend ? !isPublicHoliday(day) : isWorkday(day)
  return open ? day : meetingDay(addDays(day, 1), weekend)
}
