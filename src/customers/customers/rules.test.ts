import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayMove, stagesBefore } from '#platform/fields/machine.ts'
import { customer } from './fields.ts'
import { basicItems, completenessOf, stageMachine, stageMoves, stages } from './rules.ts'

test('every stage can be reached, and from none but those that lead to it', () => {
  for (const { value } of stages) {
    const before = stagesBefore(stageMachine, value).map((each) => each.value)
    assert.ok(before.length > 0, value)
    for (const { value: from } of stages)
      assert.equal(
        mayMove(stageMachine, from, value),
        from === value || stageMoves[from].includes(value),
      )
  }
  const [only] = stagesBefore(stageMachine, 'won_back')
  assert.equal(only?.value, 'lost')
})

test('completeness counts what is filled and names what is missing', () => {
  const filled: Record<string, unknown> = { owner_id: 7, phones: ['138'], wechat: '', region: null }
  const of = (item: string) => filled[item]
  const { asked, missing } = completenessOf('household', of)
  assert.equal(asked.length, basicItems.household.length)
  assert.deepEqual(missing, ['wechat', 'region', 'address', 'source', 'preferences'])
  const known = completenessOf('household', of, (item) => item !== 'wechat')
  assert.equal(known.asked.length, asked.length - 1)
  assert.ok(!known.missing.includes('wechat'))
  const nobody = completenessOf('person', () => undefined)
  assert.deepEqual(nobody.missing, nobody.asked)
})

test('the basic items are fields that are asked of their kind', () => {
  for (const [kind, items] of Object.entries(basicItems))
    for (const item of items) {
      const field = Object.entries(customer.fields).find(([name]) => name === item)?.[1]
      assert.ok(field, item)
      if ('when' in field)
        assert.ok(
          field.when.in.some((each) => each === kind),
          `${kind} ${item}`,
        )
    }
})
