import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Grant, Rights, Verb } from '#access/roles/rules.ts'
import { HOME } from '#platform/database/ctx.ts'
import { searchAgainIfEmpty } from '#platform/records/searchAgain.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = { id: string; version: number; name: string }
type Found = { items: { id: string }[] }

let house: TestHouse
/** Two customers of Ann's, each with contacts, a task and an interaction. */
let mill: Row
let bay: Row
const rows: Record<string, Row> = {}
before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-18T02:00:00.000Z' })
  mill = await made('/customers', { name: '花果山磨坊', phones: ['13655550001'] })
  bay = await made('/customers', { name: '东海湾船厂' })
  const at = (row: Row, rest: string) => `/customers/${row.id}/${rest}`
  rows.sun = await made(at(mill, 'contacts'), { name: '孙悟空', phones: ['13655550009'] })
  rows.zhu = await made(at(mill, 'contacts'), { name: '猪八戒' })
  rows.long = await made(at(bay, 'contacts'), { name: '敖广', email: 'aoguang@bay.cn' })
  rows.task = await made(at(mill, 'tasks'), { title: '送定海神针的报价单', due_on: '2026-11-20' })
  rows.other = await made(at(bay, 'tasks'), { title: '回访', due_on: '2026-11-20' })
  rows.talk = await made(at(bay, 'interactions'), { summary: `${'。'.repeat(300)}聊到水晶宫修缮` })
})
after(() => house.close())
afterEach(() => assert.deepEqual(house.faults, []))

const made = async (
  path: string,
  body: Record<string, unknown>,
  by: Caller = house.ann,
): Promise<Row> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const found = async (q: string, by: Caller = house.ann, kind = 'customers') => {
  const { status, body } = await by.call('GET', `/${kind}`, { query: { q } })
  assert.equal(status, 200)
  return (body as Found).items.map(({ id }) => id).sort()
}
const ids = (...list: (Row | undefined)[]) => list.map((row) => row?.id).sort()

let count = 0
const hire = async (
  kinds: Record<string, Partial<Record<Verb, Grant>>>,
  more: Partial<Rights> = {},
): Promise<Caller> => {
  const role = await made(
    '/roles',
    {
      label: { zh: `寻${++count}`, en: '' },
      ...{ description: '', default_scope: 'own', departments: [] },
      rights: {
        ...{ kinds, keys: [], fields: {} },
        levels: { internal: 'write', personal: 'write', sensitive: 'write' },
        ...more,
      },
    },
    house.root,
  )
  const roles = [role.id]
  const department_id = house.departments.south
  return house.hire(`seeker${count}`, { name: `寻${count}`, roles, department_id })
}

describe('a list below customers', () => {
  it('is searched by its rows, by their customer’s name and number, by both together', async () => {
    const contacts = (q: string) => found(q, house.ann, 'contacts')
    assert.deepEqual(await contacts('孙悟空'), ids(rows.sun))
    assert.deepEqual(await contacts('swk'), ids(rows.sun))
    assert.deepEqual(await contacts('13655550009'), ids(rows.sun))
    assert.deepEqual(await contacts('aoguang@'), ids(rows.long))
    assert.deepEqual(await contacts('花果山'), ids(rows.sun, rows.zhu))
    const { body } = await house.ann.call('GET', `/customers/${bay.id}`)
    assert.deepEqual(await contacts((body as { number: string }).number), ids(rows.long))
    assert.deepEqual(await contacts('磨坊 八戒'), ids(rows.zhu))
    assert.deepEqual(await contacts('船厂 八戒'), [])
    // A phone of the customer is none of its contacts'.
    assert.deepEqual(await contacts('13655550001'), [])
  })

  it('finds a task by its title and an interaction by its words', async () => {
    assert.deepEqual(await found('报价单', house.ann, 'tasks'), ids(rows.task))
    assert.deepEqual(await found('dhsz', house.ann, 'tasks'), ids(rows.task))
    assert.deepEqual(await found('水晶宫修缮', house.ann, 'interactions'), ids(rows.talk))
    assert.deepEqual(await found('报价单', house.ann, 'interactions'), [])
    // What was written of a customer is no name of it.
    assert.deepEqual(await found('水晶宫'), [])
    const own = await made(`/customers/${HOME}/tasks`, { title: '买龙井', due_on: '2026-11-20' })
    assert.deepEqual(await found('龙井', house.ann, 'tasks'), ids(own))
    assert.deepEqual(await found('龙井', house.mei, 'tasks'), [])
    const { version } = rows.task ?? own
    const path = `/customers/${mill.id}/tasks/${rows.task?.id}`
    const renamed = await house.ann.call('PATCH', path, { version, body: { title: '改送样品' } })
    assert.equal(renamed.status, 200)
    assert.deepEqual(await found('报价单', house.ann, 'tasks'), [])
    assert.deepEqual(await found('样品', house.ann, 'tasks'), ids(rows.task))
  })

  it('selects and deletes by a search no more than the search shows', async () => {
    const at = `/customers/${bay.id}/contacts`
    const [one, two] = [await made(at, { name: '龟丞相' }), await made(at, { name: '虾兵' })]
    const answer = await house.ann.call('POST', '/contacts/bulk', {
      body: { q: '龟丞相', action: { kind: 'delete' } },
    })
    assert.equal(answer.status, 202, answer.raw.toString())
    await house.work()
    const { body } = await house.ann.call('GET', at)
    assert.deepEqual((body as Found).items.map(({ id }) => id).sort(), ids(rows.long, two))
    assert.deepEqual(await found('龟丞相'), [])
    assert.notEqual(one.id, two.id)
  })
})

