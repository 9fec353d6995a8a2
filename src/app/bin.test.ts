import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import * as departments from '#access/departments/commands.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import type { BinOutcome, Foretold } from '#platform/bin/contract.ts'
import { jobs as binJobs } from '#platform/bin/jobs.ts'
import { HOME } from '#platform/database/ctx.ts'
import { seal, verify } from '#platform/events/seal.ts'
import { putAway } from '#platform/records/records.ts'
import {
  bodies,
  child,
  erased,
  type Kind,
  kinds,
  listed,
  made,
  newCustomer,
  type Row,
  removed,
  restored,
  stored,
} from './testing/binning.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

describe('the recycle bin', () => {
  it('says beforehand what goes along, puts it away with the customer and brings back exactly that', async () => {
    const one = await newCustomer(house.mei, '北方钢材')
    const kept = await child(house.mei, one, 'contacts')
    await child(house.mei, one, 'interactions')
    await child(house.mei, one, 'tasks')
    await house.mei.call('POST', `/customers/${one.id}/files`, {
      query: { name: '报价.txt' },
      raw: Buffer.from('一百元'),
    })
    const gone = await child(house.mei, one, 'tasks')
    const first = await removed(house.mei, `/customers/${one.id}/tasks/${gone.id}`, gone)
    const before = await stored(house.db, one.id)

    const told = await house.mei.call('GET', `/customers/${one.id}/deletion`)
    const { along, kept_days }: Foretold = told.body
    assert.equal(kept_days, 30)
    assert.deepEqual(along, [
      { entity: 'contact', count: 1, titles: ['单雄信'] },
      { entity: 'interaction', count: 1, titles: ['谈了价格'] },
      { entity: 'task', count: 1, titles: ['寄样品'] },
      { entity: 'file', count: 1, titles: ['报价.txt'] },
    ])

    const id = await removed(house.mei, `/customers/${one.id}`, one)
    const [entry] = await listed(house.mei, { entity: 'customer' })
    assert.deepEqual(
      { title: entry?.title, by: entry?.created_by, left: entry?.days_left, along: entry?.along },
      {
        ...{ title: '北方钢材', by: house.mei.id, left: 30 },
        along: ['contact', 'interaction', 'task', 'file'].map((entity) => ({ entity, count: 1 })),
      },
    )
    for (const path of [`/customers/${one.id}`, `/customers/${one.id}/contacts/${kept.id}`])
      assert.equal((await house.mei.call('GET', path)).status, 404)
    const early = await restored(house.mei, [{ customer_id: one.id, id: first }])
    assert.deepEqual(
      early.problems.map(({ reason, facts }) => [reason, facts]),
      [['customer_in_bin', { customer: '北方钢材' }]],
    )

    const back = await restored(house.mei, [{ customer_id: one.id, id }])
    assert.deepEqual(back.problems, [])
    assert.equal(await stored(house.db, one.id), before)
    assert.equal((await house.mei.call('GET', `/customers/${one.id}/tasks/${gone.id}`)).status, 404)
    assert.deepEqual(
      (await listed(house.mei)).map(({ id }) => id),
      [first],
    )
    await restored(house.mei, [{ customer_id: one.id, id: first }])
    assert.equal((await house.mei.call('GET', `/customers/${one.id}/tasks/${gone.id}`)).status, 200)
    const { body } = await house.mei.call('GET', `/customers/${one.id}`)
    assert.equal((body as { next_due_on: string }).next_due_on, '2027-01-05')
  })

  it('brings back what was there for any tree, with other deletions and changes in between', async () => {
    const step = fc.record({
      kind: fc.constantFrom(...kinds),
      does: fc.constantFrom('add', 'remove', 'change') as fc.Arbitrary<'add' | 'remove' | 'change'>,
      place: fc.nat(5),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 7 }), async (steps) => {
        const one = await newCustomer(house.root, `树${steps.length}`)
        const live: { kind: Kind; row: Row }[] = []
        for (const { kind, does, place } of steps) {
          const at = live[place]
          if (does === 'add' || !at) live.push({ kind, row: await child(house.root, one, kind) })
          else if (does === 'remove') {
            await removed(house.root, `/customers/${one.id}/${at.kind}/${at.row.id}`, at.row)
            live.splice(place, 1)
          } else {
            const path = `/customers/${one.id}/${at.kind}/${at.row.id}`
            const body = { [at.kind === 'interactions' ? 'summary' : 'note']: `改${place}` }
            const answer = await house.root.call('PATCH', path, { body, version: at.row.version })
            at.row = answer.status === 200 ? answer.body : at.row
          }
        }
        const { body } = await house.root.call('GET', `/customers/${one.id}`)
        const before = await stored(house.db, one.id)
        const id = await removed(house.root, `/customers/${one.id}`, body as Row)
        const other = await newCustomer(house.root, '别家')
        await removed(house.root, `/customers/${other.id}`, other)
        assert.deepEqual((await restored(house.root, [{ customer_id: one.id, id }])).problems, [])
        assert.equal(await stored(house.db, one.id), before)
      }),
      { numRuns: 12 },
    )
  })

  it('shows what it holds in no list, count, search, export, chronicle or duplicate check', async () => {
    const one = await newCustomer(house.mei, '隐没贸易', { phones: ['13911112222'] })
    await child(house.mei, one, 'contacts')
    const row = await child(house.mei, one, 'tasks')
    await removed(house.mei, `/customers/${one.id}`, one)
    const seen = async (path: string, query = {}) =>
      JSON.stringify((await house.root.call('GET', path, { query })).body)
    for (const path of ['/customers', '/contacts', '/interactions', '/tasks'])
      assert.ok(!(await seen(path, { limit: 200 })).includes(one.id), path)
    assert.ok(!(await seen('/customers', { q: '隐没' })).includes(one.id))
    assert.equal(await seen('/customers/count', { q: '隐没贸易' }), '{"count":0,"more":false}')
    assert.ok(!(await seen('/search', { q: '隐没贸易' })).includes(one.id))
    for (const path of ['/customers/export', '/contacts/export', '/tasks/export'])
      assert.ok(!(await seen(path, { format: 'csv' })).includes('隐没'), path)
    assert.ok(!(await seen('/customers/groups', { by: 'created_at' })).includes(one.id))
    for (const part of ['chronicle', 'events', 'files', 'contacts'])
      assert.equal((await house.root.call('GET', `/customers/${one.id}/${part}`)).status, 404)
    assert.ok(!(await seen('/day')).includes(row.id))
    const path = `/customers/${one.id}/tasks/${row.id}`
    assert.equal(
      (await house.root.call('PATCH', path, { body: { note: 'x' }, version: 1 })).status,
      404,
    )
    assert.equal((await house.root.call('DELETE', path, { version: 1 })).status, 404)
    assert.equal(
      (await house.root.call('POST', `/customers/${one.id}/tasks`, { body: bodies.tasks })).status,
      404,
    )
    const again = await newCustomer(house.mei, '隐没贸易', { phones: ['13911112222'] })
    assert.equal((await house.mei.call('GET', `/customers/${again.id}`)).status, 200)
  })

  it('lies open to those who could see and delete, each field as it was, and to nobody else', async () => {
    const one = await newCustomer(house.ann, '南北杂货')
    const person = await child(house.ann, one, 'contacts')
    const lost = await removed(house.ann, `/customers/${one.id}/contacts/${person.id}`, person)
    const has = async (by: Caller, id: string, query = {}) =>
      (await listed(by, query)).some((each) => each.id === id)
    assert.deepEqual(
      [
        await has(house.ann, lost),
        await has(house.bob, lost),
        await has(house.eve, lost),
        await has(house.mei, lost),
      ],
      [true, false, false, true],
    )
    assert.equal(await has(house.ann, lost, { q: '雄信' }), true)
    assert.equal(await has(house.ann, lost, { q: '没有' }), false)
    assert.equal(await has(house.mei, lost, { mine: 'true' }), false)
    const id = await removed(house.mei, `/customers/${one.id}`, one)
    // Ann may not delete customers, so she may not bring back whom somebody else deleted.
    assert.deepEqual([await has(house.ann, id), await has(house.eve, id)], [false, false])
    for (const by of [house.ann, house.eve, house.bob]) {
      const { done, problems } = await restored(by, [{ customer_id: one.id, id }])
      assert.deepEqual([done, problems], [[], [{ id, reason: 'not_found' }]])
    }
    // What Ann deleted before is still hers to see, as it was while the customer was live.
    assert.equal(await has(house.ann, lost), true)
    assert.equal((await house.nobody.call('GET', '/bin')).status, 401)
    assert.equal((await erased(house.mei, [{ customer_id: one.id, id }])).status, 403)
    const unconfirmed = await house.root.call('POST', '/bin/erasure', {
      body: { rows: [{ customer_id: one.id, id }], confirm: 'yes' },
    })
    assert.equal(unconfirmed.status, 400)
    assert.deepEqual((await restored(house.mei, [{ customer_id: one.id, id }])).problems, [])
  })

  it("keeps the firm's own rows to whoever they belong to", async () => {
    const own = await made(house.ann, `/customers/${HOME}/tasks`, bodies.tasks)
    const id = await removed(house.ann, `/customers/${HOME}/tasks/${own.id}`, own)
    const sees = async (by: Caller) => (await listed(by)).some((each) => each.id === id)
    assert.deepEqual([await sees(house.ann), await sees(house.root)], [true, false])
    assert.deepEqual((await restored(house.ann, [{ customer_id: HOME, id }])).problems, [])
  })

  it('names the record that took a unique value meanwhile', async () => {
    await sql`create unique index contact_wechat_once on contact (customer_id, wechat)
      where deleted_at is null`.execute(house.db)
    const one = await newCustomer(house.mei, '唯一公司')
    const path = `/customers/${one.id}/contacts`
    const first = await made(house.mei, path, { name: '甲', wechat: 'wx-1' })
    const id = await removed(house.mei, `${path}/${first.id}`, first)
    const second = await made(house.mei, path, { name: '乙', wechat: 'wx-1' })
    const refused = await restored(house.mei, [{ customer_id: one.id, id }])
    assert.deepEqual(refused.problems, [
      {
        ...{ id, title: '甲', reason: 'value_taken_meanwhile' },
        facts: { field: 'wechat', other: { customer_id: one.id, id: second.id, title: '乙' } },
      },
    ])
    await removed(house.mei, `${path}/${second.id}`, second)
    assert.deepEqual((await restored(house.mei, [{ customer_id: one.id, id }])).problems, [])
    await sql`drop index contact_wechat_once`.execute(house.db)
  })

  it('asks for a new person where the one responsible is gone, and follows departments', async () => {
    const leaver = await house.hire('leaver', {
      ...{ name: '离职', role: 'staff', department_id: house.departments.north },
    })
    const one = await newCustomer(leaver, '交接公司')
    const id = await removed(house.mei, `/customers/${one.id}`, one)
    const { body } = await house.root.call('GET', '/people')
    const person = (body as { items: Row[] }).items.find((each) => Number(each.id) === leaver.id)
    const stop = await house.root.call('PATCH', `/people/${leaver.id}`, {
      ...{ body: { active: false }, version: person?.version ?? 0 },
    })
    assert.equal(stop.status, 200)
    const rows = [{ customer_id: one.id, id }]
    const asked = await restored(house.mei, rows)
    assert.deepEqual(
      asked.problems.map(({ reason }) => reason),
      ['owner_gone'],
    )
    assert.deepEqual((await restored(house.mei, rows, { owner_id: house.eve.id })).problems, [])
    assert.equal((await house.eve.call('GET', `/customers/${one.id}`)).status, 200)
    assert.equal((await house.bob.call('GET', `/customers/${one.id}`)).status, 404)

    const hill = await departments.create(house.ctx, {
      name: '山区',
      parent_id: house.departments.top,
    })
    const nobodys = await newCustomer(house.root, '无主公司', { owner_id: null })
    await sql`update customer set department_id = ${hill.id}, grants = ${[1, hill.id]}::int[]
      where id = ${nobodys.id}`.execute(house.db)
    const away = await removed(house.root, `/customers/${nobodys.id}`, nobodys)
    await departments.remove(house.ctx, { id: hill.id, version: hill.version })
    await restored(house.root, [{ customer_id: nobodys.id, id: away }])
    const { rows: after } = await sql<{ department_id: number; grants: number[] }>`
      select department_id, grants from customer where id = ${nobodys.id}`.execute(house.db)
    assert.deepEqual(after, [
      { department_id: house.departments.top, grants: [1, house.departments.top] },
    ])
  })

  it('lets one of two win who restore, delete or erase at once', async () => {
    const one = await newCustomer(house.mei, '同时公司')
    await child(house.mei, one, 'contacts')
    const both = await Promise.all(
      [house.mei, house.root].map((by) =>
        by.call('DELETE', `/customers/${one.id}`, { version: 1 }),
      ),
    )
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404])
    const [entry] = await listed(house.root, { q: '同时公司' })
    const rows = [{ customer_id: one.id, id: entry?.id ?? '' }]
    const outcomes = await Promise.all([restored(house.mei, rows), restored(house.root, rows)])
    assert.deepEqual(outcomes.map(({ done }) => done.length).sort(), [0, 1])
    const { body } = await house.mei.call('GET', `/customers/${one.id}/contacts`)
    assert.equal((body as { items: unknown[] }).items.length, 1)
  })

  it('leaves everything as it was when a crash comes in between', async () => {
    const one = await newCustomer(house.mei, '断电公司')
    await child(house.mei, one, 'contacts')
    const before = await stored(house.db, one.id)
    const crash = house.db.transaction().execute(async (db) => {
      await putAway({ ...house.ctx, db }, customer, [{ id: one.id }], { kind: 'hand' })
      throw new Error('crash')
    })
    await assert.rejects(crash, /crash/)
    assert.equal(await stored(house.db, one.id), before)
  })

  it('takes many at once for bulk and imports, each a deletion of its own, with its cause', async () => {
    const first = await newCustomer(house.mei, '批一')
    const many = [first, await newCustomer(house.mei, '批二')]
    const start = await house.mei.call('POST', '/customers/bulk', {
      body: {
        rows: many.map(({ id, version }) => ({ id, version })),
        action: { kind: 'delete' },
      },
    })
    assert.equal(start.status, 202)
    await house.work()
    const found = (await listed(house.mei)).filter(({ title }) => /^批/.test(title ?? ''))
    assert.deepEqual(
      found.map(({ cause }) => cause),
      ['bulk', 'bulk'],
    )
    assert.equal(
      (
        await restored(
          house.mei,
          found.map(({ customer_id, id }) => ({ customer_id, id })),
        )
      ).done.length,
      2,
    )
    const cause = { kind: 'import', id: HOME } as const
    const away = async (count: number) => {
      const rows = Array.from({ length: count }, () => child(house.mei, first, 'contacts'))
      const keys = (await Promise.all(rows)).map(({ id }) => ({ id, customer_id: first.id }))
      return house.statements(() =>
        house.db
          .transaction()
          .execute((db) => putAway({ ...house.ctx, db }, contact, keys.reverse(), cause)),
      )
    }
    const { value: ids, sql: few } = await away(3)
    assert.equal(new Set(ids).size, 3)
    assert.equal((await away(9)).sql.length, few.length)
    const { rows: kept } = await sql<{ cause: string; cause_id: string }>`
      select distinct cause, cause_id from deletion where id = any(${ids}::uuid[])`.execute(
      house.db,
    )
    assert.deepEqual(kept, [{ cause: 'import', cause_id: HOME }])
  })

  it('answers in a number of statements that does not grow', async () => {
    const { sql: before } = await house.statements(() => house.root.call('GET', '/bin'))
    const one = await newCustomer(house.root, '多一家')
    await removed(house.root, `/customers/${one.id}`, one)
    const { sql: after } = await house.statements(() => house.root.call('GET', '/bin'))
    assert.equal(after.length, before.length)
  })

  it('erases for good: rows, what events told, contents; the chain still holds', async () => {
    const one = await newCustomer(house.mei, '抹去公司')
    const person = await child(house.mei, one, 'contacts')
    await child(house.mei, one, 'interactions')
    await house.mei.call('POST', `/customers/${one.id}/interactions`, {
      body: { ...bodies.interactions, contact_id: person.id },
    })
    await house.mei.call('POST', `/customers/${one.id}/files`, {
      ...{ query: { name: '合同.txt' }, raw: Buffer.from('甲方乙方') },
    })
    const lone = await removed(house.mei, `/customers/${one.id}/contacts/${person.id}`, person)
    const first = await erased(house.root, [{ customer_id: one.id, id: lone }])
    assert.deepEqual((first.body as BinOutcome).problems, [])
    const { rows: pointing } = await sql`select 1 from interaction
      where customer_id = ${one.id} and contact_id is not null`.execute(house.db)
    assert.equal(pointing.length, 0)
    await seal(house.db, new Date().toISOString())
    const { body } = await house.mei.call('GET', `/customers/${one.id}`)
    const id = await removed(house.mei, `/customers/${one.id}`, body as Row)
    await sql`update deletion set created_at = now() - interval '29 days' where id = ${id}`.execute(
      house.db,
    )
    const expire = () =>
      binJobs[0]?.run({ db: house.db, now: new Date().toISOString(), signal: undefined }, {})
    await expire()
    assert.equal((await listed(house.mei, { q: '抹去' }))[0]?.days_left, 1)
    assert.equal(
      (await house.mei.call('PUT', '/bin/settings', { body: { kept_days: 10 } })).status,
      403,
    )
    assert.equal(
      (await house.root.call('PUT', '/bin/settings', { body: { kept_days: 10 } })).status,
      200,
    )
    await expire()
    for (const table of [
      'contact',
      'interaction',
      'task',
      'file',
      'deletion',
      'search_document',
      'key_claim',
    ]) {
      const { rows } =
        await sql`select 1 from ${sql.table(table)} where customer_id = ${one.id}`.execute(house.db)
      assert.equal(rows.length, 0, table)
    }
    const { rows: left } = await sql`select 1 from customer where id = ${one.id}`.execute(house.db)
    assert.equal(left.length, 0)
    const { rows: told } = await sql<{ kind: string }>`select kind from event
      where customer_id = ${one.id} and payload is not null order by id`.execute(house.db)
    assert.deepEqual(told, [{ kind: 'customer.erased' }])
    await seal(house.db, new Date().toISOString())
    assert.equal((await verify(house.db)).broken, undefined)
    await house.root.call('PUT', '/bin/settings', { body: { kept_days: 30 } })
  })
})
