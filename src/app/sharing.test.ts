import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import * as departments from '#access/departments/commands.ts'
import type { Scope } from '#access/roles/rules.ts'
import { jobs as memberJobs } from '#customers/members/jobs.ts'
import { HOME } from '#platform/database/ctx.ts'
import { tableRows } from './testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

// Who sees, changes and takes out which customer, told twice: by a model of a few lines over the story
// of owners, teams, moves and days, and by the product over HTTP, by every way that shows customers.

const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'] as const
let clock: string = days[0]
let house: TestHouse

type Role = 'manager' | 'staff' | 'reader'
type Person = { by: Caller; role: Role; scope: Scope; listed: number[]; home: number }
let people: Person[]
/** top, north, south, a group below north */
let tree: number[]

before(async () => {
  house = await openTestHouse({ clock: () => `${clock}T02:00:00.000Z` })
  const { top, north, south } = house.departments
  const { id: group } = await departments.create(house.ctx, { name: '一组', parent_id: north })
  tree = [top, north, south, group]
  const hire = async (
    name: string,
    role: Role,
    scope: Scope,
    home: number,
    listed: number[] = [],
  ) => {
    const values = { name, role, scope, department_id: home, scope_departments: listed }
    return { by: await house.hire(name, values), role, scope, listed, home }
  }
  people = [
    await hire('own.north', 'staff', 'own', north),
    await hire('own.south', 'staff', 'own', south),
    await hire('own.group', 'manager', 'own', group),
    await hire('reads.group', 'reader', 'own', group),
    await hire('dep.north', 'manager', 'department', north),
    await hire('sub.north', 'staff', 'subtree', north),
    await hire('list.south', 'manager', 'listed', north, [south]),
    await hire('all.top', 'manager', 'all', top),
  ]
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

type Step =
  | { do: 'make'; owner: number | null }
  | { do: 'share'; customer: number; to: number; write: boolean; until: number | null }
  | { do: 'end'; customer: number; to: number }
  | { do: 'hand'; customer: number; owner: number }
  | { do: 'move'; person: number; to: number }
  | { do: 'lift'; parent: number }
  | { do: 'sleep' }
  | { do: 'sweep' }
  | { do: 'remove'; customer: number }

const place = fc.nat({ max: 5 })
const somebody = fc.nat({ max: 7 })
/** People first, then departments. */
const principal = fc.nat({ max: 11 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('make' as const), owner: fc.option(somebody, { freq: 6 }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('share' as const), customer: place, to: principal },
      ...{ write: fc.boolean(), until: fc.option(fc.nat({ max: 3 })) },
    }),
  },
  fc.record({ do: fc.constant('end' as const), customer: place, to: principal }),
  fc.record({ do: fc.constant('hand' as const), customer: place, owner: somebody }),
  fc.record({ do: fc.constant('move' as const), person: somebody, to: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant('lift' as const), parent: fc.constantFrom(0, 1, 2) }),
  fc.constant({ do: 'sleep' as const }),
  fc.constant({ do: 'sweep' as const }),
  fc.record({ do: fc.constant('remove' as const), customer: place }),
)

type Team = { to: number; write: boolean; until: string | null }
type Customer = {
  id: string
  name: string
  owner: number | null
  department: number
  team: Team[]
  gone: boolean
}
type World = { day: number; groupBelow: number; at: number[]; customers: Customer[] }

it('is the same by the rule and by every way that shows customers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      const world = await begin()
      for (const each of steps) await act(world, each)
      await compare(world)
    }),
    { numRuns: 14 },
  )
})

