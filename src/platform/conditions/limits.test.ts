import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { actorOf } from '#access/holders/queries.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { task } from '#contact/tasks/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import { openDatabase } from '../database/database.ts'
import { refusalOf } from '../door/problem.ts'
import { count } from '../lists/lists.ts'
import { bounds, type Condition, type Leaf, readCondition } from './condition.ts'
import { dependenciesOf } from './depends.ts'
import { matches } from './matches.ts'

const now = '2026-11-21T04:00:00.000Z'

let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => now })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

describe('hostile conditions', () => {
  it('are refused at the place where they go too far, however deep they are', async () => {
    const leaf: Leaf = { field: 'name', is: 'eq', value: 'x' }
    const deep = `${'{"not":'.repeat(100_000)}${JSON.stringify(leaf)}${'}'.repeat(100_000)}`
    assert.deepEqual(readCondition(JSON.parse(deep)), {
      place: Array(bounds.depth).fill('not'),
      reason: 'condition_too_deep',
    })
    const sentDeep = await house.mei.call('POST', '/customers/bulk', {
      raw: Buffer.from(`{"action":{"kind":"delete"},"filter":${deep}}`),
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(sentDeep.status, 400)
    const within: Condition = { related: 'contacts', is: 'some' }
    const around = (where: Condition): Condition => ({ related: 'customer', is: 'some', where })
    for (const [filter, path, reason] of [
      [{ all: Array(51).fill(leaf) }, 'filter.all', 'condition_too_long'],
      [{ all: Array(11).fill(within) }, 'filter.all.10', 'condition_too_long'],
      [around(around(within)), 'filter.where.where', 'condition_too_deep'],
      [{ ...within, count: 1 }, 'filter.count', 'count_needed'],
      [{ ...within, is: 'at_least', count: 1e9 }, 'filter.count', 'count_needed'],
      [{ any: [{ ...leaf, is: 'like' }] }, 'filter.any.0.is', 'test_unknown'],
      [{ any: [{ ...leaf, value: null }] }, 'filter.any.0.value', 'not_a_value'],
      [{ any: [leaf], all: [] }, 'filter.any', 'unknown_key'],
    ]) {
      const { status, body } = await house.ann.call('GET', '/customers', { query: { filter } })
      const { errors }: { errors: { path: string; reason: string }[] } = body
      assert.deepEqual([status, errors], [400, [{ path, reason }]])
    }
  })

  it('that take too long are stopped and named as the cause', async () => {
    const limits = { statement: 200, idle: 0 }
    const { db, close } = openDatabase(house.url, { limits })
    const actor = await actorOf({ db: house.db, now }, { id: house.ann.id })
    assert.ok(actor)
    const ctx: Ctx = { db, actor, now }
    const filter: Condition = { related: 'tasks', is: 'some' }
    await house.db.transaction().execute(async (tx) => {
      // Whoever reads the table now waits until the statement is ended.
      await sql`lock table task in access exclusive mode`.execute(tx)
      const slow = { code: 'unavailable', reason: 'condition_too_slow' }
      await assert.rejects(count(ctx, customer, { filter }), slow)
      await assert.rejects(matches(ctx, customer, filter, { id: HOME }), slow)
      await assert.rejects(
        count(ctx, task, {}),
        (error) => refusalOf(error)?.reason === 'took_too_long',
      )
    })
    await close()
  })
})

it('tells what a condition depends on', () => {
  const inner: Leaf = { field: 'due_on', is: 'in_next_days', value: 7 }
  const condition: Condition = {
    all: [
      { field: 'stage', is: 'in', value: ['active'] },
      { not: { related: 'tasks', is: 'some', where: inner } },
    ],
  }
  assert.deepEqual(dependenciesOf(customer, condition), {
    fields: [
      { entity: 'customer', field: 'stage' },
      { entity: 'task', field: 'due_on' },
    ],
    relations: [{ entity: 'customer', relation: 'tasks' }],
    calendar: true,
    reader: true,
  })
  const plain: Leaf = { field: 'owner_id', is: 'in', value: [7] }
  const { calendar, reader } = dependenciesOf(customer, plain)
  assert.deepEqual([calendar, reader], [false, false])
})
