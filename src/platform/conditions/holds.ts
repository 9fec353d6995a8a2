import { type Field, type Fields, isList } from '../fields/field.ts'
import type { Condition, Leaf } from './condition.ts'
import { anniversariesFrom, monthAndDay, periodAround, shifted, yearOfDays } from './moments.ts'
import { testsOf } from './tests.ts'
import { type Border, type Meant, meaning, type Reader } from './values.ts'

/** When and for whom a condition is asked: the instant, its day where the organisation is, the reader. */
export type Moment = Reader & {
  today: string
  timeZone: string
  /** A department and those below it. */
  departmentsUnder: (department: number) => readonly number[]
}

type Values = Readonly<Record<string, unknown>>

/**
 * Whether a condition holds of values at hand, in forms as on the server, exactly as its SQL would
 * tell: what is not known is not so. Of what is related to the record nothing is known here. Never
 * throws; a statement that makes no sense does not hold.
 */
export const holds = (
  condition: Condition,
  fields: Fields,
  values: Values,
  at: Moment,
): boolean => {
  if ('all' in condition) return condition.all.every((each) => holds(each, fields, values, at))
  if ('any' in condition) return condition.any.some((each) => holds(each, fields, values, at))
  if ('not' in condition) return !holds(condition.not, fields, values, at)
  if ('related' in condition) return false
  const field = Object.hasOwn(fields, condition.field) ? fields[condition.field] : undefined
  if (!field || !testsOf(field).includes(condition.is)) return false
  const meant = meaning(field, condition, at)
  if ('wrong' in meant) return false
  const held = values[condition.field] ?? (isList(field) ? [] : null)
  return leafHolds({ field, leaf: condition, meant, held, at })
}

type Use = { field: Field; leaf: Leaf; meant: Meant; held: unknown; at: Moment }

const leafHolds = (use: Use): boolean => {
  const { leaf, meant, held, field } = use
  const none = held === null || (Array.isArray(held) && held.length === 0)
  if (meant.with === 'nothing') return (leaf.is === 'empty') === none
  if (leaf.is === 'not_in') return !(meant.with === 'several' && among(use, meant.values))
  if (leaf.is === 'ne') return !(meant.with === 'one' && among(use, [meant.value]))
  if (leaf.is === 'not_in_last_days' && held === null) return true
  if (none) return false
  switch (meant.with) {
    case 'one':
      return compared(use, meant.value)
    case 'several':
      return among(use, meant.values)
    case 'two':
      return Number(held) >= Number(meant.from) && Number(held) <= Number(meant.to)
    case 'border':
      return isBefore(use, meant.from) === (leaf.is === 'before')
    case 'span':
      return !isBefore(use, meant.from) && isBefore(use, meant.to)
    case 'days':
      return inDays(use, meant.days)
    case 'period': {
      const [from, to] = periodAround(meant.period, use.at.today)
      const day = dayOf(field, held, use.at)
      return day >= from && day < to
    }
  }
}

const compared = (use: Use, value: unknown): boolean => {
  const { leaf, held, at } = use
  const lower = (text: unknown) => String(text).toLowerCase()
  switch (leaf.is) {
    case 'has':
      return Array.isArray(held) && held.includes(value)
    case 'contains':
      return lower(held).includes(lower(value))
    case 'starts_with':
      return lower(held).startsWith(lower(value))
    case 'gte':
      return Number(held) >= Number(value)
    case 'lte':
      return Number(held) <= Number(value)
    case 'under':
      return at.departmentsUnder(Number(value)).includes(Number(held))
    default:
      return among(use, [value])
  }
}

const among = ({ field, held }: Use, values: readonly unknown[]): boolean => {
  if (held === null) return false
  if (field.kind === 'region')
    return values.some((code) => String(held).startsWith(String(code).replace(/(0000|00)$/, '')))
  const isNumber = field.column === 'numeric' || field.column.startsWith('int')
  return isNumber ? values.some((each) => Number(each) === Number(held)) : values.includes(held)
}

const inDays = ({ field, leaf, held, at }: Use, days: number): boolean => {
  const day = dayOf(field, held, at)
  if (leaf.is === 'in_last_days') return day >= shifted(at.today, -days) && day <= at.today
  if (leaf.is === 'in_next_days') return day >= at.today && day <= shifted(at.today, days)
  if (leaf.is === 'not_in_last_days') return day < shifted(at.today, -days)
  return days >= yearOfDays || anniversariesFrom(at.today, days).includes(monthAndDay(day))
}

const isBefore = ({ field, held, at }: Use, border: Border): boolean =>
  'instant' in border
    ? Date.parse(String(held)) < Date.parse(border.instant)
    : dayOf(field, held, at) < border.day

/** The day of a value where the organisation is. */
const dayOf = (field: Field, held: unknown, { timeZone }: Moment): string =>
  field.kind === 'dateTime'
    ? new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.parse(String(held)))
    : String(held).slice(0, 10)
