import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Answer, type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { load } from '#platform/customFields/queries.ts'
import * as holders from '../holders/queries.ts'
import * as people from '../people/queries.ts'
import { find, kinds as known } from './queries.ts'
import { builtIn, noteOf, type Rights } from './rules.ts'
import { draftOf } from './web/roles.ts'

type Row = { id: string; version: number }
type Problem = { reason: string; facts?: { permission?: string } }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const rights = (given: Partial<Rights>): Rights => ({
  ...{ kinds: {}, keys: [], fields: {} },
  levels: { internal: 'write', personal: 'write', sensitive: 'write' },
  ...given,
})
let made = 0
const body = (given: Partial<Rights>, more = {}) => ({
  label: { zh: `角色${++made}`, en: '' },
  ...{ description: '', default_scope: 'own', departments: [] },
  rights: rights(given),
  ...more,
})
const role = async (given: Partial<Rights>, more = {}): Promise<Row> => {
  const answer = await house.root.call('POST', '/roles', { body: body(given, more) })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const changeRole = ({ id, version }: Row, change: object, by: Caller = house.root) =>
  by.call('PATCH', `/roles/${id}`, { version, body: change })
const hire = (name: string, roles: string[], more = {}) =>
  house.hire(name, { name, roles, department_id: house.departments.north, ...more })
const customer = async (by: Caller, name: string, more = {}): Promise<Row> => {
  const answer = await by.call('POST', '/customers', { body: { name, ...more } })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const reasonOf = ({ status, body }: Answer) => {
  const problem: Problem = body
  return [status, problem.reason]
}
const names = async (by: Caller) => {
  const { body } = await by.call('GET', '/customers')
  const page: { items: { name: string }[] } = body
  return page.items.map(({ name }) => name).sort()
}

describe('a role with a scope for each verb', () => {
  it('shows all, lets own ones be edited, deletes nothing and exports the department', async () => {
    const { id } = await role({
      kinds: {
        customer: { view: 'all', create: 'own', edit: 'own', delete: 'none', export: 'department' },
      },
    })
    const vic = await hire('vic', [id])
    const [own, north, south] = [
      await customer(vic, '甲自己的'),
      await customer(house.ann, '甲北区的'),
      await customer(house.eve, '甲南区的'),
    ]
    assert.deepEqual(await names(vic), ['甲北区的', '甲南区的', '甲自己的'])
    const edit = ({ id, version }: Row) =>
      vic.call('PATCH', `/customers/${id}`, { version, body: { note: '改' } })
    assert.deepEqual(
      [await edit(own), await edit(north), await edit(south)].map(({ status }) => status),
      [200, 403, 403],
    )
    const removed = await vic.call('DELETE', `/customers/${own.id}`, { version: 2 })
    assert.equal(removed.status, 403)
    assert.equal((await vic.call('GET', '/contacts')).status, 403)
  })

  it('hands customers over only within the scope of that verb, in bulk and at birth too', async () => {
    const edit = { view: 'all', create: 'own', edit: 'all' } as const
    const keeper = await role({ kinds: { customer: edit } })
    const giver = await role({ kinds: { customer: { ...edit, transfer: 'own' } } })
    const [kim, gus] = [await hire('kim', [keeper.id]), await hire('gus', [giver.id])]
    const over = ({ id, version }: Row, by: Caller) =>
      by.call('PATCH', `/customers/${id}`, { version, body: { owner_id: house.eve.id } })
    const [hers, his] = [await customer(kim, '移交一'), await customer(gus, '移交二')]
    const refused = await over(hers, kim)
    assert.deepEqual(reasonOf(refused), [403, 'permission_missing'])
    assert.equal((await over(hers, gus)).status, 403)
    assert.equal((await over(his, gus)).status, 200)
    const owners = await house.db
      .selectFrom('customer')
      .select('owner_id')
      .where('id', 'in', [hers.id, his.id])
      .orderBy('id')
      .execute()
    assert.deepEqual(owners, [{ owner_id: kim.id }, { owner_id: house.eve.id }])
    const { body: seen } = await kim.call('GET', `/customers/${hers.id}`)
    const { can }: { can: object } = seen
    assert.deepEqual(can, { edit: true, delete: false, transfer: false })
    for (const action of [
      { kind: 'assign', owner_id: house.eve.id },
      { kind: 'edit', field: 'owner_id', value: house.eve.id },
    ])
      assert.equal((await kim.call('POST', '/customers/bulk', { body: { action } })).status, 403)
    const born = (by: Caller) =>
      by.call('POST', '/customers', { body: { name: '移交三', owner_id: house.eve.id } })
    assert.deepEqual([(await born(kim)).status, (await born(gus)).status], [403, 201])
    assert.equal(
      (await kim.call('POST', '/customers', { body: { name: '无主', owner_id: null } })).status,
      201,
    )
  })

  it('adds up with others: the widest reach of each verb, the strongest right over each field', async () => {
    const wide = await role({
      kinds: { customer: { view: 'all' } },
      levels: { internal: 'read', personal: 'hidden', sensitive: 'hidden' },
      fields: { 'customer.email': 'masked' },
    })
    const narrow = await role({
      kinds: { customer: { view: 'own', edit: 'own', create: 'own' } },
      fields: { 'customer.note': 'read', 'customer.email': 'hidden' },
    })
    const none = await role({ keys: ['views.share'] })
    const both = await hire('both', [wide.id, narrow.id])
    const one = await hire('onlyWide', [wide.id, none.id])
    const mail = { email: 'a@b.cn', phones: ['13800138000'] }
    const { id } = await customer(house.eve, '乙南区的', mail)
    const seen = async (by: Caller) => {
      const { body } = await by.call('GET', `/customers/${id}`)
      const { email, phones }: { email?: string; phones?: string[] } = body
      return { email, phones }
    }
    assert.deepEqual(await seen(both), { email: 'a***@b.cn', phones: ['13800138000'] })
    // A role without customers gives no sight of their fields, though its levels would.
    assert.deepEqual(await seen(one), { email: 'a***@b.cn', phones: undefined })
    const sort = await one.call('GET', '/customers', { query: { sort: 'phones' } })
    assert.equal(sort.status, 400)
  })

  it('comes by a post too, and a right taken away is gone at the next request, in one statement', async () => {
    const held = await role({ kinds: { customer: { view: 'all' } } })
    const { body: post } = await house.root.call('POST', '/posts', {
      body: { name: '客服', roles: [held.id] },
    })
    const { id: post_id }: Row = post
    const cora = await hire('cora', [], { post_id })
    assert.equal((await cora.call('GET', '/customers')).status, 200)
    const { sql: sent } = await house.statements(() => holders.actorOf(house.ctx, { id: cora.id }))
    assert.equal(sent.length, 1)
    await changeRole(held, { rights: rights({ kinds: { contact: { view: 'all' } } }) })
    assert.equal((await cora.call('GET', '/customers')).status, 403)
    assert.equal((await cora.call('GET', '/contacts')).status, 200)
  })

  it('reaches listed departments with those below them', async () => {
    const { south } = house.departments
    const { id } = await role({ kinds: { customer: { view: 'listed' } } }, { departments: [south] })
    const lil = await hire('lil', [id])
    await customer(house.eve, '丙南区的')
    const seen = await names(lil)
    assert.ok(seen.includes('丙南区的') && !seen.includes('甲北区的'), seen.join())
  })

  it('shows a formula no better than what it is reckoned from', async () => {
    const field = async (definition: object) => {
      const answer = await house.root.call('POST', '/fields', {
        body: { entity: 'customer', definition },
      })
      assert.equal(answer.status, 201, answer.raw.toString())
    }
    const label = (zh: string) => ({ label: { zh, en: '' } })
    await field({ name: 'x_secret', kind: 'number', ...label('底价') })
    await field({
      name: 'x_twice',
      kind: 'formula',
      formula: '「底价」*2',
      result: 'number',
      ...label('翻倍'),
    })
    await load(house.ctx)
    const fields = { 'customer.x_secret': 'hidden' } as const
    const { id } = await role({ kinds: { customer: { view: 'all' } }, fields })
    const fay = await hire('fay', [id])
    const { id: known } = await customer(house.ann, '丁', { x_secret: 21 })
    const { body } = await fay.call('GET', `/customers/${known}`)
    assert.ok(!('x_secret' in body) && !('x_twice' in body))
    for (const query of [
      { sort: 'x_twice' },
      { filter: { field: 'x_twice', is: 'eq', value: 42 } },
    ])
      assert.equal((await fay.call('GET', '/customers', { query })).status, 400)
  })
})

describe('who manages people or roles without being an administrator', () => {
  let hana: Caller
  let mine: Row
  before(async () => {
    mine = await role({
      kinds: { customer: { view: 'all', edit: 'all' } },
      keys: ['people.manage', 'roles.manage'],
      levels: { internal: 'write', personal: 'masked', sensitive: 'hidden' },
    })
    hana = await hire('hana', [mine.id])
  })

  it('makes people and roles within their own rights', async () => {
    const weaker = body({
      kinds: { customer: { view: 'department' } },
      levels: { internal: 'read', personal: 'masked', sensitive: 'hidden' },
    })
    const answer = await hana.call('POST', '/roles', { body: weaker })
    assert.equal(answer.status, 201, answer.raw.toString())
    const { id }: Row = answer.body
    const person = await hana.call('POST', '/people', {
      body: {
        ...{ username: 'newbie', name: '新', password: 'quite long enough' },
        ...{ department_id: house.departments.south, roles: [id] },
      },
    })
    assert.equal(person.status, 201, person.raw.toString())
  })

  it('gives nobody a verb, a key, a field or a role that they do not hold', async () => {
    const within = { internal: 'read', personal: 'masked', sensitive: 'hidden' } as const
    const tries = [
      { kinds: { customer: { delete: 'own' } }, levels: within },
      { kinds: { contact: { view: 'own' } }, levels: within },
      { kinds: { '*': { view: 'own' } }, levels: within },
      { keys: ['events.view'], levels: within },
      { kinds: { customer: { view: 'all' } }, levels: { ...within, personal: 'read' } },
      {
        kinds: { customer: { view: 'all' } },
        levels: within,
        fields: { 'customer.phones': 'read' },
      },
    ] as const
    for (const each of tries) {
      const answer = await hana.call('POST', '/roles', { body: body(each as Partial<Rights>) })
      assert.deepEqual(reasonOf(answer), [403, 'rights_beyond_own'], JSON.stringify(each))
    }
    const person = {
      name: '升',
      password: 'quite long enough',
      department_id: house.departments.top,
    }
    for (const roles of [['administrator'], ['manager'], ['staff'], [mine.id, 'staff']]) {
      const answer = await hana.call('POST', '/people', {
        body: { ...person, username: `up${++made}`, roles },
      })
      assert.deepEqual(reasonOf(answer), [403, 'rights_beyond_own'])
    }
    const { rows } = await sql`select 1 from person where name = '升'`.execute(house.db)
    assert.deepEqual(rows, [])
  })

  it('gives nothing that would count only for kinds and fields to come', async () => {
    const each = { view: 'all', edit: 'all' } as const
    const kinds = Object.fromEntries(known().map(({ name }) => [name, each]))
    const levels = { internal: 'read', personal: 'masked', sensitive: 'hidden' } as const
    const { id } = await role({ kinds, keys: ['roles.manage'], levels })
    const ida = await hire('ida', [id])
    const made = (given: Partial<Rights>) =>
      ida.call('POST', '/roles', { body: body({ levels, ...given }) })
    assert.equal((await made({ kinds: { task: { view: 'all' } } })).status, 201)
    const sensitive = { kinds: { task: each }, levels: { ...levels, sensitive: 'read' } } as const
    for (const given of [{ kinds: { '*': { view: 'all' } } }, sensitive] as const)
      assert.deepEqual(
        reasonOf(await made(given)),
        [403, 'rights_beyond_own'],
        JSON.stringify(given),
      )
    assert.equal((await house.root.call('POST', '/roles', { body: body(sensitive) })).status, 201)
  })

  it('does not lift themselves, nor comes into the account of somebody who may do more', async () => {
    const own = await people.find(house.ctx, hana.id)
    const lifted = await hana.call('PATCH', `/people/${hana.id}`, {
      ...{ version: own.version, body: { roles: [mine.id, 'administrator'] } },
    })
    assert.deepEqual(reasonOf(lifted), [403, 'rights_beyond_own'])
    const full = await changeRole(mine, { rights: rights({ keys: ['fields.manage'] }) }, hana)
    assert.deepEqual(reasonOf(full), [403, 'rights_beyond_own'])
    const root = await people.find(house.ctx, house.root.id)
    const changes = [
      { password: 'a new one that is long' },
      { email: 'hana@evil.cn' },
      { active: false },
    ]
    for (const change of changes) {
      const { version } = root
      const answer = await hana.call('PATCH', `/people/${root.id}`, { version, body: change })
      assert.deepEqual(reasonOf(answer), [403, 'rights_beyond_own'])
    }
    for (const path of [`/people/${root.id}/factors`, `/people/${root.id}/lock`])
      assert.deepEqual(reasonOf(await hana.call('DELETE', path)), [403, 'rights_beyond_own'])
    const staff = await find(house.ctx, 'staff')
    const weakened = await changeRole(staff, { description: '改' }, hana)
    assert.deepEqual(reasonOf(weakened), [403, 'rights_beyond_own'])
    const post = { name: '升', roles: ['manager'] }
    assert.equal((await hana.call('POST', '/posts', { body: post })).status, 403)
  })
})

describe('roles', () => {
  it('keep the administrator as it is, and built-in ones there', async () => {
    const { version } = { version: 1 }
    const weaker = await changeRole({ id: 'administrator', version }, { rights: rights({}) })
    assert.deepEqual(reasonOf(weaker), [409, 'administrator_stays'])
    const removed = await house.root.call('DELETE', '/roles/reader', { version })
    assert.deepEqual(reasonOf(removed), [409, 'built_in_role_stays'])
    const post = await house.root.call('POST', '/posts', {
      body: { name: '总管', roles: ['administrator'] },
    })
    assert.equal(post.status, 400)
  })

  it('refuse what is not there, are not put away while held, and leave a history', async () => {
    const unknown: [Partial<Rights>, string][] = [
      [{ kinds: { dragon: { view: 'all' } } }, 'entity_unknown'],
      [{ keys: ['administer'] }, 'permission_unknown'],
      [{ fields: { 'customer.dragon': 'read' } }, 'field_unknown'],
    ]
    for (const [given, reason] of unknown) {
      const answer = await house.root.call('POST', '/roles', { body: body(given) })
      const { errors }: { errors: { reason: string }[] } = answer.body
      assert.deepEqual([answer.status, errors[0]?.reason], [400, reason])
    }
    const held = await role({ kinds: { customer: { view: 'own' } } })
    const holder = await hire('holder', [held.id])
    const remove = () => house.root.call('DELETE', `/roles/${held.id}`, { version: 1 })
    assert.deepEqual(reasonOf(await remove()), [409, 'role_in_use'])
    const { id, version } = await people.find(house.ctx, holder.id)
    await house.root.call('PATCH', `/people/${id}`, { version, body: { roles: ['reader'] } })
    assert.equal((await remove()).status, 200)
    const { rows } = await sql<{ kind: string; actor_id: number }>`select kind, actor_id from event
      where payload ->> 'id' = ${held.id} order by id`.execute(house.db)
    assert.deepEqual(rows, [
      { kind: 'role.created', actor_id: house.root.id },
      { kind: 'role.deleted', actor_id: house.root.id },
    ])
  })

  it('say how many people a change concerns, and the second who changes one is told', async () => {
    const held = await role({ kinds: { customer: { view: 'own' } } })
    await hire('counted', [held.id])
    const { body: list } = await house.root.call('GET', '/roles')
    const { items }: { items: (Row & { people: number })[] } = list
    assert.equal(items.find(({ id }) => id === held.id)?.people, 1)
    assert.equal((await changeRole(held, { description: '一' })).status, 200)
    assert.equal((await changeRole(held, { description: '二' })).status, 412)
  })

  it('let the name in English follow the Chinese one until it has one of its own', async () => {
    const held = await role({})
    type Named = Parameters<typeof draftOf>[0]
    const renamed: Named = (await changeRole(held, { label: { zh: '前台', en: '' } })).body
    assert.deepEqual(renamed.label, { zh: '前台', en: '前台' })
    assert.deepEqual(draftOf(renamed).label, { zh: '前台', en: '' })
    const own: Named = (await changeRole(renamed, { label: { zh: '前台', en: 'Desk' } })).body
    assert.deepEqual(draftOf(own).label, { zh: '前台', en: 'Desk' })
  })
})

it('what the roles that come along are described as reads in both languages until it is changed', async () => {
  const { body } = await house.root.call('GET', '/roles')
  const { items }: { items: { id: string; description: string; built_in: boolean }[] } = body
  const own = items.filter((each) => each.built_in)
  assert.deepEqual(own.map(({ id }) => id).sort(), [...builtIn].sort())
  for (const each of own) {
    assert.equal(noteOf(each, 'zh'), each.description)
    assert.doesNotMatch(noteOf(each, 'en'), /\p{Script=Han}/u)
    assert.equal(noteOf({ ...each, description: '另写的' }, 'en'), '另写的')
  }
  assert.equal(noteOf({ id: 'toString', description: '自建' }, 'en'), '自建')
})

it('an API key counts only while a role of its person allows keys', async () => {
  const using = await role({ kinds: { customer: { view: 'own' } }, keys: ['api_keys.own'] })
  const person = await hire('by_key', [using.id])
  const program = await house.byKey(person)
  const heard = () => [program, person].map(async (each) => (await each.call('GET', '/me')).status)
  assert.deepEqual(await Promise.all(heard()), [200, 200])
  const without = await changeRole(using, {
    rights: rights({ kinds: { customer: { view: 'own' } } }),
  })
  assert.equal(without.status, 200)
  assert.deepEqual(await Promise.all(heard()), [401, 200])
})
