import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Place } from '#platform/lists/place.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
const ids: string[] = []
before(async () => {
  house = await openTestHouse()
  for (const name of ['一', '二', '三', '四', '五']) ids.push(await customer(house.ann, name))
  await customer(house.eve, '南')
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const customer = async (by: Caller, name: string, values: object = {}): Promise<string> => {
  const body = { name: `店${name}`, tags: [name], ...values }
  const { body: made }: { body: { id: string } } = await by.call('POST', '/customers', { body })
  return made.id
}
const sort = 'created_at'
const place = async (by: Caller, id: string | undefined, query: object = { sort }) => {
  const answer = await by.call('GET', `/customers/${id}/place`, { query: { ...query } })
  assert.equal(answer.status, 200, answer.raw.toString())
  const told: Place = answer.body
  return told
}
const exact = (count: number) => ({ count, more: false })

describe('the place of a record in a list', () => {
  it('names the neighbours in the order and within the filter that were asked for', async () => {
    const told = await place(house.ann, ids[2])
    const expected = { position: exact(3), total: exact(5) }
    assert.deepEqual(told, { ...expected, previous: { id: ids[1] }, next: { id: ids[3] } })
    const turned = await place(house.ann, ids[2], { sort: `-${sort}` })
    assert.deepEqual(turned, { ...expected, previous: { id: ids[3] }, next: { id: ids[1] } })
    const first = await place(house.ann, ids[0])
    assert.equal(first.previous, null)
    const filter = {
      not: { any: ['二', '四'].map((value) => ({ field: 'tags', is: 'has', value })) },
    }
    const some = await place(house.ann, ids[2], { sort, filter })
    assert.deepEqual(some, {
      ...{ position: exact(2), total: exact(3) },
      ...{ previous: { id: ids[0] }, next: { id: ids[4] } },
    })
  })

  it('has a way on from a record that has left the list', async () => {
    const filter = { not: { field: 'tags', is: 'has', value: '三' } }
    const told = await place(house.ann, ids[2], { sort, filter })
    assert.equal(told.position, null)
    assert.deepEqual([told.previous?.id, told.next?.id], [ids[1], ids[3]])
  })

  it('counts and names only what the caller sees, and goes with search', async () => {
    assert.deepEqual((await place(house.mei, ids[4])).total, exact(6))
    assert.deepEqual((await place(house.ann, ids[4])).next, null)
    const stranger = await house.eve.call('GET', `/customers/${ids[0]}/place`)
    assert.equal(stranger.status, 404)
    assert.deepEqual((await place(house.ann, ids[1], { sort, q: '店二' })).total, exact(1))
  })

  it('gives the address of what stands below customers', async () => {
    const [first, second] = ids
    const contact = async (id: string | undefined, name: string) => {
      const path = `/customers/${id}/contacts`
      const made: { body: { id: string } } = await house.ann.call('POST', path, { body: { name } })
      return made.body.id
    }
    const [one, two] = [await contact(first, '甲'), await contact(second, '乙')]
    const path = `/customers/${first}/contacts/${one}/place`
    const { body }: { body: Place } = await house.ann.call('GET', path, { query: { sort } })
    assert.deepEqual(body.next, { id: two, customer_id: second })
  })

  it('and the list itself have another order where the usual one is by a field that is hidden', async () => {
    const view = { view: 'all' }
    const role = await house.root.call('POST', '/roles', {
      body: {
        ...{ label: { zh: '窄', en: '' }, description: '', default_scope: 'own', departments: [] },
        rights: {
          ...{ kinds: { customer: view, task: view }, keys: [] },
          levels: { internal: 'write', personal: 'write', sensitive: 'write' },
          fields: { 'task.due_on': 'hidden' },
        },
      },
    })
    const { id }: { id: string } = role.body
    const roles = [id]
    const by = await house.hire('narrow', {
      ...{ name: '窄', roles, department_id: house.departments.north },
    })
    const path = `/customers/${ids[0]}/tasks`
    const made: { id: string }[] = []
    for (const title of ['先', '后']) {
      const body = { title, due_on: '2026-11-21' }
      const answer: { body: { id: string } } = await house.ann.call('POST', path, { body })
      made.push(answer.body)
    }
    const rows: { body: { items: { id: string }[] } } = await by.call('GET', path)
    const [first, second] = rows.body.items.map(({ id }) => id)
    assert.deepEqual([first, second], [made[1]?.id, made[0]?.id])
    const told = await by.call('GET', `${path}/${first}/place`)
    const { next }: Place = told.body
    assert.equal(next?.id, second)
  })

  it('refuses an order by a field that is not plain to the caller, in few statements', async () => {
    const hidden = await house.bob.call('GET', `/customers/${ids[0]}/place`, {
      query: { sort: 'phones' },
    })
    assert.equal(hidden.status, 400)
    const { sql } = await house.statements(() => place(house.ann, ids[2]))
    assert.ok(sql.length <= 12, sql.join('\n'))
  })
})
