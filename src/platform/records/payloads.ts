import { closed } from '../encryption/values.ts'
import type { Entity } from '../fields/entity.ts'
import type { Values } from './prepare.ts'
import type { Stored } from './present.ts'

/** The values of a new record, as its event keeps them; what is empty is left out. */
export const valuesOf = (entity: Entity, row: Values): Values => {
  const filled = Object.keys(entity.fields).filter(
    (name) => row[name] !== null && !(Array.isArray(row[name]) && row[name].length === 0),
  )
  return closed(entity, String(row.id), pick(row, filled))
}

/** What changed, as its event keeps it: the values before and after. */
export const changesOf = (
  entity: Entity,
  names: readonly string[],
  before: Stored,
  after: Values,
): Values => {
  const id = String(before.id)
  const was = closed(entity, id, pick(before, names))
  const will = closed(entity, id, pick(after, names))
  return Object.fromEntries(names.map((name) => [name, [was[name], will[name]]]))
}

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name]]))
