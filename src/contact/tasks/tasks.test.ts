import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { HOME } from '#platform/database/ctx.ts'

type Task = {
  id: string
  customer_id: string
  version: number
  title: string
  owner_id: number
  done_at: string | null
  done_by: number | null
  can: { edit: boolean; delete: boolean }
}
type Problem = {
  reason: string
  errors?: { path: string; reason: string }[]
  facts?: { current?: Task; changed?: string[]; from?: string; to?: string[] }
}

const now = '2026-11-18T02:00:00.000Z'
let house: TestHouse
let customer: string

before(async () => {
  house = await openTestHouse({ clock: () => now })
  const made: Task = (
    await house.ann.call('POST', '/customers', {
      body: { name: '安的客户', owner_id: house.ann.id },
    })
  ).body
  customer = made.id
})
after(() => house.close())

const post = (by: Caller, body: Record<string, unknown> = {}, under = customer) =>
  by.call('POST', `/customers/${under}/tasks`, {
    body: { title: '回电', due_on: '2026-11-20', ...body },
  })
const made = async (by: Caller, body: Record<string, unknown> = {}, under = customer) => {
  const answer = await post(by, body, under)
  assert.equal(answer.status, 201, answer.raw.toString())
  const task: Task = answer.body
  return task
}
const at = (task: Task, rest = '') => `/customers/${task.customer_id}/tasks/${task.id}${rest}`

const stored = (task: Task) =>
  house.db.selectFrom('task').selectAll().where('id', '=', task.id).executeTakeFirstOrThrow()
const nextDue = async () => {
  const row = await house.db
    .selectFrom('customer')
    .select(['next_due_on', 'version'])
    .where('id', '=', customer)
    .executeTakeFirstOrThrow()
  assert.equal(row.version, 1, 'a fact is no edit')
  return row.next_due_on
}
const kinds = async (task: Task) => {
  const { rows } = await sql<{ kind: string }>`select kind from event
    where subject_id = ${task.id}::uuid order by id`.execute(house.db)
  return rows.map((row) => row.kind)
}

