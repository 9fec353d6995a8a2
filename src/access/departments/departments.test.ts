import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

type Made = { id: string; version: number }
const department = async (name: string): Promise<{ id: number; version: number }> => {
  const body = { name, parent_id: house.departments.top }
  return (await house.root.call('POST', '/departments', { body })).body
}
const remove = ({ id, version }: { id: number; version: number }) =>
  house.root.call('DELETE', `/departments/${id}`, { version })
const refused = async (of: { id: number; version: number }, facts: Record<string, number>) => {
  const { status, body } = await remove(of)
  const told: { reason: string; facts: Record<string, number> } = body
  assert.deepEqual([status, told.reason], [409, 'department_in_use'])
  assert.deepEqual(told.facts, { records: 0, shared: 0, views: 0, roles: 0, people: 0, ...facts })
}

describe('a department that is put away', () => {
  it('goes when nothing goes by it', async () => {
    const gone = await department('空部门')
    assert.equal((await remove(gone)).status, 200)
    const { body } = await house.root.call('GET', '/departments')
    const { items }: { items: { id: number }[] } = body
    assert.ok(!items.some(({ id }) => id === gone.id))
  })

  it('stays while records name it, and goes once they do not', async () => {
    const service = await department('服务部')
    const definition = {
      name: 'x_served_by',
      kind: 'department',
      label: { zh: '服务部门', en: '' },
    }
    await house.root.call('POST', '/fields', { body: { entity: 'customer', definition } })
    const made = await house.root.call('POST', '/customers', {
      body: { name: '归服务部的客户', x_served_by: service.id },
    })
    const { id, version }: Made = made.body
    await refused(service, { records: 1 })
    const body = { x_served_by: null }
    await house.root.call('PATCH', `/customers/${id}`, { body, version })
    assert.equal((await remove(service)).status, 200)
  })

  it('stays while a customer or a view is shared with it', async () => {
    const guests = await department('协作组')
    const made = await house.root.call('POST', '/customers', { body: { name: '共享的客户' } })
    const { id }: Made = made.body
    const share = { principal_id: guests.id, access: 'read', until: null }
    const member = await house.root.call('POST', `/customers/${id}/members`, { body: share })
    const view = await house.root.call('POST', '/views', {
      body: { entity: 'customer', name: '协作', shared_with: [guests.id], definition: {} },
    })
    await refused(guests, { shared: 1, views: 1 })
    const away = async (path: string, { id, version }: Made) =>
      assert.equal((await house.root.call('DELETE', `${path}/${id}`, { version })).status, 200)
    await away(`/customers/${id}/members`, member.body)
    await refused(guests, { views: 1 })
    await away('/views', view.body)
    assert.equal((await remove(guests)).status, 200)
  })

  it('stays while a role or a colleague reaches it', async () => {
    const branch = await department('分公司')
    const hired = await house.hire('lister', {
      ...{ name: '列名', role: 'staff', department_id: house.departments.top },
      ...{ scope: 'listed', scope_departments: [branch.id] },
    })
    await refused(branch, { people: 1 })
    const change = async (body: object) => {
      const { items }: { items: { id: number; version: number }[] } = (
        await house.root.call('GET', '/people')
      ).body
      const version = items.find(({ id }) => id === hired.id)?.version ?? 0
      const { status } = await house.root.call('PATCH', `/people/${hired.id}`, { body, version })
      assert.equal(status, 200)
    }
    await change({ scope: 'own', scope_departments: [] })
    assert.equal((await remove(branch)).status, 200)
  })
})
