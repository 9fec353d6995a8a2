import type { Entity } from '../fields/entity.ts'
import type { Values } from './prepare.ts'

/** A stored row with the values of custom fields beside the others. */
export const flat = <R extends Values>(row: R): R =>
  row.custom !== null && typeof row.custom === 'object' ? { ...row, ...row.custom } : row

/** Values as columns: those of custom fields, and what is derived from them, go into `custom`. */
export const packed = (entity: Entity, values: Values, before: Values = {}): Values => {
  const columns: Values = {}
  const custom: Values = { ...objectOf(before.custom) }
  let touched = false
  for (const [name, value] of Object.entries(values)) {
    const base = name.replace(/_(key|name)$/, '')
    if (!entity.fields[name]?.custom && !entity.fields[base]?.custom) {
      columns[name] = value
      continue
    }
    touched = true
    if (isNothing(value)) delete custom[name]
    else custom[name] = value
  }
  return touched ? { ...columns, custom } : columns
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const objectOf = (value: unknown): Values =>
  value !== null && typeof value === 'object' ? { ...value } : {}
