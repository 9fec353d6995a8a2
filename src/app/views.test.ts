import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { everyone } from '#platform/database/ctx.ts'
import type { OwnSettings, SavedView } from '#platform/views/model.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const definition = {
  filter: { all: [{ field: 'stage', is: 'in', value: ['active'] }] },
  sort: '-updated_at',
  columns: [{ name: 'owner_id', width: 120, frozen: true }, { name: 'tags' }],
  kind: 'board',
  group: 'stage',
}
const save = async (by: Caller, values: object = {}) => {
  const body = { entity: 'customer', name: '跟进中', shared_with: [], definition, ...values }
  return by.call('POST', '/views', { body })
}
const saved = async (by: Caller, values: object = {}): Promise<SavedView> => {
  const answer = await save(by, values)
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const seen = async (by: Caller) => {
  const answer = await by.call('GET', '/views', { query: { entity: 'customer' } })
  const { items, own }: { items: SavedView[]; own: OwnSettings } = answer.body
  return { items, own, ids: items.map(({ id }) => id) }
}

/** Somebody in the north who sees all customers, but not this field of theirs. */
const narrowed = async (field: string, keys: string[] = []) => {
  const role = await house.root.call('POST', '/roles', {
    body: {
      ...{ label: { zh: `无${field}${keys.length}`, en: '' }, description: '' },
      ...{ default_scope: 'all', departments: [] },
      rights: {
        ...{ kinds: { customer: { view: 'all' } }, keys },
        levels: { internal: 'write', personal: 'write', sensitive: 'write' },
        fields: { [`customer.${field}`]: 'hidden' },
      },
    },
  })
  const { id }: { id: string } = role.body
  const department_id = house.departments.north
  return house.hire(`without_${field}_${keys.length}`, { name: '窄', roles: [id], department_id })
}

describe('saved views', () => {
  it('come back as they were saved, to nobody else', async () => {
    const view = await saved(house.ann)
    assert.deepEqual(view.definition, definition)
    const { items } = await seen(house.ann)
    assert.deepEqual(
      items.find(({ id }) => id === view.id),
      view,
    )
    assert.ok(!(await seen(house.bob)).ids.includes(view.id))
    assert.ok(!(await seen(house.root)).ids.includes(view.id), 'not even to an administrator')
    for (const by of [house.eve, house.root]) {
      const change = { body: { name: '我的' }, version: 1 }
      assert.equal((await by.call('PATCH', `/views/${view.id}`, change)).status, 404)
      assert.equal((await by.call('DELETE', `/views/${view.id}`, { version: 1 })).status, 404)
    }
  })

  it('are shared with a department or with all, and only their owner changes them', async () => {
    const north = await saved(house.ann, { shared_with: [house.departments.north] })
    const all = await saved(house.mei, { shared_with: [everyone] })
    const bob = await seen(house.bob)
    const eve = await seen(house.eve)
    assert.ok(bob.ids.includes(north.id) && bob.ids.includes(all.id))
    assert.ok(!eve.ids.includes(north.id) && eve.ids.includes(all.id))
    assert.equal(bob.items.find(({ id }) => id === all.id)?.can.edit, false)
    const refused = await house.eve.call('PATCH', `/views/${all.id}`, {
      body: { name: '改名' },
      version: 1,
    })
    assert.equal(refused.status, 403)
    const narrower = await house.mei.call('PATCH', `/views/${all.id}`, {
      body: { shared_with: [] },
      version: 1,
    })
    assert.equal(narrower.status, 200)
    assert.ok(!(await seen(house.eve)).ids.includes(all.id))
  })

  it('go beyond one’s own department only with the right to share', async () => {
    for (const shared_with of [[everyone], [house.departments.south]])
      assert.equal((await save(house.ann, { shared_with })).status, 400)
    assert.equal((await save(house.mei, { shared_with: [house.departments.south] })).status, 201)
  })

  it('keep the columns that whoever changes them may not know of', async () => {
    const narrow = await narrowed('tags', ['views.share'])
    const columns = [{ name: 'owner_id' }, { name: 'tags' }]
    const plain = { columns, sort: '-updated_at' }
    const { id } = await saved(house.root, { shared_with: [everyone], definition: plain })
    const change = async (version: number, body: object) => {
      const answer = await narrow.call('PATCH', `/views/${id}`, { version, body })
      assert.equal(answer.status, 200, answer.raw.toString())
      assert.ok(!answer.raw.toString().includes('tags'))
      const view = (await seen(house.root)).items.find((each) => each.id === id)
      return view?.definition.columns?.map(({ name }) => name)
    }
    assert.deepEqual(await change(1, { name: '改名' }), ['owner_id', 'tags'])
    const definition = { columns: [{ name: 'stage' }] }
    assert.deepEqual(await change(2, { definition }), ['stage', 'tags'])
  })

  it('over a field that somebody may not see are not there for them, whoever they may put right', async () => {
    const narrow = await narrowed('tags', ['views.share', 'events.view'])
    const filter = { field: 'tags', is: 'has', value: '密' }
    const { id } = await saved(house.root, { shared_with: [everyone], definition: { filter } })
    const answer = await narrow.call('PATCH', `/views/${id}`, {
      version: 9,
      body: { name: '偷看' },
    })
    assert.equal(answer.status, 404)
    assert.ok(!answer.raw.toString().includes('密'))
  })

  it('of somebody else are put right by whoever may share as far, and by nobody else', async () => {
    const north = await saved(house.ann, { shared_with: [house.departments.north] })
    const path = `/views/${north.id}`
    assert.ok(!(await seen(house.root)).ids.includes(north.id), 'no tab of every department')
    const query = { entity: 'customer', others: 'true' }
    const others = async (by: Caller) => {
      const { items }: { items: SavedView[] } = (await by.call('GET', '/views', { query })).body
      return items.some(({ id }) => id === north.id)
    }
    assert.deepEqual([await others(house.root), await others(house.bob)], [true, false])
    const take = { body: { owner: 'me' }, version: 1 }
    assert.equal((await house.bob.call('PATCH', path, take)).status, 403)
    assert.equal((await house.eve.call('PATCH', path, take)).status, 404)
    assert.equal((await house.eve.call('DELETE', path, { version: 1 })).status, 404)
    const taken = await house.root.call('PATCH', path, take)
    const { owner_id, shared_with }: SavedView = taken.body
    assert.deepEqual([owner_id, shared_with], [house.root.id, [house.departments.north]])
    const own = { body: { shared_with: [] }, version: 2 }
    assert.equal((await house.ann.call('PATCH', path, own)).status, 403)
    assert.equal((await house.root.call('PATCH', path, own)).status, 200)
    assert.equal(
      (await house.ann.call('GET', '/views', { query: { entity: 'customer' } })).status,
      200,
    )
    assert.ok(!(await seen(house.ann)).ids.includes(north.id))
    const all = await saved(house.mei, { shared_with: [everyone] })
    assert.equal((await house.root.call('DELETE', `/views/${all.id}`, { version: 1 })).status, 200)
  })

  it('over fields that a reader sees masked are not shown to that reader', async () => {
    const told = { all: [{ field: 'phones', is: 'has', value: '13800138000' }] }
    const view = await saved(house.mei, { shared_with: [everyone], definition: { filter: told } })
    assert.ok(!(await seen(house.bob)).ids.includes(view.id))
    assert.ok((await seen(house.ann)).ids.includes(view.id))
    assert.equal((await save(house.bob, { definition: { filter: told } })).status, 400)
  })

  it('show no column that their reader may not know of, and group by none', async () => {
    const narrow = await narrowed('birth_date')
    const columns = [{ name: 'birth_date' }, { name: 'stage' }]
    const view = await saved(house.mei, { shared_with: [everyone], definition: { columns } })
    const found = (await seen(narrow)).items.find(({ id }) => id === view.id)
    assert.deepEqual(found?.definition, { columns: [{ name: 'stage' }] })
    const grouped = { kind: 'calendar', group: 'birth_date' }
    assert.equal((await save(house.mei, { definition: grouped })).status, 201)
    assert.equal((await save(narrow, { definition: grouped })).status, 400)
  })

  it('are refused when the list itself would refuse them', async () => {
    const unknown = { filter: { all: [{ field: 'nothing', is: 'empty' }] } }
    const made = [{ group: 'constructor' }, { group: 'name' }, { sum: 'toString' }, { sum: 'name' }]
    const shaped = [
      { kind: 'board', group: 'department_id' },
      { kind: 'calendar', group: 'stage' },
    ]
    for (const wrong of [unknown, { sort: 'phones' }, { kind: 'pie' }, ...made, ...shaped])
      assert.equal((await save(house.ann, { definition: wrong })).status, 400)
    assert.equal((await save(house.ann, { entity: 'nothing' })).status, 400)
  })

  it('change and go by the version that was seen', async () => {
    const view = await saved(house.ann)
    const path = `/views/${view.id}`
    const renamed = await house.ann.call('PATCH', path, { body: { name: '新名' }, version: 1 })
    assert.equal(renamed.status, 200)
    assert.equal((await house.ann.call('PATCH', path, { body: {}, version: 1 })).status, 412)
    assert.equal((await house.ann.call('DELETE', path, { version: 1 })).status, 412)
    assert.equal((await house.ann.call('DELETE', path, { version: 2 })).status, 200)
    assert.ok(!(await seen(house.ann)).ids.includes(view.id))
  })
})

describe('own columns', () => {
  it('are kept for one person and one kind of record, the last word counting', async () => {
    const first = { columns: { '': [{ name: 'stage' }] }, default_view: 'mine' }
    const then = { columns: { '': [{ name: 'tags', width: 200 }] }, default_view: null }
    for (const body of [first, then]) {
      const answer = await house.ann.call('PUT', '/views/own/customer', { body })
      assert.equal(answer.status, 200)
      assert.deepEqual((await seen(house.ann)).own, body)
    }
    assert.deepEqual((await seen(house.bob)).own, { columns: {}, default_view: null })
    const tasks = await house.ann.call('GET', '/views', { query: { entity: 'task' } })
    const { own }: { own: OwnSettings } = tasks.body
    assert.deepEqual(own, { columns: {}, default_view: null })
  })
})

it('a field that a view names is retired only by who was told so', async () => {
  const definition = { name: 'x_rank', kind: 'text', label: { zh: '排名', en: '' } }
  const { root, ann } = house
  const made = await root.call('POST', '/fields', { body: { entity: 'task', definition } })
  assert.equal(made.status, 201)
  const where = { field: 'x_rank', is: 'not_empty' }
  const filter = { related: 'tasks', is: 'some', where }
  for (const [by, name] of [
    [root, '有排名的'],
    [ann, '安自用的'],
  ] as const) {
    const body = { entity: 'customer', name, shared_with: [], definition: { filter } }
    assert.equal((await by.call('POST', '/views', { body })).status, 201)
  }
  const refused = await root.call('DELETE', '/fields/task.x_rank', { version: 1 })
  const { reason, facts }: { reason: string; facts: unknown } = refused.body
  assert.deepEqual([refused.status, reason], [409, 'field_in_use'])
  assert.deepEqual(facts, {
    ...{ views: '有排名的', others: 1, columns: '', column_others: 0 },
    ...{ fields: '', stages: '', numbers: '' },
  })
  const fields: { items: unknown[] } = (await root.call('GET', '/fields')).body
  assert.equal(fields.items.length, 1)
  const query = { anyway: 'true' }
  const done = await root.call('DELETE', '/fields/task.x_rank', { version: 1, query })
  assert.equal(done.status, 200)
})