describe('a task', () => {
  it('belongs to whoever makes it and gives the customer its next date', async () => {
    const later = await made(house.ann, { due_on: '2026-12-24', important: true })
    const task = await made(house.ann)
    assert.equal(task.owner_id, house.ann.id)
    assert.deepEqual(task.can, { edit: true, delete: true, transfer: true })
    assert.equal((await stored(later)).important, true)
    assert.equal(await nextDue(), '2026-11-20')
    const removed = await house.ann.call('DELETE', at(task), { version: 1 })
    assert.equal(removed.status, 200)
    assert.equal(await nextDue(), '2026-12-24')
    await house.ann.call('DELETE', at(later), { version: 1 })
    assert.equal(await nextDue(), null)
    assert.deepEqual(await kinds(task), ['task.created', 'task.deleted'])
  })

  it('is finished and taken up again, each only from the other state', async () => {
    const task = await made(house.ann)
    const done = await house.ann.call('POST', at(task, '/completion'), { version: 1 })
    assert.equal(done.status, 200, done.raw.toString())
    const finished: Task = done.body
    assert.deepEqual([finished.done_at, finished.done_by, finished.version], [now, house.ann.id, 2])
    assert.equal((await stored(task)).done_at, now)
    assert.equal(await nextDue(), null)
    const again = await house.ann.call('POST', at(task, '/completion'), { version: 2 })
    assert.equal(again.status, 409)
    const problem: Problem = again.body
    assert.equal(problem.reason, 'state_not_reachable')
    assert.deepEqual(problem.facts, { from: 'done', to: ['open'] })
    const reopened = await house.ann.call('DELETE', at(task, '/completion'), { version: 2 })
    assert.equal(reopened.status, 200)
    const row = await stored(task)
    assert.deepEqual([row.done_at, row.done_by, row.version], [null, null, 3])
    assert.equal(await nextDue(), '2026-11-20')
    const open = await house.ann.call('DELETE', at(task, '/completion'), { version: 3 })
    assert.equal(open.status, 409)
    assert.deepEqual(await kinds(task), ['task.created', 'task.completed', 'task.reopened'])
  })

  it('is changed and finished only at the version that was seen', async () => {
    const task = await made(house.ann)
    for (const [method, rest, body] of [
      ['PATCH', '', { title: '改期' }],
      ['POST', '/completion', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      const blind = await house.ann.call(method, at(task, rest), { body })
      assert.equal(blind.status, 428, method)
      const stale = await house.ann.call(method, at(task, rest), { body, version: 7 })
      assert.equal(stale.status, 412, method)
    }
    assert.equal((await stored(task)).version, 1)
    await house.mei.call('POST', at(task, '/completion'), { version: 1 })
    const slow = await house.ann.call('POST', at(task, '/completion'), { version: 1 })
    const problem: Problem = slow.body
    assert.equal(slow.status, 412)
    assert.deepEqual(problem.facts?.changed, ['done_at', 'done_by'])
    assert.equal(problem.facts?.current?.done_by, house.mei.id)
  })

  it('is not there for a stranger', async () => {
    const task = await made(house.ann)
    const { eve } = house
    assert.equal((await eve.call('GET', at(task))).status, 404)
    assert.equal(
      (await eve.call('PATCH', at(task), { body: { title: 'x' }, version: 1 })).status,
      404,
    )
    assert.equal((await eve.call('POST', at(task, '/completion'), { version: 1 })).status, 404)
    assert.equal((await eve.call('DELETE', at(task), { version: 1 })).status, 404)
    assert.equal((await post(eve)).status, 404)
    assert.equal((await post(eve, { owner_id: house.ann.id })).status, 404)
    assert.equal((await stored(task)).version, 1)
    assert.equal((await eve.call('GET', `/customers/${customer}/tasks`)).status, 404)
  })

  it('is read but not written by a reader', async () => {
    const task = await made(house.ann)
    const seen: Task = (await house.bob.call('GET', at(task))).body
    assert.deepEqual(seen.can, { edit: false, delete: false, transfer: false })
    const refused = await house.bob.call('POST', at(task, '/completion'), { version: 1 })
    assert.equal(refused.status, 403)
    assert.equal((await post(house.bob)).status, 403)
    assert.equal((await stored(task)).done_at, null)
  })

  it('goes only to somebody who sees the customer', async () => {
    const { ann, bob, eve, mei } = house
    assert.equal((await made(ann, { owner_id: bob.id })).owner_id, bob.id)
    const task = await made(ann, { owner_id: mei.id })
    for (const [owner_id, reason] of [
      [eve.id, 'owner_cannot_see_customer'],
      [999_999, 'person_unknown'],
      [null, 'required'],
    ] as const) {
      const answer = await ann.call('PATCH', at(task), { body: { owner_id }, version: 1 })
      const problem: Problem = answer.body
      assert.equal(answer.status, 400)
      assert.deepEqual(problem.errors, [{ path: 'owner_id', reason }])
    }
    const count = async () =>
      (await house.db.selectFrom('task').select('id').where('owner_id', '=', eve.id).execute())
        .length
    const refused = await post(ann, { owner_id: eve.id })
    assert.equal(refused.status, 400)
    assert.equal(await count(), 0)
    assert.equal((await stored(task)).owner_id, mei.id)
    const moved = await ann.call('PATCH', at(task), { body: { owner_id: bob.id }, version: 1 })
    assert.equal(moved.status, 200)
    assert.equal((await stored(task)).owner_id, bob.id)
  })
})

describe('a task inside the firm', () => {
  it('is the affair of its owner alone', async () => {
    const { ann, mei, root } = house
    const task = await made(ann, { title: '整理名片' }, HOME)
    assert.equal((await ann.call('GET', at(task))).status, 200)
    const titles = async (by: Caller, path: string) => {
      const answer = await by.call('GET', path, { query: { limit: 200 } })
      assert.equal(answer.status, 200, answer.raw.toString())
      const page: { items: Task[] } = answer.body
      return page.items.map((each) => each.title)
    }
    const counted = async (by: Caller) => {
      const filter = { field: 'title', is: 'eq', value: '整理名片' }
      const answer: { count: number } = (
        await by.call('GET', '/tasks/count', { query: { filter } })
      ).body
      return answer.count
    }
    const exported = async (by: Caller) => {
      const answer = await by.call('GET', '/tasks/export', { query: { format: 'csv' } })
      assert.equal(answer.status, 200)
      return answer.raw.toString()
    }
    await made(mei, { title: '梅的内部任务' }, HOME)
    assert.ok((await exported(mei)).includes('梅的内部任务'))
    assert.ok(!(await exported(root)).includes('梅的内部任务'))
    assert.ok((await titles(ann, '/tasks')).includes('整理名片'))
    assert.ok((await titles(ann, `/customers/${HOME}/tasks`)).includes('整理名片'))
    assert.equal(await counted(ann), 1)
    for (const other of [mei, root]) {
      assert.equal((await other.call('GET', at(task))).status, 404)
      assert.ok(!(await titles(other, '/tasks')).includes('整理名片'))
      assert.ok(!(await titles(other, `/customers/${HOME}/tasks`)).includes('整理名片'))
      assert.equal(await counted(other), 0)
      assert.ok(!(await exported(other)).includes('整理名片'))
      const day = await other.call('GET', '/day')
      assert.equal(day.status, 200)
      assert.ok(!day.raw.toString().includes('整理名片'))
      const done = await other.call('POST', at(task, '/completion'), { version: 1 })
      assert.equal(done.status, 404)
    }
    assert.equal((await stored(task)).done_at, null)
    const done = await ann.call('POST', at(task, '/completion'), { version: 1 })
    assert.equal(done.status, 200)
    assert.equal((await stored(task)).done_at, now)
  })

  it('cannot be handed to somebody else', async () => {
    const { ann, mei } = house
    const task = await made(ann, {}, HOME)
    const made2 = await post(ann, { owner_id: mei.id }, HOME)
    const moved = await ann.call('PATCH', at(task), { body: { owner_id: mei.id }, version: 1 })
    for (const answer of [made2, moved]) {
      const problem: Problem = answer.body
      assert.equal(answer.status, 400)
      assert.deepEqual(problem.errors, [{ path: 'owner_id', reason: 'owner_cannot_see_customer' }])
    }
    assert.equal((await stored(task)).owner_id, ann.id)
  })
})

it('lists tasks in a fixed number of statements', async () => {
  const measure = async () =>
    (await house.statements(() => house.ann.call('GET', '/tasks', { query: { limit: 200 } }))).sql
      .length
  const few = await measure()
  for (let index = 0; index < 20; index++) await made(house.ann)
  assert.equal(await measure(), few)
  assert.ok(few <= 5, `${few} statements`)
  assert.deepEqual(house.faults, [])
})
