import type { Ctx, Right } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, fieldNamed } from '../fields/field.ts'
import { systemFields } from '../fields/system.ts'

type Kind = Pick<Entity, 'name' | 'fields'>
type Reader = Pick<Ctx, 'actor'>

/**
 * The field of this name and what the reader may do with it; undefined where it is hidden from them, as
 * whoever may not see a field is answered as if there were none. Those that every record has count.
 */
export const knownField = (
  { actor }: Reader,
  { name: entity, fields }: Kind,
  name: string,
): { field: Field; right: Exclude<Right, 'hidden'> } | undefined => {
  const field = fieldNamed(systemFields, name) ?? fieldNamed(fields, name)
  const right = field ? actor.right(entity, name, field) : 'hidden'
  return field && right !== 'hidden' ? { field, right } : undefined
}

/** Whether the reader sees the values of this field plain. */
export const reads = (reader: Reader, of: Kind, name: string): boolean => {
  const known = knownField(reader, of, name)
  return known !== undefined && known.right !== 'masked'
}

/**
 * Whether the reader may know that a field is there at all. Those of the product stand in its open
 * source; what the firm added and keeps from somebody is not even named to them.
 */
export const mayName = ({ actor }: Reader, entity: string, name: string, field: Field): boolean =>
  !field.custom || actor.right(entity, name, field) !== 'hidden'
