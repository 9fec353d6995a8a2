import type { Field } from '../fields/field.ts'
import { type Decimal, ofFen, ofNumber, toFen, toNumber, toPlaces } from './decimal.ts'
import { type Row, type Type, typeOf, type Value } from './types.ts'

const dayLength = 86_400_000
// Days from 0001-01-01 to 9999-12-31: what a date can be stored as.
const firstDay = -719_162
const lastDay = 2_932_896
const mostLetters = 2000

/** The value of a field in a row, as formulas reckon with it. */
export const reader = (name: string, field: Field): ((row: Row) => Value) => {
  const type = typeOf(field)
  const labels = new Map(field.choices?.map(({ value, label }) => [value, label.zh]))
  const said = (value: unknown) => labels.get(String(value)) ?? String(value)
  return (row) => {
    const value = row[name]
    if (value === null || value === undefined || value === '') return null
    if (type === 'list') return Array.isArray(value) ? value.map(said) : null
    if (type === 'number') return ofNumber(Number(value))
    if (type === 'money') return ofFen(Number(value))
    if (type === 'bool') return value === true
    if (type === 'date') return dayIn(String(value), field.kind === 'dateTime')
    return said(value)
  }
}

/** What is stored of a result: fen, six places, a day as text; nothing for what cannot be stored. */
export const stored = (type: Type, value: Value): unknown => {
  if (value === null) return null
  if (type === 'number') return toNumber(value as Decimal)
  if (type === 'money') return toFen(toPlaces(value as Decimal, 2))
  if (type === 'date') return dayText(value as number)
  if (type === 'text') return [...String(value)].slice(0, mostLetters).join('').trim() || null
  return value
}

/** A day of the calendar as days since 1970; null where there is none. An instant is its day in China. */
const dayIn = (text: string, instant = false): number | null => {
  const at = Date.parse(instant ? text : `${text.slice(0, 10)}T00:00:00Z`)
  const china = instant ? 8 * 3_600_000 : 0
  return Number.isNaN(at) ? null : Math.floor((at + china) / dayLength)
}

export const dayText = (day: number): string | null =>
  day < firstDay || day > lastDay ? null : new Date(day * dayLength).toISOString().slice(0, 10)

/** Null for a day that is in no calendar, such as 30 February. */
export const dayOf = (year: number, month: number, day: number): number | null => {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return null
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return same && at.getUTCFullYear() === year ? Math.floor(at.getTime() / dayLength) : null
}

/** Texts grow by joining; what is too long to be stored is cut at once, so that memory stays small. */
export const short = (text: string) =>
  text.length > 4 * mostLetters ? text.slice(0, 4 * mostLetters) : text
