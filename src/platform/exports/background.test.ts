import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { tableRows } from '#app/testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Actor, system } from '../database/ctx.ts'
import { insert } from '../records/records.ts'
import type { ExportRun } from './contract.ts'
import { jobs } from './jobs.ts'
import { workExport } from './work.ts'

let house: TestHouse
let now = '2026-11-21T02:00:00.000Z'
before(async () => {
  house = await openTestHouse({ clock: () => now })
})
after(() => house.close())

beforeEach(async () => {
  now = '2026-11-21T02:00:00.000Z'
  await sql`delete from search_document; delete from customer where number <> 'HOME';
    delete from export_run; delete from file; delete from setting where key = 'exports'`.execute(
    house.db,
  )
})

const many = async (count: number, owner = house.mei) => {
  const actor: Actor = { ...system, id: owner.id }
  const list = Array.from({ length: count }, (_, at) => ({
    ...{ name: `客户${String(at).padStart(5, '0')}`, phones: ['13800138000'], owner_id: owner.id },
  }))
  await house.db.transaction().execute((db) => insert({ db, actor, now }, customer, list as never))
}
const start = async (by: Caller, body: object = {}): Promise<ExportRun> => {
  const answer = await by.call('POST', '/customers/exports', { body })
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  return answer.body
}
const get = async (by: Caller, id: string): Promise<ExportRun> =>
  (await by.call('GET', `/exports/${id}`)).body
const file = (by: Caller, id: string) => by.call('GET', `/exports/${id}/content`)
const reasonOf = ({ body }: { body: { reason: string } }) => body.reason

