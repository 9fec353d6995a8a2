import * as z from 'zod/mini'
import { type Field, isList } from '../fields/field.ts'
import { date } from '../fields/kinds.ts'
import type { Leaf, Scalar } from './condition.ts'
import { type Period, periods, shifted, yearOfDays } from './moments.ts'
import { askedWith } from './tests.ts'

/** What is wrong with the value of a leaf, as a reason that the web has words for. */
export type Wrong = { wrong: string; value?: string }
export type Reader = { person: number | null; department: number | null }

/** A moment as a border: a day, or an instant where a date with a time was asked for. */
export type Border = { day: string } | { instant: string }

/** The value of a leaf in the field's own type; what it means follows from the test. */
export type Meant =
  | { with: 'nothing' }
  | { with: 'one'; value: unknown }
  | { with: 'several'; values: unknown[] }
  | { with: 'days'; days: number }
  | { with: 'border'; from: Border }
  | { with: 'span'; from: Border; to: Border }
  | { with: 'two'; from: unknown; to: unknown }
  | { with: 'period'; period: Period }

const isTime = ({ kind }: Field) => kind === 'date' || kind === 'dateTime'

/** Reads the value of a leaf for server and browser alike: normalised as the field stores it. */
export const meaning = (field: Field, { is, value }: Leaf, reader: Reader): Meant | Wrong => {
  const asked = askedWith(is)
  if (asked === 'nothing') return { with: 'nothing' }
  if (asked === 'several' || asked === 'two') {
    if (!Array.isArray(value)) return { wrong: 'list_needed' }
    if (asked === 'several') return several(field, value, reader)
    return between(field, value, reader)
  }
  if (value === undefined || Array.isArray(value)) return { wrong: 'one_value_needed' }
  if (asked === 'days') return days(value, is === 'anniversary_in_days' ? yearOfDays : 36_500)
  if (asked === 'period') {
    const period = periods.find((each) => each === value)
    return period ? { with: 'period', period } : { wrong: 'period_unknown' }
  }
  if (is === 'contains' || is === 'starts_with') return { with: 'one', value: String(value) }
  if (isTime(field)) {
    const from = border(field, value, is !== 'eq')
    if ('wrong' in from) return from
    return is === 'eq' ? spanned(from, from) : { with: 'border', from }
  }
  const read = one(field, value, reader)
  return 'wrong' in read ? read : { with: 'one', value: read.value }
}

const several = (field: Field, list: Scalar[], reader: Reader): Meant | Wrong => {
  const values: unknown[] = []
  for (const each of list) {
    const read = one(field, each, reader)
    if ('wrong' in read) return read
    values.push(read.value)
  }
  return { with: 'several', values }
}

const between = (field: Field, list: Scalar[], reader: Reader): Meant | Wrong => {
  const [low, high] = list
  if (list.length !== 2 || low === undefined || high === undefined) return { wrong: 'two_needed' }
  if (isTime(field)) {
    const from = border(field, low, false)
    const to = border(field, high, false)
    if ('wrong' in from) return from
    return 'wrong' in to ? to : spanned(from, to)
  }
  const from = one(field, low, reader)
  const to = one(field, high, reader)
  if ('wrong' in from) return from
  return 'wrong' in to ? to : { with: 'two', from: from.value, to: to.value }
}

/** Whole days from the first to the last, the day after which must be one, too. */
const spanned = (from: Border, to: Border): Meant | Wrong => {
  if (!('day' in from) || !('day' in to)) return { wrong: 'not_a_date' }
  const after = shifted(to.day, 1)
  if (!isDay(after)) return { wrong: 'not_a_date' }
  return { with: 'span', from, to: { day: after } }
}

const one = (field: Field, value: Scalar, reader: Reader): { value: unknown } | Wrong => {
  if (field.kind === 'person' && value === 'me') return { value: reader.person ?? 0 }
  if (field.kind === 'department' && value === 'my_department')
    return { value: reader.department ?? 0 }
  const read = z.safeParse(field.read, isList(field) ? [value] : value)
  if (!read.success) return { wrong: 'value_not_for_field', value: String(value) }
  const held: unknown = read.data
  return { value: isList(field) && Array.isArray(held) ? held[0] : held }
}

const days = (value: Scalar, most: number): Meant | Wrong =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    ? { with: 'days', days: value }
    : { wrong: most === yearOfDays ? 'days_of_year_needed' : 'days_needed' }

const border = (field: Field, value: Scalar, timed: boolean): Border | Wrong => {
  const text = String(value)
  const day = text.slice(0, 10)
  if (!isDay(day) || Number.isNaN(Date.parse(text))) return { wrong: 'not_a_date' }
  if (text.length > 10 && field.kind === 'dateTime' && timed)
    return { instant: new Date(text).toISOString() }
  return { day }
}

const anyDay = date({ label: { zh: '日期', en: 'Date' } })
// PostgreSQL knows no year 0, and the day after the last of 9999 has five digits.
const isDay = (text: string) => !text.startsWith('0000') && z.safeParse(anyDay.read, text).success
