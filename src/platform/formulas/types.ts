import type { Field } from '../fields/field.ts'
import type { Decimal } from './decimal.ts'

/** `other`: what only EMPTY can be asked of, such as a person. */
export type Type = 'number' | 'money' | 'text' | 'date' | 'bool' | 'list' | 'other'

/** Money in yuan; a day as days since 1970; empty is null, whatever the type. */
export type Value = Decimal | string | number | boolean | readonly string[] | null
export type Row = Readonly<Record<string, unknown>>

/** A part of a formula that was checked: what it gives and how. `words`: the only texts it can be. */
export type Part = {
  type: Type
  run: (row: Row) => Value
  words?: readonly string[]
  /** Former names and other words for choices, each with the name it has now. */
  former?: ReadonlyMap<string, string>
  /** Written down as a plain number, so that it may stand for yuan as well. */
  literal?: boolean
}

export const typeOf = (field: Field): Type => {
  switch (field.kind) {
    case 'integer':
    case 'number':
      return 'number'
    case 'money':
      return 'money'
    case 'date':
    case 'dateTime':
      return 'date'
    case 'bool':
      return 'bool'
    case 'tags':
    case 'choices':
    case 'phones':
      return 'list'
    case 'person':
    case 'department':
    case 'reference':
    case 'region':
    case 'file':
      return 'other'
    default:
      return 'text'
  }
}