describe('an export in the background', () => {
  it('holds the chosen fields in their order, below a line that says who, when and how many', async () => {
    await many(3)
    const { id, status, total } = await start(house.mei, {
      ...{ columns: ['phones', 'name'], sort: 'name', format: 'csv' },
    })
    assert.deepEqual([status, total], ['running', 3])
    assert.equal(reasonOf(await file(house.mei, id)), 'export_not_ready')
    await house.work()
    const done = await get(house.mei, id)
    assert.deepEqual(
      [done.status, done.done, done.file_name],
      ['done', 3, '客户_20261121_梅主管.csv'],
    )
    const { raw, status: ok, headers } = await file(house.mei, id)
    assert.equal(ok, 200)
    assert.match(String(headers['content-disposition']), /csv/)
    const text = raw.toString()
    assert.match(text, /^\uFEFF仅供内部使用 · 梅主管 \d{4}-\d\d-\d\d \d\d:\d\d 导出客户 3 条\r\n/)
    assert.deepEqual((await tableRows(raw)).slice(0, 2), [
      ['电话', '名称'],
      ['13800138000', '客户00000'],
    ])
    const { rows } = await sql<{ payload: object }>`select payload from event
      where kind = 'customer.exported'`.execute(house.db)
    assert.deepEqual(rows.at(-1)?.payload, {
      ...{ count: 3, format: 'csv', columns: ['phones', 'name'], export_id: id },
    })
    const { body } = await house.mei.call('GET', '/customers/export-choice')
    assert.deepEqual(body, { columns: ['phones', 'name'], format: 'csv', large_rows: 10_000 })
  })

  it('takes the picked rows alone, and no row that the person may not take out', async () => {
    await many(3)
    const ids = (
      await house.db.selectFrom('customer').select('id').where('number', '!=', 'HOME').execute()
    ).map(({ id }) => id)
    const { id, total } = await start(house.mei, { ids: ids.slice(0, 2) })
    assert.equal(total, 2)
    await house.work()
    assert.equal((await tableRows((await file(house.mei, id)).raw)).length, 3)
    assert.equal((await house.ann.call('POST', '/customers/exports', { body: {} })).status, 403)
    assert.equal(
      (await house.mei.call('POST', '/customers/exports', { body: { columns: ['secret'] } }))
        .status,
      400,
    )
  })

  it('from many rows on needs a permission of its own, at once and in the background', async () => {
    await many(5)
    const settings = { large_rows: 5, kept_days: 2, watermark: true, watermark_words: '' }
    assert.equal((await house.mei.call('PUT', '/export-settings', { body: settings })).status, 403)
    assert.equal((await house.root.call('PUT', '/export-settings', { body: settings })).status, 200)
    for (const answer of [
      await house.mei.call('POST', '/customers/exports', { body: {} }),
      await house.mei.call('GET', '/customers/export'),
    ]) {
      assert.equal(answer.status, 403)
      assert.equal(reasonOf(answer), 'export_too_large')
    }
    const few = () => house.mei.call('GET', '/customers/export?q=客户00001&format=csv')
    const firstLine = async () =>
      String((await few()).raw)
        .split('\r\n')[0]
        ?.replace('\uFEFF', '')
    assert.equal((await few()).status, 200)
    assert.match((await firstLine()) ?? '', /^仅供内部使用 · .* 1 条$/)
    const mark = (body: object) =>
      house.root.call('PUT', '/export-settings', { body: { ...settings, ...body } })
    assert.equal((await mark({ watermark_words: '严禁外传' })).status, 200)
    assert.match((await firstLine()) ?? '', /^严禁外传 · .* 1 条$/)
    assert.equal((await mark({ watermark: false })).status, 200)
    assert.match((await firstLine()) ?? '', /^客户编号,/)
    assert.equal((await house.root.call('GET', '/customers/export')).status, 200)
  })

  it('is given to nobody but who asked, only while they may, and only until it expires', async () => {
    await many(1)
    const { id } = await start(house.mei)
    await house.work()
    assert.equal((await file(house.root, id)).status, 404)
    assert.equal((await house.eve.call('GET', `/exports/${id}`)).status, 404)
    assert.equal((await get(house.root, id)).id, id)
    now = '2027-11-28T02:00:01.000Z'
    assert.equal(reasonOf(await file(house.mei, id)), 'export_expired')
    const sweep = jobs.find(({ name }) => name === 'exports:sweep')
    await sweep?.run({ db: house.db, now, signal: undefined }, {})
    assert.equal((await get(house.mei, id)).status, 'expired')
    assert.equal((await house.db.selectFrom('file').select('id').execute()).length, 0)
  })

  it('is kept from who reaches less than when it was made, with the reason; reaching more keeps it', async () => {
    const tell = async (by: Caller, count: number) => {
      for (let i = 0; i < count; i++)
        await by.call('POST', '/customers', { body: { name: `${by.id}户${i}` } })
    }
    await tell(house.ann, 2)
    await tell(house.eve, 1)
    const wide = await house.hire('wide', {
      ...{ name: '宽经理', role: 'manager', department_id: house.departments.north },
      scope: 'department',
    })
    const itemsOf = ({ body }: { body: { items: ExportRun[] } }) => body.items
    const reaching = async (scope: string) => {
      const { version } = await house.db
        .selectFrom('person')
        .select('version')
        .where('id', '=', wide.id)
        .executeTakeFirstOrThrow()
      const body = { scope }
      const answer = await house.root.call('PATCH', `/people/${wide.id}`, { version, body })
      assert.equal(answer.status, 200, answer.raw.toString())
    }
    const all = async (by: Caller) => itemsOf(await by.call('GET', '/exports'))
    const of = async (id: string) => {
      const answer = await file(wide, id)
      return [answer.status, reasonOf(answer), (await get(wide, id)).withheld]
    }
    const kept = [200, undefined, null]
    const refused = [403, 'export_narrowed_since', 'export_narrowed_since']
    const narrow = await start(wide, { columns: ['name'], format: 'csv' })
    await house.work()
    assert.equal((await get(wide, narrow.id)).done, 2)
    await reaching('all')
    const whole = await start(wide, { columns: ['name'], format: 'csv' })
    await house.work()
    assert.equal((await get(wide, whole.id)).done, 3)
    assert.deepEqual([await of(narrow.id), await of(whole.id)], [kept, kept])
    await reaching('department')
    assert.deepEqual([await of(narrow.id), await of(whole.id)], [kept, refused])
    await reaching('own')
    assert.deepEqual([await of(narrow.id), await of(whole.id)], [refused, refused])
    const listed = await all(wide)
    assert.deepEqual(
      listed.map(({ status, withheld }) => [status, withheld]),
      [
        ['done', 'export_narrowed_since'],
        ['done', 'export_narrowed_since'],
      ],
    )
    const seen = await all(house.root)
    assert.deepEqual(
      seen.map(({ withheld }) => withheld),
      [null, null],
    )
    const { rows } = await sql`select 1 from event where kind = 'export.downloaded'
      and actor_id = ${wide.id}`.execute(house.db)
    assert.equal(rows.length, 3)
    // A file that was made before this was kept is given to who exports everything.
    await reaching('all')
    await sql`update export_run set reach = null`.execute(house.db)
    assert.deepEqual(await of(whole.id), kept)
    await reaching('department')
    assert.deepEqual(await of(narrow.id), refused)
  })

  it('goes by an added field that nobody filtered by before, and leaves that to be told by a list', async () => {
    const definition = { name: 'x_trade', kind: 'text', label: { zh: '行当', en: '' } }
    const body = { entity: 'customer', definition }
    assert.equal((await house.root.call('POST', '/fields', { body })).status, 201)
    await house.work()
    await many(2)
    await sql`update customer set custom = '{"x_trade":"酒楼"}' where name = '客户00001'`.execute(
      house.db,
    )
    const filter = { field: 'x_trade', is: 'eq', value: '酒楼' }
    const { id } = await start(house.mei, { columns: ['name'], filter, format: 'csv' })
    const asked = async () => {
      const { rows } = await sql`select 1 from graphile_worker.jobs
        where task_identifier = 'fields:filtered'`.execute(house.db)
      return rows.length
    }
    await workExport({ db: house.db, clock: () => now }, id)
    const done = await get(house.mei, id)
    assert.deepEqual([done.status, done.reason, done.done], ['done', null, 1])
    assert.equal(await asked(), 0)
    const query = { filter: JSON.stringify(filter) }
    assert.equal((await house.mei.call('GET', '/customers', { query })).status, 200)
    assert.equal(await asked(), 1)
  })

  it('can be cancelled; of the half file nothing is offered', async () => {
    await many(2)
    const { id } = await start(house.mei)
    assert.equal((await house.mei.call('POST', `/exports/${id}/cancellation`)).status, 200)
    await house.work()
    assert.equal((await get(house.mei, id)).status, 'cancelled')
    assert.equal(reasonOf(await file(house.mei, id)), 'export_not_ready')
    assert.equal((await house.mei.call('POST', `/exports/${id}/cancellation`)).status, 409)
  })

  it('cancelled or killed in the middle leaves no file; after a crash it is made anew and whole', async () => {
    await many(2500)
    const { id } = await start(house.mei, { columns: ['name'], format: 'csv' })
    const death = new AbortController()
    let steps = 0
    const dying = {
      db: house.db,
      signal: death.signal,
      clock: () => {
        if (++steps === 4) death.abort(new Error('killed'))
        return now
      },
    }
    await assert.rejects(workExport(dying, id), /killed/)
    const half = await get(house.mei, id)
    assert.equal(half.status, 'running')
    assert.equal((await house.db.selectFrom('file').select('id').execute()).length, 0)
    await workExport({ db: house.db, clock: () => now }, id)
    const whole = await get(house.mei, id)
    assert.deepEqual([whole.status, whole.done], ['done', 2500])
    assert.equal((await tableRows((await file(house.mei, id)).raw)).length, 2501)
    const other = await start(house.mei, { columns: ['name'], format: 'csv' })
    const cancelling = {
      db: house.db,
      clock: () => {
        void house.mei.call('POST', `/exports/${other.id}/cancellation`)
        return now
      },
    }
    await workExport(cancelling, other.id)
    assert.notEqual((await get(house.mei, other.id)).status, 'running')
  })
})
