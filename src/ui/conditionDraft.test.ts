import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import {
  conditionOf,
  draftOf,
  isUnfinished,
  newGroup,
  newLeaf,
  newRelated,
} from './conditionDraft.ts'

const a: Leaf = { field: 'stage', is: 'in', value: ['active'] }
const b: Leaf = { field: 'email', is: 'empty' }

describe('a condition that is drafted', () => {
  const conditions: Condition[] = [
    a,
    { all: [a, b] },
    { any: [a, { all: [a, b] }] },
    { not: a },
    { not: { any: [a, b] } },
    { all: [a, { not: { all: [a, b] } }] },
    { related: 'tasks', is: 'some' },
    { all: [a, { related: 'contacts', is: 'at_least', count: 3, where: { any: [a, b] } }] },
  ]
  for (const condition of conditions)
    it(`says the same again: ${JSON.stringify(condition)}`, () =>
      assert.deepEqual(conditionOf(draftOf(condition)), condition))

  it('leaves out what is not finished, and says so', () => {
    const begun = { ...newLeaf(), field: 'name', is: 'contains' as const }
    const draft = newGroup('all', [begun, { ...newLeaf(), ...b }, newLeaf()])
    assert.deepEqual([conditionOf(draft), isUnfinished(draft)], [b, true])
    assert.deepEqual(conditionOf(newGroup('any', [])), undefined)
    assert.ok(!isUnfinished(newGroup('any', [newLeaf(), newRelated('tasks')])))
  })
})
