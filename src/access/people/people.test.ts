import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Answer, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import * as people from './commands.ts'
import { find } from './queries.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

type Row = { id: number; version: number; department_id: number; parent_id: number | null }
const row = (answer: Answer): Row => answer.body
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()
const change = (id: number, version: number, body: object) =>
  house.root.call('PATCH', `/people/${id}`, { version, body })

describe('two who change the organisation at the same moment', () => {
  it('cannot both win over the version they saw', async () => {
    const { id, version } = await find(house.ctx, house.bob.id)
    const { second } = await house.db.transaction().execute(async (db) => {
      await people.update({ ...house.ctx, db }, { id, version, name: '先到' })
      const later = change(id, version, { name: '后到' })
      await sleep(300)
      return { second: later }
    })
    assert.equal((await second).status, 412)
    assert.equal((await find(house.ctx, id)).name, '先到')
  })

  it('cannot take the last administrator away between them', async () => {
    const administrator = (username: string) =>
      house.hire(username, {
        ...{ name: username, role: 'administrator', department_id: house.departments.top },
      })
    const [ruth, rosa] = [await administrator('ruth'), await administrator('rosa')]
    const rootIs = (active: boolean) =>
      house.db.updateTable('person').set({ active }).where('id', '=', house.root.id).execute()
    await rootIs(false)
    const off = async (caller: typeof ruth, { id }: typeof ruth) => {
      const { version } = await find(house.ctx, id)
      return caller.call('PATCH', `/people/${id}`, { version, body: { active: false } })
    }
    const own = await off(ruth, ruth)
    assert.equal((own.body as { reason: string }).reason, 'own_account')
    const answers = await Promise.all([off(ruth, rosa), off(rosa, ruth)])
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, JSON.stringify(answers))
    const left = await Promise.all([ruth, rosa].map(({ id }) => find(house.ctx, id)))
    assert.equal(left.filter(({ active }) => active).length, 1)
    await rootIs(true)
  })

  it('cannot put two departments below each other', async () => {
    const make = async (name: string) =>
      row(
        await house.root.call('POST', '/departments', {
          body: { name, parent_id: house.departments.top },
        }),
      )
    const [east, west] = [await make('东区'), await make('西区')]
    const move = ({ id, version }: Row, { id: parent_id }: Row) =>
      house.root.call('PATCH', `/departments/${id}`, { version, body: { parent_id } })
    assert.deepEqual(statuses(await Promise.all([move(east, west), move(west, east)])), [200, 400])
  })
})

it('who becomes responsible while moving brings the customer into the new department', async () => {
  const { north, south } = house.departments
  const made = await house.root.call('POST', '/customers', {
    body: { name: '移交中的客户', owner_id: house.mei.id },
  })
  const customer: { id: string; version: number } = made.body
  const ann = await find(house.ctx, house.ann.id)
  assert.equal(ann.department_id, north)
  const handed = await house.db.transaction().execute(async (db) => {
    const { id, version } = ann
    await people.update({ ...house.ctx, db }, { id, version, department_id: south })
    const under = house.root.call('PATCH', `/customers/${customer.id}`, {
      version: customer.version,
      body: { owner_id: id },
    })
    await sleep(300)
    return { under }
  })
  assert.equal((await handed.under).status, 200)
  const stored = await house.db
    .selectFrom('customer')
    .select(['department_id', 'grants'])
    .where('id', '=', customer.id)
    .executeTakeFirstOrThrow()
  assert.equal(stored.department_id, south)
  assert.ok(!stored.grants.includes(north))
})

it('ends the keys of somebody whose password an administrator sets, and no key makes another', async () => {
  const lost = await house.hire('lost', {
    ...{ name: '丢了手机', role: 'staff', department_id: house.departments.south },
  })
  const { id } = await house.byKey(lost)
  const keys = () =>
    sql<{
      id: string
    }>`select k.id from auth.apikey k join person p on p.auth_user_id = k."referenceId"
      where p.id = ${id}`.execute(house.db)
  assert.equal((await keys()).rows.length, 1)
  const { version } = await find(house.ctx, id)
  assert.equal((await change(id, version, { password: 'another one, long' })).status, 200)
  assert.deepEqual((await keys()).rows, [])
  const ann = await house.byKey(house.ann)
  const more = await ann.call('POST', '/api-keys', { body: { name: 'more' } })
  const { reason }: { reason: string } = more.body
  assert.deepEqual([more.status, reason], [403, 'session_needed'])
})

it('refuses departments that are no whole numbers of the database', async () => {
  for (const parent_id of [1.5, 1e20, -1])
    assert.equal(
      (await house.root.call('POST', '/departments', { body: { name: '幻', parent_id } })).status,
      400,
    )
  const body = {
    username: 'phantom',
    name: '幻',
    password: 'phantom-password',
    department_id: house.departments.top,
    roles: ['staff'],
    scope: 'listed',
    scope_departments: [1.5],
  }
  assert.equal((await house.root.call('POST', '/people', { body })).status, 400)
})

it('strips from names what nobody can see or store, as fields do', async () => {
  const half = '王\ud83d五\u200b\u202e'
  const { top } = house.departments
  const person = await house.root.call('POST', '/people', {
    body: {
      username: 'half.name',
      name: half,
      password: 'half-a-name-only',
      department_id: top,
      roles: ['staff'],
    },
  })
  const department = await house.root.call('POST', '/departments', {
    body: { name: half, parent_id: top },
  })
  const names = [person, department].map(({ body }): { name: string } => body)
  assert.deepEqual(
    names.map(({ name }) => name),
    ['王五', '王五'],
  )
  const nameless = { body: { name: '\u200b', parent_id: top } }
  assert.equal((await house.root.call('POST', '/departments', nameless)).status, 400)
})

it('tells everybody who there is, and of access and e-mail only who manages people', async () => {
  const namesOf = async (by: TestHouse['ann']) => {
    const { items }: { items: object[] } = (await by.call('GET', '/people')).body
    assert.ok(items.length > 4)
    return new Set(items.flatMap((each) => Object.keys(each)))
  }
  const known = ['id', 'username', 'name', 'department_id', 'active']
  assert.deepEqual(await namesOf(house.bob), new Set(known))
  const managed = ['roles', 'post_id', 'scope', 'scope_departments', 'email', 'version']
  assert.deepEqual(await namesOf(house.root), new Set([...known, ...managed]))
})
