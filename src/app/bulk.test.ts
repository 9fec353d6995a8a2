import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Foretold } from '#platform/bin/contract.ts'
import type { BulkRun } from '#platform/bulk/contract.ts'
import { csvFile, importing } from './testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

type Row = { id: string; version: number; name: string; tags: string[]; owner_id: number | null }
let mark = 0
beforeEach(() => {
  mark++
})
const tagOf = () => `批${mark}`

const customer = async (by: Caller, values: object = {}): Promise<Row> => {
  const body = { name: `客户 ${mark}`, tags: [tagOf()], ...values }
  const answer = await by.call('POST', '/customers', { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const customers = (by: Caller, count: number, values: object = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, at) =>
      customer(by, { name: `客户 ${mark}-${at}`, ...values }),
    ),
  )
const again = async (by: Caller, { id }: Row): Promise<Row> =>
  (await by.call('GET', `/customers/${id}`)).body
const start = (by: Caller, body: object, path = '/customers/bulk') =>
  by.call('POST', path, { body })
/** Starts, works off and gives the outcome. */
const outcome = async (by: Caller, body: object, path?: string): Promise<BulkRun> => {
  const answer = await start(by, body, path)
  assert.equal(answer.status, 202, answer.raw.toString())
  const { id }: BulkRun = answer.body
  await house.work()
  const told = await by.call('GET', `/bulk/${id}`)
  assert.equal(told.status, 200)
  return told.body
}
const named = (rows: readonly Row[]) => rows.map(({ id, version }) => ({ id, version }))
const mine = () => ({ all: [{ field: 'tags', is: 'has', value: tagOf() }] })

describe('bulk', () => {
  it('edits each row by the version that was seen and says which were not done, and why', async () => {
    const rows = await customers(house.ann, 3)
    const [first, second, third] = rows
    assert.ok(first && second && third)
    await house.ann.call('PATCH', `/customers/${second.id}`, { body: { note: '先' }, version: 1 })
    const run = await outcome(house.ann, {
      rows: named(rows),
      action: { kind: 'edit', field: 'note', value: '改' },
    })
    assert.deepEqual(
      {
        ...run,
        id: '',
        problems: run.problems.map(({ id, reason, title }) => [id, reason, title]),
      },
      {
        ...{
          id: '',
          entity: 'customer',
          status: 'done',
          reason: null,
          total: 3,
          done: 2,
          failed: 1,
        },
        problems: [[second.id, 'record_changed', second.name]],
      },
    )
    assert.equal((await again(house.ann, first)).version, 2)
    const { rows: events } = await sql<{ actor_id: number }>`select actor_id from event
      where subject_id = ${first.id} and kind = 'customer.updated'`.execute(house.db)
    assert.deepEqual(events, [{ actor_id: house.ann.id }])
  })

  it('takes all rows of a question, over more than one batch', async () => {
    const rows = await customers(house.ann, 45)
    const run = await outcome(house.ann, {
      filter: mine(),
      action: { kind: 'tag', add: ['重点'], remove: [tagOf()] },
    })
    assert.deepEqual([run.total, run.done, run.failed], [45, 45, 0])
    const [first] = rows
    assert.ok(first)
    assert.deepEqual((await again(house.ann, first)).tags, ['重点'])
  })

  it('does not do a row twice when the job runs again', async () => {
    const rows = await customers(house.ann, 2)
    const run = await outcome(house.ann, {
      rows: named(rows),
      action: { kind: 'edit', field: 'note', value: '一次' },
    })
    await house.db
      .updateTable('bulk_run')
      .set({ status: 'running' })
      .where('id', '=', run.id)
      .execute()
    const { work } = await import('#platform/bulk/work.ts')
    await work({ db: house.db }, run.id)
    const told = await house.ann.call('GET', `/bulk/${run.id}`)
    const after: BulkRun = told.body
    assert.deepEqual([after.done, after.failed], [2, 0])
  })

  it('follows the rules of the record: a stage moves only where it may', async () => {
    const rows = [await customer(house.ann), await customer(house.ann, { stage: 'lost' })]
    const run = await outcome(house.ann, {
      rows: named(rows),
      action: { kind: 'edit', field: 'stage', value: 'active' },
    })
    const reasons = run.problems.map(({ reason }) => reason)
    assert.ok(reasons.length > 0 && reasons.every((reason) => reason === 'stage_not_reachable'))
  })

  it('assigns, and whoever then loses a row keeps none of the others from it', async () => {
    const rows = await customers(house.ann, 2)
    const run = await outcome(house.ann, {
      rows: named(rows),
      action: { kind: 'assign', owner_id: house.eve.id },
    })
    assert.equal(run.done, 2)
    for (const row of rows) assert.equal((await again(house.eve, row)).owner_id, house.eve.id)
  })

  it('asks once a batch where the new owner belongs, by assigning, editing or an import', async () => {
    const asked = async (work: () => Promise<unknown>) => {
      const { sql: sent } = await house.statements(work)
      return sent.filter((each) => /"department_id" from "person".* for share$/.test(each)).length
    }
    const given = async (rows: readonly Row[]) =>
      Promise.all(rows.map(async (row) => (await again(house.mei, row)).owner_id))
    const to = house.eve.id
    for (const action of [
      { kind: 'assign', owner_id: to },
      { kind: 'edit', field: 'owner_id', value: to },
    ]) {
      const rows = await customers(house.mei, 12)
      const handing = () => outcome(house.mei, { rows: named(rows), action })
      assert.equal(await asked(handing), 1)
      assert.deepEqual(await given(rows), Array(12).fill(to))
    }
    const rows: Row[] = []
    for (let at = 0; at < 12; at++) rows.push(await customer(house.mei, { name: `移交 ${at}` }))
    const way = importing(house, house.mei)
    const table = [['客户名称', '负责人'], ...rows.map(({ name }) => [name, 'eve'])]
    const { id } = await way.upload('移交.csv', csvFile(table))
    await way.set(id, { mode: 'update', key: 'name' })
    await way.check(id)
    assert.equal(await asked(() => way.run(id)), 1)
    assert.deepEqual(await given(rows), Array(12).fill(to))
  })

  it('reaches no row beyond the person’s own scope, by id or by question', async () => {
    const hers = await customer(house.eve)
    const [own] = await customers(house.ann, 1)
    assert.ok(own)
    const action = { kind: 'edit', field: 'note', value: '越界' }
    const byId = await outcome(house.ann, { rows: named([hers, own]), action })
    assert.deepEqual(
      byId.problems.map(({ id, reason, title }) => [id, reason, title]),
      [[hers.id, 'record_missing', '']],
    )
    const byQuestion = await outcome(house.ann, { filter: mine(), action })
    assert.equal(byQuestion.total, 1)
    assert.equal((await again(house.eve, hers)).version, 1)
  })

  it('is refused to a reader, and deleting to whoever may not delete', async () => {
    const rows = named(await customers(house.ann, 1))
    const edit = { rows, action: { kind: 'edit', field: 'note', value: '改' } }
    assert.equal((await start(house.bob, edit)).status, 403)
    const away = { rows, action: { kind: 'delete' } }
    assert.equal((await start(house.ann, away)).status, 403)
    const done = await outcome(house.mei, away)
    assert.equal(done.done, 1)
  })

  it('refuses at once what would fail for every row', async () => {
    const rows = named(await customers(house.ann, 1))
    for (const action of [
      { kind: 'edit', field: 'number', value: 'C9' },
      { kind: 'edit', field: 'nothing', value: 1 },
      { kind: 'edit', field: 'stage', value: 'nowhere' },
      { kind: 'edit', field: 'name', value: null },
      { kind: 'tag' },
    ])
      assert.equal((await start(house.ann, { rows, action })).status, 400, JSON.stringify(action))
    const both = { rows, filter: mine(), action: { kind: 'assign', owner_id: null } }
    assert.equal((await start(house.ann, both)).status, 400)
  })

  it('is told only to whoever started it', async () => {
    const run = await outcome(house.ann, {
      rows: named(await customers(house.ann, 1)),
      action: { kind: 'edit', field: 'note', value: '改' },
    })
    for (const by of [house.bob, house.root])
      assert.equal((await by.call('GET', `/bulk/${run.id}`)).status, 404)
  })

  it('works on what belongs to customers too', async () => {
    const held = await customer(house.ann)
    const path = `/customers/${held.id}/contacts`
    const made = await house.ann.call('POST', path, { body: { name: '钱经理' } })
    const contact: Row = made.body
    const rows = [{ id: contact.id, customer_id: held.id, version: contact.version }]
    const action = { kind: 'edit', field: 'position', value: '经理' }
    const run = await outcome(house.ann, { rows, action }, '/contacts/bulk')
    assert.equal(run.done, 1)
  })
})

describe('deleting many', () => {
  it('says beforehand what goes along, in few statements, of what the caller may delete', async () => {
    const rows = await customers(house.ann, 3)
    for (const [at, row] of rows.entries())
      for (let made = 0; made <= at; made += 1)
        await house.ann.call('POST', `/customers/${row.id}/contacts`, {
          body: { name: `钱${made}` },
        })
    const told = async (by: Caller, body: object) => {
      const answer = await by.call('POST', '/customers/bulk/deletion', { body })
      assert.equal(answer.status, 200, answer.raw.toString())
      const foretold: Foretold = answer.body
      return foretold
    }
    const picked = await told(house.mei, { rows: named(rows) })
    assert.deepEqual(
      picked.along.map(({ entity, count }) => [entity, count]),
      [['contact', 6]],
    )
    assert.equal(picked.kept_days, 30)
    const { id = '' } = rows[2] ?? {}
    const { sql } = await house.statements(() => told(house.mei, { filter: mine(), except: [id] }))
    assert.ok(sql.length <= 16, sql.join('\n'))
    const some = await told(house.mei, { filter: mine(), except: [id] })
    assert.deepEqual(some.along[0]?.count, 3)
    const body = { rows: named(rows) }
    for (const by of [house.ann, house.bob])
      assert.equal((await start(by, body, '/customers/bulk/deletion')).status, 403)
    const south = await southern()
    assert.deepEqual((await told(south, body)).along, [], 'nothing of what is out of reach')
  })
})

/** Somebody in the south who sees all customers and may delete those of the south. */
const southern = async () => {
  const made = await house.root.call('POST', '/roles', {
    body: {
      ...{
        label: { zh: '南区删', en: '' },
        description: '',
        default_scope: 'all',
        departments: [],
      },
      rights: {
        kinds: { customer: { view: 'all', delete: 'department' }, contact: { view: 'all' } },
        ...{ keys: [], fields: {} },
        levels: { internal: 'write', personal: 'write', sensitive: 'write' },
      },
    },
  })
  const { id }: { id: string } = made.body
  return house.hire('southern', {
    ...{ name: '南', roles: [id], department_id: house.departments.south },
  })
}

describe('bulk of a question', () => {
  it('leaves out the rows that were taken out again', async () => {
    const rows = await customers(house.ann, 4)
    const [kept] = rows
    assert.ok(kept)
    const run = await outcome(house.ann, {
      ...{ filter: mine(), except: [kept.id] },
      action: { kind: 'edit', field: 'note', value: '除外' },
    })
    assert.deepEqual([run.total, run.done, run.failed], [3, 3, 0])
    assert.equal((await again(house.ann, kept)).version, 1)
    const action = { kind: 'edit', field: 'note', value: '两样' }
    const both = { rows: named(rows), except: [kept.id], action }
    assert.equal((await start(house.ann, both)).status, 400)
  })
})