describe('the one search', () => {
  type Record = { entity: string; id: string; title: string; customer_name: string }
  const records = async (q: string, by: Caller = house.ann): Promise<Record[]> => {
    const { status, body } = await by.call('GET', '/search', { query: { q } })
    assert.equal(status, 200)
    return (body as { records: Record[] }).records
  }

  it('names the records that were found, and not their neighbours', async () => {
    const [sun, ...rest] = await records('孙悟空')
    assert.deepEqual(rest, [])
    assert.deepEqual(
      { ...sun },
      {
        ...{ entity: 'contact', id: rows.sun?.id, customer_id: mill.id },
        ...{ title: '孙悟空', customer_name: '花果山磨坊' },
      },
    )
    const [talk] = await records('水晶宫')
    assert.equal(talk?.entity, 'interaction')
    assert.match(talk?.title ?? '', /^…。+聊到水晶宫修缮$/)
    assert.deepEqual(await records('花果山'), [])
  })

  it('names nothing that is out of sight', async () => {
    assert.deepEqual(await records('孙悟空', await hire({ customer: { view: 'all' } })), [])
    assert.deepEqual(await records('孙悟空', house.eve), [])
    const uma = await hire(
      { '*': { view: 'all' } },
      { fields: { 'contact.name': 'hidden', 'customer.name': 'hidden' } },
    )
    assert.deepEqual(await records('孙悟空', uma), [])
    const [sun] = await records('13655550009', uma)
    assert.deepEqual([sun?.id, sun?.title, sun?.customer_name], [rows.sun?.id, '', ''])
  })
})

describe('a narrow right', () => {
  it('to customers alone finds them by what is theirs', async () => {
    const uma = await hire({ customer: { view: 'all' } })
    for (const q of ['花果山', 'hgsmf', '13655550001'])
      assert.deepEqual(await found(q, uma), ids(mill))
    for (const q of ['孙悟空', '13655550009']) assert.deepEqual(await found(q, uma), [])
  })

  it('hides by a masked field what that field holds, and nothing else', async () => {
    const kinds = { '*': { view: 'all' } } as const
    const uma = await hire(kinds, { fields: { 'contact.name': 'masked' } })
    assert.deepEqual(await found('花果山', uma), ids(mill))
    assert.deepEqual(await found('13655550009', uma), ids(mill))
    assert.deepEqual(await found('孙悟空', uma), [])
    assert.deepEqual(await found('孙悟空', uma, 'contacts'), [])
    assert.deepEqual(await found('13655550009', uma, 'contacts'), ids(rows.sun))
    const eva = await hire(kinds, { fields: { 'customer.name': 'hidden' } })
    assert.deepEqual(await found('花果山', eva), [])
    assert.deepEqual(await found('花果山', eva, 'contacts'), [])
    assert.deepEqual(await found('孙悟空', eva), ids(mill))
  })

  it('keeps what a field added to another kind takes from those who read only', async () => {
    assert.deepEqual(await found('花果山', house.bob), ids(mill))
    const definition = { name: 'x_secret', kind: 'text', label: { zh: '来历', en: '' } }
    await made(
      '/fields',
      { entity: 'task', definition: { ...definition, search: true, sensitivity: 'personal' } },
      house.root,
    )
    const at = `/customers/${mill.id}/tasks`
    await made(at, { title: '查', due_on: '2026-11-20', x_secret: '花果山旧事' })
    assert.deepEqual(await found('花果山', house.bob), ids(mill))
    assert.deepEqual(await found('旧事'), ids(mill))
    assert.deepEqual(await found('旧事', house.bob), [])
    assert.deepEqual(await found('旧事', house.bob, 'tasks'), [])
  })
})

