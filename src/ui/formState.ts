import { fieldErrors } from '#platform/door/issues.ts'
import type { FieldError } from '#platform/errors/error.ts'
import { type Field, type Fields, isList, isWritten } from '#platform/fields/field.ts'
import { needsOf } from '#platform/fields/machine.ts'
import { warningOf } from '#platform/fields/warnings.ts'
import { valueIn } from './recordColumns.ts'

export type Draft = Readonly<Record<string, unknown>>
export type Remark = { reason: string; values?: Record<string, string | number> | undefined }
export type Remarks = { error?: Remark; warning?: Remark }

/** What the editors start from: the record's own values, or what a new one is given. */
export const startDraft = (fields: Fields, record: object | undefined, initial: Draft): Draft =>
  valuesIn(
    Object.fromEntries(Object.entries(fields).filter(([, field]) => isWritten(field))),
    record,
    initial,
  )

/** The same of fields that no editor is for, as what they hold decides on others. */
export const valuesIn = (fields: Fields, record: object | undefined, initial: Draft): Draft =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const given = record ? valueIn(record, name) : (initial[name] ?? field.initial)
      return [name, given ?? (isList(field) ? [] : null)]
    }),
  )

/** Whether a field is asked for, given the others. */
export const isAsked = (field: Field, draft: Draft) =>
  !field.when || field.when.in.includes(String(draft[field.when.field]))

/** Numbers without the empty lines of the editor. */
const filledNumbers = (value: unknown) =>
  Array.isArray(value) ? value.map(String).filter((each) => each.trim() !== '') : value

const plain = (field: Field, value: unknown) =>
  field.kind === 'phones' ? filledNumbers(value) : value
const isBlank = (value: unknown) => value === null || value === undefined || value === ''
const isNothing = (value: unknown) => isBlank(value) || (Array.isArray(value) && value.length === 0)

/** The fields that the stage chosen here asks for, where the record is not in it already. */
export const neededIn = (fields: Fields, start: Draft | undefined, draft: Draft) =>
  new Set(
    Object.entries(fields).flatMap(([name, { machine }]) =>
      !machine || (start && sameValue(start[name], draft[name]))
        ? []
        : needsOf(machine, draft[name], fields, draft),
    ),
  )

/** What is wrong or doubtful about one value, by the field's own reading and checks. */
export const remarksOn = (field: Field, value: unknown, needed = false): Remarks => {
  const given = plain(field, value)
  const wanted = field.required || needed
  if (isBlank(given) || (wanted && isNothing(given)))
    return wanted ? { error: { reason: 'required' } } : {}
  const read = field.read.safeParse(given, { reportInput: true })
  if (!read.success) {
    const [first] = fieldErrors(read.error.issues)
    return { error: first ?? { reason: 'not_valid' } }
  }
  if (field.required && read.data === '') return { error: { reason: 'required' } }
  const warning = warningOf(field, read.data)
  return warning ? { warning } : {}
}

export const sameValue = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** The fields that differ from the start and are asked for, as they should be stored. */
export const changesOf = (
  fields: Fields,
  start: Draft,
  draft: Draft,
  around: Draft = {},
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([name, value]) => {
      const field = fields[name]
      if (!field || !isAsked(field, { ...around, ...draft })) return []
      const given = plain(field, value)
      return sameValue(given, start[name]) ? [] : [[name, given]]
    }),
  )

/** What a new record is made of: everything that is filled in and asked for. */
export const filledOf = (
  fields: Fields,
  draft: Draft,
  around: Draft = {},
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([name, value]) => {
      const field = fields[name]
      if (!field || !isAsked(field, { ...around, ...draft })) return []
      const given = plain(field, value)
      return isBlank(given) || (Array.isArray(given) && given.length === 0) ? [] : [[name, given]]
    }),
  )

/** A server's refusals by field; those that belong to no field of the form come under `''`. */
export const errorsByField = (errors: readonly FieldError[], fields: Fields) => {
  const found = new Map<string, Remark>()
  for (const { path, reason, values } of errors) {
    const name = path.split('.')[0] ?? ''
    const place = fields[name] ? name : ''
    if (!found.has(place)) found.set(place, { reason, values })
  }
  return found
}
