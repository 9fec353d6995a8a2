import type { FieldError } from '#platform/errors/error.ts'

export const channels = [
  { value: 'call', label: { zh: '电话', en: 'Call' } },
  { value: 'visit', label: { zh: '拜访', en: 'Visit' } },
  { value: 'wechat', label: { zh: '微信', en: 'WeChat' } },
  { value: 'sms', label: { zh: '短信', en: 'SMS' } },
  { value: 'email', label: { zh: '邮件', en: 'E-mail' } },
  { value: 'meeting', label: { zh: '会议', en: 'Meeting' } },
  { value: 'letter', label: { zh: '信函', en: 'Letter' } },
  { value: 'fax', label: { zh: '传真', en: 'Fax' } },
] as const

export const directions = [
  { value: 'out', label: { zh: '我方发起', en: 'Outgoing' } },
  { value: 'in', label: { zh: '客户发起', en: 'Incoming' } },
] as const

/** A meeting may be noted ahead by a day, as clocks and time zones differ; the plan itself is a task. */
const aheadMs = 86_400_000
const dayMinutes = 1440

/** What is wrong with when and how long an interaction was; `now` is ISO 8601. */
export const problemsOf = (
  { at, minutes }: Readonly<Record<string, unknown>>,
  now: string,
): FieldError[] => {
  const problems: FieldError[] = []
  if (typeof at === 'string' && Date.parse(at) > Date.parse(now) + aheadMs)
    problems.push({ path: 'at', reason: 'in_the_future' })
  if (typeof minutes === 'number' && (minutes < 0 || minutes > dayMinutes))
    problems.push({ path: 'minutes', reason: 'out_of_range', values: { min: 0, max: dayMinutes } })
  return problems
}
