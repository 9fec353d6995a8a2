import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Right } from '#platform/database/ctx.ts'
import { csvFile, importing } from './testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
let under: string
before(async () => {
  house = await openTestHouse()
  under = `/customers/${(await made(house.root, '/customers', { name: '先有的' })).id}`
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const kinds = ['customer', 'contact', 'interaction', 'task']
let count = 0
/** May do everything with records but write these fields. */
const person = async (fields: Record<string, Right>) => {
  const username = `maker${++count}`
  const all = { view: 'all', create: 'all', edit: 'all', import: 'all', transfer: 'all' }
  const role = await made(house.root, '/roles', {
    ...{ label: { zh: username, en: '' }, description: '', default_scope: 'all', departments: [] },
    rights: {
      ...{ kinds: Object.fromEntries(kinds.map((kind) => [kind, all])), keys: [], fields },
      levels: { internal: 'write', personal: 'write', sensitive: 'write' },
    },
  })
  const { north: department_id } = house.departments
  return house.hire(username, { name: username, roles: [role.id], department_id })
}
const made = async (by: Caller, path: string, body: object) => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body as { id: string }
}
const offered = async (by: Caller) => {
  const { permissions }: { permissions: string[] } = (await by.call('GET', '/me')).body
  return permissions.filter((each) => each.endsWith('.create'))
}
const bodies: [path: string, plural: string, body: object][] = [
  ['/customers', 'customers', { name: '新客户' }],
  ['/contacts', 'contacts', { name: '新联系人' }],
  ['/interactions', 'interactions', { summary: '谈过', at: '2026-01-05T02:00:00Z' }],
  ['/tasks', 'tasks', { title: '回电', due_on: '2026-12-01' }],
]
/** The kinds of which this person can in fact make one. */
const makeable = async (by: Caller) => {
  const able: string[] = []
  for (const [path, plural, body] of bodies) {
    const answer = await by.call('POST', path === '/customers' ? path : under + path, { body })
    assert.ok([201, 400, 403].includes(answer.status), answer.raw.toString())
    if (answer.status === 201) able.push(`${plural}.create`)
  }
  return able
}

it('what can never be made is not offered, and what is offered can be made', async () => {
  const all = bodies.map(([, plural]) => `${plural}.create`)
  const without = (plural: string) => all.filter((each) => each !== `${plural}.create`)
  const cases: [Record<string, Right>, string[]][] = [
    [{}, all],
    [{ 'customer.name': 'hidden' }, without('customers')],
    [{ 'contact.name': 'masked' }, without('contacts')],
    [{ 'interaction.at': 'read' }, without('interactions')],
    [{ 'task.due_on': 'read', 'customer.note': 'hidden' }, without('tasks')],
    [{ 'customer.stage': 'read', 'task.important': 'hidden', 'customer.owner_id': 'hidden' }, all],
    [{ 'task.owner_id': 'read', 'interaction.person_id': 'hidden' }, all],
  ]
  for (const [fields, wanted] of cases) {
    const by = await person(fields)
    const told = JSON.stringify(fields)
    assert.deepEqual((await offered(by)).toSorted(), wanted.toSorted(), told)
    assert.deepEqual(await makeable(by), wanted, told)
  }
})

it('what is made goes to its maker where they have no choice, and to nobody else', async () => {
  const by = await person({ 'customer.owner_id': 'read', 'task.owner_id': 'hidden' })
  const { id } = await made(by, '/customers', { name: '归我' })
  const task = await made(by, `${under}/tasks`, { title: '归我', due_on: '2026-12-01' })
  for (const owner_id of [house.eve.id, by.id, null]) {
    const body = { name: '给谁', owner_id }
    assert.equal((await by.call('POST', '/customers', { body })).status, 403)
  }
  const stored = await house.db
    .selectFrom('customer')
    .select(['owner_id', 'department_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.deepEqual(stored, { owner_id: by.id, department_id: house.departments.north })
  const todo = await house.db
    .selectFrom('task')
    .select('owner_id')
    .where('id', '=', task.id)
    .executeTakeFirst()
  assert.equal(todo?.owner_id, by.id)
})

it('so do records of an import, whose settings name nobody else', async () => {
  const by = await person({ 'customer.owner_id': 'read', 'task.owner_id': 'read' })
  const way = importing(house, by)
  const rows = {
    customer: [['客户名称'], ['导入归我']],
    task: [
      ['客户', '事项', '到期日'],
      ['先有的', '导入归我', '2026-12-01'],
    ],
  }
  for (const [entity, table] of Object.entries(rows)) {
    const { id, version } = await way.upload('归我.csv', csvFile(table), entity)
    for (const owner_id of [house.eve.id, null]) {
      const refused = await by.call('PATCH', `/imports/${id}`, { body: { owner_id }, version })
      assert.equal(refused.status, 400)
      assert.match(refused.raw.toString(), /field_not_writable/)
    }
    const { counts } = await way.check(id)
    assert.deepEqual([counts.created, counts.failed], [1, 0])
    assert.deepEqual((await way.run(id)).counts, counts)
  }
  const owners = await Promise.all([
    house.db.selectFrom('customer').select('owner_id').where('name', '=', '导入归我').execute(),
    house.db.selectFrom('task').select('owner_id').where('title', '=', '导入归我').execute(),
  ])
  assert.deepEqual(owners, [[{ owner_id: by.id }], [{ owner_id: by.id }]])
})
