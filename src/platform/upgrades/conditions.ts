import { relationsOf } from '../conditions/relations.ts'
import type { Affected } from './names.ts'

type Leaf = Record<string, unknown>

/**
 * A stored condition over a kind of record, whatever of it still holds, with each statement that
 * compares an affected field turned: also inside relations, where it is a field of the related kind.
 */
export const turnedLeaves = (
  all: readonly Affected[],
  entity: string,
  condition: unknown,
  turn: (leaf: Leaf) => Leaf,
): unknown => {
  const walk = (of: string | undefined, part: unknown): unknown => {
    if (Array.isArray(part)) return part.map((each) => walk(of, each))
    if (part === null || typeof part !== 'object') return part
    if ('field' in part)
      return 'value' in part && isAffected(all, of, part.field) ? turn({ ...part }) : part
    const to = 'related' in part ? relatedTo(of, part.related) : of
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, walk(to, each)]))
  }
  return walk(entity, condition)
}

const relatedTo = (of: string | undefined, related: unknown) =>
  of === undefined ? of : relationsOf({ name: of }).find(({ name }) => name === related)?.to.name

/** Behind a relation that is known no more it may be a field of any kind. */
const isAffected = (all: readonly Affected[], of: string | undefined, field: unknown) =>
  all.some(
    ({ entity, names, results }) =>
      (of === undefined || entity.name === of) && [...names, ...results].includes(String(field)),
  )
