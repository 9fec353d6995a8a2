import { closed, opened } from '../encryption/values.ts'
import { AppError } from '../errors/error.ts'
import { isCustomName } from '../fields/custom.ts'
import type { Entity } from '../fields/entity.ts'
import type { Values } from './prepare.ts'

/** A stored row as it is worked with: values of custom fields beside the others, encrypted ones opened. */
export const flat = <R extends Values>(entity: Pick<Entity, 'name' | 'fields'>, row: R): R =>
  opened(entity, String(row.id), { ...row, ...objectOf(row.custom) })

/**
 * Values as columns: those of custom fields, and what is derived from them, go into `custom`; what is
 * encrypted is bound to the record, whose id stands among them or was there before. Refuses a field that
 * was taken away meanwhile: no column would hold its value.
 */
export const packed = (entity: Entity, values: Values, before: Values = {}): Values => {
  const columns: Values = {}
  const custom: Values = { ...objectOf(before.custom) }
  let touched = false
  const stored = closed(entity, String(values.id ?? before.id), values)
  for (const [name, value] of Object.entries(stored)) {
    const base = name.replace(/_(key|name)$/, '')
    if (!entity.fields[name]?.custom && !entity.fields[base]?.custom) {
      if (isCustomName(name)) throw unknownField(name)
      columns[name] = value
      continue
    }
    touched = true
    if (isNothing(value)) delete custom[name]
    else custom[name] = value
  }
  return touched ? { ...columns, custom } : columns
}

/** As the door refuses a name that it does not know. */
export const unknownField = (path: string) =>
  new AppError('bad_input', 'input_invalid', { errors: [{ path, reason: 'unknown_key' }] })

const isNothing = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const objectOf = (value: unknown): Values =>
  value !== null && typeof value === 'object' ? { ...value } : {}