const begin = async (): Promise<World> => {
  const { db } = house
  for (const table of ['customer_member', 'contact', 'search_document', 'deletion'])
    await sql`delete from ${sql.table(table)}`.execute(db)
  await sql`delete from customer where id <> ${HOME}`.execute(db)
  for (const { by, home } of people)
    await sql`update person set department_id = ${home} where id = ${by.id}`.execute(db)
  await sql`update department set parent_id = ${tree[1]} where id = ${tree[3]}`.execute(db)
  clock = days[0]
  const at = people.map(({ home }) => tree.indexOf(home))
  const world: World = { day: 0, groupBelow: 1, at, customers: [] }
  await act(world, { do: 'make', owner: 0 })
  await act(world, { do: 'make', owner: 2 })
  return world
}

const idOf = (to: number) => people[to]?.by.id ?? tree[to - people.length] ?? 0
const today = (world: World) => days[world.day] ?? ''
const counts = (world: World, { until }: Team) => until === null || until >= today(world)
const departmentOf = (world: World, owner: number | null) =>
  owner === null ? 0 : (world.at[owner] ?? 0)

/** Does the step over HTTP as the administrator, and in the model. */
const act = async (world: World, each: Step) => {
  const { root } = house
  const customer = 'customer' in each ? world.customers[each.customer] : undefined
  if ('customer' in each && (!customer || customer.gone)) return
  const path = `/customers/${customer?.id}`
  const versionAt = async (from: string) =>
    ((await root.call('GET', from)).body as { version: number }).version
  switch (each.do) {
    case 'make': {
      if (world.customers.length > 5) return
      const name = `分享${world.customers.length}`
      const owner_id = each.owner === null ? null : idOf(each.owner)
      const made = await root.call('POST', '/customers', { body: { name, owner_id } })
      assert.equal(made.status, 201, made.raw.toString())
      const { id }: { id: string } = made.body
      await root.call('POST', `/customers/${id}/contacts`, { body: { name } })
      const department = departmentOf(world, each.owner)
      world.customers.push({ id, name, owner: each.owner, department, team: [], gone: false })
      return
    }
    case 'share': {
      const until = each.until === null ? null : (days[each.until] ?? null)
      const access = each.write ? 'write' : 'read'
      const body = { principal_id: idOf(each.to), access, until }
      const { status } = await root.call('POST', `${path}/members`, { body })
      const held = customer?.team.some((one) => one.to === each.to && counts(world, one))
      const over = until !== null && until < today(world)
      const refused = held || over || customer?.owner === each.to
      assert.equal(status, refused ? 400 : 201)
      if (!refused) customer?.team.push({ to: each.to, write: each.write, until })
      return
    }
    case 'end': {
      const { body } = await root.call('GET', `${path}/members`)
      const { items }: { items: { id: string; principal_id: number; version: number }[] } = body
      const found = items.find(({ principal_id }) => principal_id === idOf(each.to))
      const known = customer?.team.find((one) => one.to === each.to && counts(world, one))
      assert.equal(found !== undefined, known !== undefined)
      if (!found || !customer) return
      await root.call('DELETE', `${path}/members/${found.id}`, { version: found.version })
      customer.team = customer.team.filter((one) => one !== known)
      return
    }
    case 'hand': {
      const body = { owner_id: idOf(each.owner) }
      const answer = await root.call('PATCH', path, { version: await versionAt(path), body })
      assert.equal(answer.status, 200)
      if (!customer || customer.owner === each.owner) return
      customer.owner = each.owner
      customer.department = departmentOf(world, each.owner)
      customer.team = customer.team.filter(({ to }) => to !== each.owner)
      return
    }
    case 'move': {
      const id = idOf(each.person)
      const { body } = await root.call('GET', '/people')
      const { items }: { items: { id: number; version: number }[] } = body
      const version = items.find((one) => one.id === id)?.version ?? 0
      const department_id = tree[each.to] ?? 0
      const answer = await root.call('PATCH', `/people/${id}`, { version, body: { department_id } })
      assert.equal(answer.status, 200, answer.raw.toString())
      await house.work()
      world.at[each.person] = each.to
      for (const one of world.customers) if (one.owner === each.person) one.department = each.to
      return
    }
    case 'lift': {
      const { body } = await root.call('GET', '/departments')
      const { items }: { items: { id: number; version: number }[] } = body
      const version = items.find((one) => one.id === tree[3])?.version ?? 0
      const parent = { parent_id: tree[each.parent] }
      await root.call('PATCH', `/departments/${tree[3]}`, { version, body: parent })
      world.groupBelow = each.parent
      return
    }
    case 'sleep':
      world.day = Math.min(world.day + 1, days.length - 1)
      clock = today(world)
      return
    case 'sweep':
      await memberJobs[0]?.run(
        { db: house.db, now: `${clock}T02:00:00.000Z`, signal: undefined },
        {},
      )
      return
    case 'remove': {
      const answer = await root.call('DELETE', path, { version: await versionAt(path) })
      assert.equal(answer.status, 200)
      if (customer) customer.gone = true
    }
  }
}

