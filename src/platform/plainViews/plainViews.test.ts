import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Answer, type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { mostViews } from './commands.ts'
import { mostMatches } from './keys.ts'

let house: TestHouse
let ward: Caller
let id: string
let far: string
before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-18T02:00:00.000Z' })
  ward = await hired('ward', { keys: ['fields.plain'] })
  const made = async (by: Caller, name: string) => {
    const body = { name, phones: ['13655550001', '13655550002'], email: 'a@b.cn', note: '密' }
    const answer = await by.call('POST', '/customers', { body })
    const { id }: { id: string } = answer.body
    return id
  }
  id = await made(house.ann, '丝路')
  far = await made(house.eve, '南路')
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const hired = async (name: string, { keys }: { keys: string[] }, view = 'department') => {
  const { body } = await house.root.call('POST', '/roles', {
    body: {
      ...{ label: { zh: name, en: '' }, description: '', default_scope: 'own', departments: [] },
      rights: {
        ...{ kinds: { customer: { view } }, keys },
        levels: { internal: 'read', personal: 'masked', sensitive: 'masked' },
        fields: { 'customer.note': 'hidden' },
      },
    },
  })
  const { id }: { id: string } = body
  return house.hire(name, { name, roles: [id], department_id: house.departments.north })
}
const view = (by: Caller, body: object, of = id) =>
  by.call('POST', `/customers/${of}/plain-view`, { body })
const match = (by: Caller, value: string, field = 'phones') =>
  by.call('POST', '/customers/exact-match', { body: { field, value } })
const events = async (kind: string) => {
  const { rows } = await sql<{ actor_id: number; payload: unknown }>`select actor_id, payload
    from event where kind = ${kind} order by id`.execute(house.db)
  return rows
}
const pathsOf = ({ body }: Answer) => {
  const { errors = [] }: { errors?: { path: string; reason: string }[] } = body
  return errors.map(({ path, reason }) => `${path} ${reason}`)
}

describe('the plain value of a masked field', () => {
  it('is given for a reason, and the event tells the reason and not the value', async () => {
    const without = await view(ward, { field: 'phones' })
    assert.deepEqual([without.status, pathsOf(without)], [400, ['reason required']])
    const answer = await view(ward, { field: 'phones', reason: '回访' })
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, { field: 'phones', value: ['13655550001', '13655550002'] })
    const found = await events('customer.plain_viewed')
    assert.deepEqual(found, [
      { actor_id: ward.id, payload: { facts: { field: 'phones', reason: '回访' } } },
    ])
    const { body } = await ward.call('GET', `/customers/${id}`)
    const { phones }: { phones: string[] } = body
    assert.deepEqual(phones, ['136****0001', '136****0002'])
  })

  it('needs no reason by the further key, and is not given without the first', async () => {
    const free = await hired('free', { keys: ['fields.plain', 'fields.plain_freely'] })
    assert.equal((await view(free, { field: 'email' })).status, 200)
    assert.equal((await view(house.bob, { field: 'email', reason: '看看' })).status, 403)
  })

  it('is not given of hidden fields, of unknown ones, or of records out of reach', async () => {
    const before = await events('customer.plain_viewed')
    for (const field of ['note', 'dragon', 'constructor'])
      assert.equal((await view(ward, { field, reason: '看看' })).status, 400, field)
    assert.equal((await view(ward, { field: 'phones', reason: '看看' }, far)).status, 404)
    assert.deepEqual(await events('customer.plain_viewed'), before)
  })

  it('is given so many times an hour, counted in the database', async () => {
    const { id: person } = ward
    await sql`update careful_count set count = ${mostViews - 1} where person_id = ${person}`.execute(
      house.db,
    )
    const asked = { field: 'phones', reason: '抄' }
    const answers = await Promise.all([1, 2, 3].map(() => view(ward, asked)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 429, 429])
    await sql`update careful_count set hour = hour - interval '1 hour' where person_id = ${person}`.execute(
      house.db,
    )
    assert.equal((await view(ward, asked)).status, 200)
  })
})

describe('looking for a whole value that is shown shortened', () => {
  it('finds what is in reach, shown shortened as ever, and is noted without the value', async () => {
    const answer = await match(ward, '13655550002')
    const { items }: { items: { id: string; phones: string[] }[] } = answer.body
    assert.deepEqual(
      items.map((each) => [each.id, each.phones]),
      [[id, ['136****0001', '136****0002']]],
    )
    const [found] = await events('customer.exact_matched')
    assert.deepEqual(found, {
      actor_id: ward.id,
      payload: { facts: { field: 'phones', found: 1 } },
    })
  })

  it('finds nothing by a part, by a hidden field, or in another shape', async () => {
    for (const value of ['136', '1365555', '%', '136****0001', '_______0001']) {
      const answer = await match(ward, value)
      const { items = [] }: { items?: unknown[] } = answer.body
      assert.deepEqual(items, [], value)
    }
    assert.equal((await match(ward, '密', 'note')).status, 400)
    const tried = { birth_date: '1971-01-01', gender: 'male', region: '330000', hobbies: '潜水' }
    for (const [field, value] of Object.entries(tried))
      assert.equal((await match(ward, value, field)).status, 400, field)
    const filter = { field: 'phones', is: 'has', value: '13655550002' }
    assert.equal((await ward.call('GET', '/customers', { query: { filter } })).status, 400)
  })

  it('is done so many times an hour', async () => {
    await sql`update careful_count set count = ${mostMatches} where kind = 'exact_match'`.execute(
      house.db,
    )
    assert.equal((await match(ward, '13655550002')).status, 429)
    assert.equal((await match(house.ann, '13655550002')).status, 200)
  })
})
