import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

type Kept = { id: string; version: number }

let house: TestHouse
let customers: string[] = []

before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-18T02:00:00.000Z' })
})
after(() => house.close())
beforeEach(async () => {
  const make = async (name: string): Promise<Kept> =>
    (await house.ann.call('POST', '/customers', { body: { name, owner_id: house.ann.id } })).body
  customers = [(await make('甲公司')).id, (await make('乙公司')).id]
})

/** What the facts should be, by asking the tables anew, beside what they are. */
const facts = async () => {
  const { rows } = await sql<Record<'is' | 'told', [string | null, string | null]>>`select
      jsonb_build_array(c.last_contact_at, c.next_due_on) as is,
      jsonb_build_array(
        (select max(at) from interaction i where i.customer_id = c.id and i.deleted_at is null),
        (select min(due_on) from task t where t.customer_id = c.id and t.deleted_at is null
          and t.done_at is null)) as told
    from customer c where c.id = any(${customers}::uuid[])`.execute(house.db)
  return rows
}
const holds = async () => {
  for (const row of await facts()) assert.deepEqual(row.is, row.told)
}

const day = fc
  .integer({ min: 1, max: 17 })
  .map((each) => `2026-11-${String(each).padStart(2, '0')}`)
const step = fc.record({
  customer: fc.nat({ max: 1 }),
  kind: fc.constantFrom('interactions', 'tasks', 'next_step', 'edit', 'delete', 'done', 'reopen'),
  day,
  pick: fc.nat(),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does one step the way a program would; a step that finds nothing to act on does nothing. */
const act = async ({ customer, kind, day, pick }: Step) => {
  const under = `/customers/${customers[customer]}`
  const { call } = house.ann
  if (kind === 'interactions' || kind === 'next_step')
    return call('POST', `${under}/interactions`, {
      body: {
        at: `${day}T08:00:00Z`,
        summary: '电话',
        ...(kind === 'next_step' && { next_step: { title: '回电', due_on: day } }),
      },
    })
  if (kind === 'tasks')
    return call('POST', `${under}/tasks`, { body: { title: '回电', due_on: day } })
  const completion = kind === 'done' || kind === 'reopen'
  const plural = completion || pick % 2 === 0 ? 'tasks' : 'interactions'
  const { items }: { items: Kept[] } = (
    await call('GET', `${under}/${plural}`, { query: { limit: 200 } })
  ).body
  const one = items[pick % Math.max(items.length, 1)]
  if (!one) return undefined
  const path = `${under}/${plural}/${one.id}`
  const { version } = one
  if (completion)
    return call(kind === 'done' ? 'POST' : 'DELETE', `${path}/completion`, { version })
  if (kind === 'delete') return call('DELETE', path, { version })
  const body = plural === 'tasks' ? { due_on: day } : { at: `${day}T08:00:00Z` }
  return call('PATCH', path, { body, version })
}

it('tells of every customer what a fresh question over the tables would', async () => {
  const seen = new Set<number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const each of steps) {
        const answer = await act(each)
        if (answer) seen.add(answer.status)
        await holds()
      }
    }),
    { numRuns: 25 },
  )
  assert.deepEqual([...seen].sort(), [200, 201, 409])
  assert.deepEqual(house.faults, [])
})

it('misses nothing when many write at once', async () => {
  const days = Array.from(
    { length: 16 },
    (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`,
  )
  const answers = await Promise.all(
    days.flatMap((day, index) => {
      const at = { customer: index % 2, day, pick: 0 }
      return [act({ ...at, kind: 'next_step' }), act({ ...at, kind: 'tasks' })]
    }),
  )
  assert.deepEqual(new Set(answers.map((answer) => answer?.status)), new Set([201]))
  await holds()
  assert.deepEqual(house.faults, [])
})
