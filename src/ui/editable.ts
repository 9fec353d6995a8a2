import type { Entity } from '#platform/fields/entity.ts'
import { isWritten } from '#platform/fields/field.ts'
import type { Right } from './directory.tsx'
import { isAsked } from './formState.ts'
import { mayEdit } from './recordColumns.ts'

type WhyNot = 'elsewhere' | 'record' | 'masked' | 'right' | 'formula' | 'system' | 'when'

/** Why a value cannot be changed where it stands; undefined: it can. */
export const whyNotEdit = (
  entity: Entity | undefined,
  name: string,
  row: object,
  rightOf: (entity: string, field: string) => Right,
): WhyNot | undefined => {
  const field = entity?.fields[name]
  // What a record points at is chosen where the other records are known.
  if (!entity || !field || field.kind === 'reference' || field.kind === 'file') return 'elsewhere'
  if (field.formula !== undefined) return 'formula'
  if (!isWritten(field)) return 'system'
  const right = rightOf(entity.name, name)
  if (right === 'masked') return 'masked'
  if (right !== 'write') return 'right'
  if (!mayEdit(row)) return 'record'
  // Where nobody can tell this person why it is asked for, it is open to them.
  const unseen = field.when && !['read', 'write'].includes(rightOf(entity.name, field.when.field))
  return unseen || isAsked(field, Object.fromEntries(Object.entries(row))) ? undefined : 'when'
}
