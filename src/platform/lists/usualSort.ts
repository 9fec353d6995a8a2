import type { Right } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'

/** The usual order of a list, or that of the last change for a reader who may not know its field. */
export const usualSortOf = (
  { defaultSort }: Pick<Entity, 'defaultSort'>,
  rightOf: (field: string) => Right,
): string => {
  const right = rightOf(defaultSort.replace(/^-/, ''))
  return right === 'masked' || right === 'hidden' ? '-updated_at' : defaultSort
}
