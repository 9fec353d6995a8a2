import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { csvFile, importing } from '#app/testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { HOME } from '../database/ctx.ts'
import type { ImportAnswer, UndoPlan } from './contract.ts'
import { undoImport } from './undo.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const wipe = () =>
  sql`delete from task; delete from contact; delete from customer_member; delete from search_document;
    delete from customer where number <> 'HOME'`.execute(house.db)

type Record = { id: string; version: number; name: string }

const post = async (by: Caller, path: string, body: object): Promise<Record> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const patch = async (by: Caller, path: string, version: number, body: object) => {
  const answer = await by.call('PATCH', path, { version, body })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
const customerNamed = async (name: string) => {
  const { body } = await house.root.call('GET', '/customers', {
    query: { filter: { field: 'name', is: 'eq', value: name } },
  })
  const { items }: { items: Record[] } = body
  return items[0]
}
const planOf = async (by: Caller, id: string): Promise<UndoPlan> => {
  const { status, body } = await by.call('GET', `/imports/${id}/undo`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const undo = async (by: Caller, id: string): Promise<ImportAnswer> => {
  const { status, body } = await by.call('POST', `/imports/${id}/undo`)
  assert.equal(status, 202, JSON.stringify(body))
  await house.work()
  return importing(house, by).get(id)
}

/** Everything that is stored of live records but what tells of writing itself. */
const snapshot = async () => {
  const { rows } = await sql<{ kind: string; key: string; owner: string; values: object }>`
    select 'customer' as kind, name as key, id as owner, to_jsonb(t) - ${dropped}::text[] as values
      from customer t where deleted_at is null and number <> 'HOME'
    union all select 'contact', name || ' of ' || customer_id, customer_id, to_jsonb(t) - ${dropped}::text[]
      from contact t where deleted_at is null
    union all select 'search', id || field, customer_id, to_jsonb(t) from search_document t`.execute(
    house.db,
  )
  return new Map(rows.map(({ kind, key, values, owner }) => [`${kind} ${key}`, { owner, values }]))
}
const dropped = [
  ...['version', 'created_at', 'created_by', 'updated_at', 'updated_by'],
  ...['last_contact_at', 'next_due_on'],
]

const heading = ['客户名称', '电话', '状态', '负责人', '标签', '联系人', '联系人职务']

describe('undoing an import', () => {
  it('puts away what was made, puts back what was changed, and tells both before and after', async () => {
    await wipe()
    const old = await post(house.ann, '/customers', { name: '老客户' })
    await post(house.ann, `/customers/${old.id}/contacts`, { name: '王芳', position: '会计' })
    const start = await snapshot()
    const by = importing(house, house.ann)
    const done = await by.whole(
      '客户.csv',
      csvFile([
        heading,
        ['老客户', '13800138000', '成交', '', '茶', '王芳', '经理'],
        ['新客户', '13800138001', '潜在', '', '', '李雷', ''],
      ]),
      { mode: 'both', key: 'name' },
    )
    assert.deepEqual([done.counts.created, done.counts.updated], [1, 1])
    const plan = await planOf(house.ann, done.id)
    assert.deepEqual(plan.records, [
      { entity: 'contact', created: false, count: 1, kept: 0 },
      { entity: 'contact', created: true, count: 1, kept: 0 },
      { entity: 'customer', created: false, count: 1, kept: 0 },
      { entity: 'customer', created: true, count: 1, kept: 0 },
    ])
    assert.deepEqual([plan.total, plan.undoable, plan.reasons], [4, 4, []])
    const after = await undo(house.ann, done.id)
    assert.equal(after.status, 'undone')
    assert.deepEqual(
      { ...after.undo, at: '' },
      { by: house.ann.id, at: '', total: 4, done: 4, kept: 0, from: 'done' },
    )
    assert.deepEqual(await snapshot(), start)
    const bin = await house.db
      .selectFrom('deletion')
      .select(['title', 'cause', 'cause_id', 'along'])
      .execute()
    assert.deepEqual(bin, [
      { title: '新客户', cause: 'import', cause_id: done.id, along: { contact: 1 } },
    ])
    const found = await house.ann.call('GET', '/customers', { query: { q: '13800138001' } })
    assert.deepEqual((found.body as { items: [] }).items, [])
    const { rows } = await sql<{ kind: string }>`select kind from event
      where at >= ${after.undo?.at} order by id`.execute(house.db)
    const kinds = new Set(rows.map(({ kind }) => kind))
    for (const kind of [
      ...['customer.deleted', 'customer.updated', 'contact.updated'],
      'import.undone',
    ])
      assert.ok(kinds.has(kind), kind)
  })

  it('waits for nobody who writes something for the firm itself', async () => {
    const by = importing(house, house.ann)
    const table = [
      ['客户编号', '事项', '到期日'],
      ['HOME', '盘点', '2026-12-01'],
    ]
    const { id } = await by.upload('内部.csv', csvFile(table), 'task')
    await by.check(id)
    assert.equal((await by.run(id)).counts.created, 1)
    const after = await house.db.transaction().execute(async (db) => {
      // As a row that refers to it does, until its transaction ends.
      await sql`select 1 from customer where id = ${HOME} for key share`.execute(db)
      return undo(house.ann, id)
    })
    assert.deepEqual([after.status, after.undo?.done, after.undo?.kept], ['undone', 1, 0])
    const task = await house.db
      .selectFrom('task')
      .select('deleted_at')
      .where('title', '=', '盘点')
      .executeTakeFirst()
    assert.ok(task?.deleted_at)
  })

  it('keeps what somebody touched or used since, and says which and why', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const names = ['甲', '乙', '丙', '丁', '戊', '己']
    const done = await by.whole(
      '六.csv',
      csvFile([heading, ...names.map((name) => [name, '', '', '', '', `${name}某`, ''])]),
      { key: null },
    )
    const [edited, tasked, deleted, contacted, , shared] = await Promise.all(
      names.map(customerNamed),
    )
    assert.ok(edited && tasked && deleted && contacted && shared)
    await patch(house.root, `/customers/${edited.id}`, 1, { note: '改过' })
    await post(house.root, `/customers/${tasked.id}/tasks`, { title: '回电', due_on: '2026-12-01' })
    await house.root.call('DELETE', `/customers/${deleted.id}`, { version: 1 })
    const { body } = await house.root.call('GET', `/customers/${contacted.id}/contacts`)
    const [contact] = (body as { items: Record[] }).items
    await patch(house.root, `/customers/${contacted.id}/contacts/${contact?.id}`, 1, {
      position: '经理',
    })
    const team = { principal_id: house.eve.id, access: 'read' }
    await post(house.ann, `/customers/${shared.id}/members`, team)
    const touched = await snapshot()
    const plan = await planOf(house.ann, done.id)
    assert.deepEqual([plan.total, plan.undoable], [12, 2])
    const why = new Map(plan.examples.map(({ title, reason }) => [title, reason]))
    assert.equal(why.get('甲'), 'record_touched')
    assert.equal(why.get('甲某'), 'kept_with_others')
    assert.equal(why.get('乙'), 'record_in_use')
    assert.equal(why.get('己'), 'record_in_use')
    assert.equal(why.get('丁某'), 'record_touched')
    assert.equal(why.get('丁'), 'kept_with_others')
    const after = await undo(house.ann, done.id)
    assert.deepEqual([after.undo?.done, after.undo?.kept], [2, 10])
    const gone = [...touched.keys()].filter((key) => key.includes('戊'))
    assert.equal(gone.length, 2)
    const end = await snapshot()
    assert.deepEqual(
      [...touched.keys()].filter((key) => !end.has(key) && !key.startsWith('search')),
      gone,
    )
    const told = await planOf(house.ann, done.id)
    assert.deepEqual([told.total, told.undoable], [12, 2])
  })

  it('is impossible twice, of a running import, and of somebody else’s', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const { id } = await by.upload('一.csv', csvFile([['客户名称'], ['独一']]))
    const early = await house.ann.call('POST', `/imports/${id}/undo`)
    assert.equal(early.status, 409)
    await by.check(id)
    await by.run(id)
    assert.equal((await house.eve.call('POST', `/imports/${id}/undo`)).status, 404)
    assert.equal((await house.eve.call('GET', `/imports/${id}/undo`)).status, 404)
    const both = await Promise.all([
      house.ann.call('POST', `/imports/${id}/undo`),
      house.ann.call('POST', `/imports/${id}/undo`),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [202, 409])
    await Promise.all([undoImport({ db: house.db }, id), undoImport({ db: house.db }, id)])
    await house.work()
    const after = await by.get(id)
    assert.deepEqual([after.undo?.done, after.undo?.kept], [1, 0])
    assert.equal((await house.ann.call('POST', `/imports/${id}/undo`)).status, 409)
    assert.equal((await house.ann.call('POST', `/imports/${id}/run`)).status, 409)
  })

  it('that is killed goes on where it was', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const rows = Array.from({ length: 120 }, (_, at) => [`批量${at}`])
    const done = await by.whole('多.csv', csvFile([['客户名称'], ...rows]), { key: null })
    await house.ann.call('POST', `/imports/${done.id}/undo`)
    const death = new AbortController()
    const dying = {
      db: house.db,
      signal: death.signal,
      clock: () => {
        death.abort(new Error('killed'))
        return new Date().toISOString()
      },
    }
    await assert.rejects(undoImport(dying, done.id), /killed/)
    const half = await by.get(done.id)
    assert.equal(half.undo?.done, 50)
    await house.work()
    const { undo: whole, status } = await by.get(done.id)
    assert.deepEqual([status, whole?.done, whole?.kept], ['undone', 120, 0])
    assert.equal((await snapshot()).size, 0)
  })
})

const people = ['', '安销售', '叶销售', '梅主管']
const line = fc.record({
  name: fc.integer({ min: 0, max: 7 }),
  phone: fc.constantFrom('', '13800138000', '13900139000'),
  stage: fc.constantFrom('', '潜在', '成交'),
  owner: fc.constantFrom(...people),
  tags: fc.constantFrom('', '茶', '茶,酒'),
  contact: fc.constantFrom('', '王芳', '李雷'),
  position: fc.constantFrom('', '经理', '会计'),
})
const touch = fc.record({
  name: fc.integer({ min: 0, max: 7 }),
  how: fc.constantFrom('edit', 'task', 'contact', 'delete'),
})

it('importing and undoing leaves everything as before; touched records stay (property)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.array(touch, { maxLength: 4 }),
      async (lines, touches) => {
        await wipe()
        for (const at of [0, 1, 2, 3]) {
          const made = await post(house.root, '/customers', {
            name: `户${at}`,
            owner_id: at === 3 ? null : house.ann.id,
            phones: at === 1 ? ['13800138000'] : [],
          })
          if (at < 2) await post(house.root, `/customers/${made.id}/contacts`, { name: '王芳' })
        }
        const start = await snapshot()
        const done = await importing(house, house.root).whole(
          '随机.csv',
          csvFile([
            heading,
            ...lines.map(({ name, phone, stage, owner, tags, contact, position }) => [
              ...[`户${name}`, phone, stage, owner, tags],
              ...[contact, contact && position],
            ]),
          ]),
          { mode: 'both', key: 'name' },
        )
        const touched = new Set<string>()
        for (const { name, how } of touches) {
          const id = await touchOne(`户${name}`, how)
          if (id) touched.add(id)
        }
        const middle = await snapshot()
        const plan = await planOf(house.root, done.id)
        if (plan.undoable === 0) return
        const after = await undo(house.root, done.id)
        assert.deepEqual(
          [after.status, after.undo?.done, after.undo?.kept],
          ['undone', plan.undoable, plan.total - plan.undoable],
        )
        const end = await snapshot()
        const known = new Set([...start.values()].map(({ owner }) => owner))
        for (const key of new Set([...start.keys(), ...middle.keys(), ...end.keys()])) {
          const { owner = '' } = middle.get(key) ?? start.get(key) ?? {}
          if (!touched.has(owner)) assert.deepEqual(end.get(key), start.get(key), key)
          else if (!known.has(owner)) assert.deepEqual(end.get(key), middle.get(key), key)
        }
      },
    ),
    { numRuns: 12 },
  )
})

const touchOne = async (name: string, how: string) => {
  const found = await customerNamed(name)
  if (!found) return undefined
  const path = `/customers/${found.id}`
  const { version }: Record = (await house.root.call('GET', path)).body
  if (how === 'edit') await patch(house.root, path, version, { note: `${name}改${version}` })
  if (how === 'task')
    await post(house.root, `${path}/tasks`, { title: '回电', due_on: '2026-12-01' })
  if (how === 'contact') await post(house.root, `${path}/contacts`, { name: '新人' })
  if (how === 'delete') await house.root.call('DELETE', path, { version })
  return found.id
}