describe('a field that an administrator shapes anew', () => {
  const id = 'customer.x_deal'
  const definition = { name: 'x_deal', kind: 'text', label: { zh: '约定', en: '' } }
  let version = 0
  const shape = async (more: Record<string, unknown>) => {
    const answer = await house.root.call('PATCH', `/fields/${id}`, {
      ...{ version, body: { definition: { ...definition, ...more } } },
    })
    assert.equal(answer.status, 200, answer.raw.toString())
    version++
  }
  const kept = async () => {
    const { rows: documents } =
      await sql`select 1 from search_document where field = ${id}`.execute(house.db)
    return documents.length
  }

  it('is searched no more from the moment it is not, and what was kept of it goes', async () => {
    await made(
      '/fields',
      { entity: 'customer', definition: { ...definition, search: true } },
      house.root,
    )
    version = 1
    const lake = await made('/customers', { name: '湖心亭', x_deal: '玄武湖密约' })
    assert.deepEqual(await found('密约', house.bob), ids(lake))
    await shape({ search: false, sensitivity: 'sensitive' })
    for (const by of [house.bob, house.ann]) assert.deepEqual(await found('密约', by), [])
    assert.equal(await kept(), 1)
    await house.work()
    assert.equal(await kept(), 0)
  })

  it('is found in records of before once it is searched, by those alone who read it plain', async () => {
    await shape({ search: true, sensitivity: 'sensitive' })
    assert.deepEqual(await found('密约'), [])
    await house.work()
    assert.equal((await found('密约', house.root)).length, 1)
    assert.deepEqual(await found('密约', house.bob), [])
    await shape({ search: true })
    assert.equal((await found('密约', house.bob)).length, 1)
    // What a server wrote meanwhile that had not heard of it is found a minute later.
    await sql`delete from search_document where field = ${id}`.execute(house.db)
    await house.work()
    assert.equal(await kept(), 0)
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(house.db)
    await house.work()
    assert.equal(await kept(), 1)
    await shape({ search: true, sensitivity: 'sensitive' })
    assert.deepEqual(await found('密约', house.bob), [])
  })

  it('is found by nobody once it is retired', async () => {
    const gone = await house.root.call('DELETE', `/fields/${id}`, { version })
    assert.equal(gone.status, 200, gone.raw.toString())
    assert.deepEqual(await found('密约', house.root), [])
    await house.work()
    assert.equal(await kept(), 0)
  })
})

it('writes everything anew, batch by batch, where nothing is written yet', async () => {
  const all = () =>
    sql<{ text: string }>`select * from search_document order by customer_id, id, field`.execute(
      house.db,
    )
  const many = Array.from({ length: 501 }, (_, index) => ({ title: `碎事${index}` }))
  await sql`insert into task (customer_id, id, title, due_on, important, urgent, version, created_at, updated_at)
    select ${bay.id}::uuid, gen_random_uuid(), r.title, '2026-11-20', false, false, 1, now(), now()
    from jsonb_to_recordset(${JSON.stringify(many)}::jsonb) as r(title text)`.execute(house.db)
  const before = await all()
  assert.equal(await searchAgainIfEmpty(house.db), false)
  await sql`delete from search_document`.execute(house.db)
  assert.equal(await searchAgainIfEmpty(house.db), true)
  assert.equal(await searchAgainIfEmpty(house.db), false)
  await house.work()
  const now = await all()
  assert.equal(now.rows.length, before.rows.length + many.length)
  assert.deepEqual(
    now.rows.filter(({ text }) => !text.includes('碎事')),
    before.rows,
  )
  assert.equal((await found('碎事500', house.ann, 'tasks')).length, 1)
})

it('finds customers for somebody from whom their names are hidden', async () => {
  const role = await house.root.call('POST', '/roles', {
    body: {
      ...{ label: { zh: '无名', en: '' }, description: '', default_scope: 'all', departments: [] },
      rights: {
        ...{
          kinds: { customer: { view: 'all' } },
          keys: [],
          fields: { 'customer.name': 'hidden' },
        },
        levels: { internal: 'read', personal: 'read', sensitive: 'read' },
      },
    },
  })
  const { id }: { id: string } = role.body
  const department_id = house.departments.north
  const nameless = await house.hire('nameless', { name: '无名', roles: [id], department_id })
  for (const name of ['同号一', '同号二'])
    await house.ann.call('POST', '/customers', { body: { name, phones: ['13711112222'] } })
  const answer = await nameless.call('GET', '/search', { query: { q: '13711112222' } })
  assert.equal(answer.status, 200)
  const { items }: { items: unknown[] } = answer.body
  assert.equal(items.length, 2)
  assert.ok(!answer.raw.toString().includes('同号'))
})
