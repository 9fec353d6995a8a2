import type { Amount, Condition, Leaf, Test } from '#platform/conditions/condition.ts'
import { isComplete, leafOf } from './testValues.ts'

/** How the statements of a group belong together. */
export const joins = ['all', 'any', 'none', 'not_all'] as const
export type Join = (typeof joins)[number]

/** A condition while somebody makes it: what is not finished yet has its place, too. */
export type Draft = LeafDraft | RelatedDraft | GroupDraft
export type LeafDraft = {
  id: number
  kind: 'leaf'
  field?: string | undefined
  is?: Test | undefined
  value?: Leaf['value']
}
export type RelatedDraft = {
  id: number
  kind: 'related'
  related: string
  is: Amount
  count: number
  where: GroupDraft
}
export type GroupDraft = { id: number; kind: 'group'; join: Join; items: readonly Draft[] }

let made = 0
const id = () => ++made

export const newLeaf = (): LeafDraft => ({ id: id(), kind: 'leaf' })
export const newGroup = (
  join: Join = 'any',
  items: readonly Draft[] = [newLeaf()],
): GroupDraft => ({
  ...{ id: id(), kind: 'group', join, items },
})
export const newRelated = (related: string): RelatedDraft => ({
  ...{ id: id(), kind: 'related', related, is: 'some', count: 2 },
  where: newGroup('all', []),
})

/** What a condition looks like while it is made: always a group on top. */
export const draftOf = (condition: Condition | undefined): GroupDraft => {
  if (!condition) return newGroup('all')
  const draft = read(condition)
  return draft.kind === 'group' ? draft : newGroup('all', [draft])
}

const read = (condition: Condition): Draft => {
  if ('field' in condition)
    return { ...newLeaf(), field: condition.field, is: condition.is, value: condition.value }
  if ('related' in condition) {
    const { related, is, count = 2, where } = condition
    return {
      ...newRelated(related),
      is,
      count,
      where: where ? draftOf(where) : newGroup('all', []),
    }
  }
  if ('all' in condition) return newGroup('all', condition.all.map(read))
  if ('any' in condition) return newGroup('any', condition.any.map(read))
  const { not } = condition
  if ('all' in not) return newGroup('not_all', not.all.map(read))
  return newGroup('none', 'any' in not ? not.any.map(read) : [read(not)])
}

/** The condition that a draft says, as flat as it can be; undefined while it says nothing. */
export const conditionOf = (draft: Draft): Condition | undefined => {
  if (draft.kind === 'leaf') {
    const { field, is, value } = draft
    return field !== undefined && is && isComplete(is, value) ? leafOf(field, is, value) : undefined
  }
  if (draft.kind === 'related') {
    const { related, is, count } = draft
    const where = conditionOf(draft.where)
    const counted = is !== 'some' && is !== 'none'
    return { related, is, ...(counted && { count }), ...(where && { where }) }
  }
  const parts = draft.items.map(conditionOf).filter((each) => each !== undefined)
  const [first] = parts
  if (!first) return undefined
  const negated = draft.join === 'none' || draft.join === 'not_all'
  const inner: Condition =
    parts.length === 1
      ? first
      : draft.join === 'all' || draft.join === 'not_all'
        ? { all: parts }
        : { any: parts }
  return negated ? { not: inner } : inner
}

/** Whether something is begun and not finished, which the condition leaves out. */
export const isUnfinished = (draft: Draft): boolean => {
  if (draft.kind === 'group') return draft.items.some(isUnfinished)
  if (draft.kind === 'related') return isUnfinished(draft.where)
  return draft.field !== undefined && conditionOf(draft) === undefined
}
