import type { Entity } from '#platform/fields/entity.ts'
import { type Field, isList, isWritten } from '#platform/fields/field.ts'
import { entityList } from '../house.ts'

/** Kinds with rules of their own, whose calls and rights are written by hand; all others are alike. */
const special = ['customer', 'interaction', 'task']

/** Kinds that are nothing but their fields. */
export const standing = (): readonly Entity[] =>
  entityList.filter(({ name }) => !special.includes(name))

/** Values with which a record of this kind can be made, called so. */
export const sampleOf = (entity: Entity, title: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entity.fields)
      .filter(([name, field]) => name === entity.title || isNeeded(field))
      .map(([name, field]) => [name, name === entity.title ? title : aValueOf(field)]),
  )

const isNeeded = (field: Field) =>
  field.required === true && field.initial === undefined && isWritten(field)

const aValueOf = (field: Field): unknown => {
  if (field.choices) return isList(field) ? [field.choices[0]?.value] : field.choices[0]?.value
  if (field.kind === 'date') return '2026-11-18'
  if (field.kind === 'dateTime') return '2026-11-18T02:00:00.000Z'
  if (['integer', 'number', 'money'].includes(field.kind)) return 1
  if (field.kind === 'bool') return true
  if (field.kind === 'phone') return '13912345678'
  return isList(field) ? [] : '值'
}