/** A department and those above it, as places in the tree. */
const chain = (world: World, at: number): number[] => {
  if (at === 0) return [0]
  return at === 3 ? [3, ...chain(world, world.groupBelow)] : [at, 0]
}

const byScope = (world: World, person: Person, index: number, { owner, department }: Customer) => {
  if (owner === index || person.scope === 'all') return true
  const at = world.at[index] ?? 0
  if (person.scope === 'department') return department === at
  if (person.scope === 'subtree') return chain(world, department).includes(at)
  if (person.scope !== 'listed') return false
  return chain(world, department).some((each) => person.listed.includes(tree[each] ?? 0))
}

const byShare = (world: World, index: number, { team }: Customer, write: boolean) =>
  team.some((each) => {
    if (!counts(world, each) || (write && !each.write)) return false
    const own = chain(world, world.at[index] ?? 0).map((at) => people.length + at)
    return each.to === index || own.includes(each.to)
  })

const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort()

/** What each person is shown and may do, by the model and over HTTP. */
const compare = async (world: World) => {
  for (const [index, person] of people.entries()) {
    const { by, role } = person
    const live = world.customers.filter(({ gone }) => !gone)
    const scoped = (customer: Customer) => byScope(world, person, index, customer)
    const seen = live.filter((one) => scoped(one) || byShare(world, index, one, false))
    const edited = live.filter(
      (one) => role !== 'reader' && (scoped(one) || byShare(world, index, one, true)),
    )
    const taken = live.filter((one) => role === 'manager' && scoped(one))
    const list = async (from: string, query = {}) => {
      const answer = await by.call('GET', from, { query })
      assert.equal(answer.status, 200, answer.raw.toString())
      const { items }: { items: { name: string; can: { edit: boolean } }[] } = answer.body
      return items
    }
    const rows = await list('/customers', { limit: '200' })
    const whose = `${index} on ${today(world)}`
    assert.deepEqual(names(rows), names(seen), whose)
    assert.deepEqual(names(rows.filter(({ can }) => can.edit)), names(edited), whose)
    assert.deepEqual(names(await list('/search', { q: '分享' })), names(seen), whose)
    assert.deepEqual(names(await list('/customers', { q: 'fenxiang', limit: '200' })), names(seen))
    const contacts = await list('/contacts', { limit: '200' })
    assert.deepEqual(names(contacts), names(seen), whose)
    assert.deepEqual(names(contacts.filter(({ can }) => can.edit)), names(edited), whose)
    const { body } = await by.call('GET', '/customers/count', { query: { exact: 'true' } })
    assert.equal((body as { count: number }).count, seen.length, whose)
    const query = { format: 'csv', columns: 'name' }
    const file = await by.call('GET', '/customers/export', { query })
    assert.equal(file.status, role === 'manager' ? 200 : 403)
    if (role === 'manager')
      assert.deepEqual((await tableRows(file.raw)).slice(1).flat().sort(), names(taken), whose)
  }
}
