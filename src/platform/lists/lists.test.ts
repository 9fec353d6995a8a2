import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import type { Condition } from '../conditions/condition.ts'
import { type Ctx, system } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { systemFields } from '../fields/system.ts'
import { change, insert, remove } from '../records/records.ts'
import { setCursorSecret, writeCursor } from './cursor.ts'
import { shapes } from './estimate.ts'
import { list, type Question } from './lists.ts'

type Row = { id: string; version: number; customer_id?: string }
type Page = { items: Row[]; next: string | null }

let house: TestHouse
let ctx: Ctx
before(async () => {
  house = await openTestHouse()
  ctx = { db: house.db, actor: system, now: '2026-11-21T02:00:00.000Z' }
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const wipe = () =>
  sql`delete from task; delete from interaction; delete from contact; delete from search_document;
    delete from customer where number <> 'HOME'`.execute(house.db)
/** A number sequence that looks random and is the same in every run (mulberry32). */
const dice = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const names = ['安', '安', '重庆', '单', 'abc', 'Abc', '曾', '长沙', '2 号', '茶']
const days = [null, null, '2026-11-20', '2026-11-21', '2026-11-21', '2026-12-01']
const instants = [null, '2026-11-20T02:00:00.123Z', '2026-11-21T02:00:00Z', '1999-01-01T00:00:00Z']

/** Customers with few different keys, so that most pages end among equals and nulls. */
const makeCustomers = (roll: (below: number) => number, count: number, tag = '甲') => {
  const pick = <T>(list: readonly T[]) => list[roll(list.length)]
  const facts = Array.from({ length: count }, () => ({
    ...{ last_contact_at: pick(instants) ?? null, next_due_on: pick(days) ?? null },
    ...(roll(2) === 0 && { created_at: instants[1], updated_at: instants[1 + roll(3)] }),
  }))
  const rows = facts.map(() => ({
    name: `${pick(names)}货行`,
    tags: [tag],
    owner_id: house.ann.id,
  }))
  return insert(ctx, customer, rows, (index) => facts[index] ?? {})
}

const sorts = (entity: Entity) =>
  Object.entries({ ...entity.fields, ...systemFields })
    .filter(([, field]) => field.sort)
    .flatMap(([name]) => [name, `-${name}`])

/**
 * Walks a list to its end while `meddle` changes things between the pages. Rows that were there
 * before and that nobody touched come exactly once each.
 */
const walkWhile = async (
  entity: Entity,
  question: Question,
  old: readonly Row[],
  meddle: () => Promise<readonly string[]>,
) => {
  const seen: string[] = []
  const touched = new Set<string>()
  let after: string | undefined
  do {
    const page: Page = await list(ctx, entity, { ...question, limit: 5, after })
    assert.ok(page.items.length <= 5)
    if (page.items.length < 5) assert.equal(page.next, null)
    seen.push(...page.items.map(({ id }) => id))
    after = page.next ?? undefined
    for (const id of await meddle()) touched.add(id)
  } while (after !== undefined)
  const times = (id: string) => seen.filter((each) => each === id).length
  const untouched = old.filter(({ id }) => !touched.has(id))
  assert.ok(untouched.length > 5)
  for (const { id } of untouched) assert.equal(times(id), 1, `${question.sort} ${id}`)
}

describe('a list walked page by page while rows come, go and change', () => {
  const questions: [string, Question][] = [
    ['all', {}],
    ['searched', { q: '货行' }],
    ['filtered', { filter: { field: 'tags', is: 'has', value: '甲' } }],
  ]
  for (const [what, question] of questions)
    it(`shows every customer that stayed once, by each order: ${what}`, async () => {
      for (const [seed, sort] of sorts(customer).entries()) {
        await wipe()
        const roll = dice(seed)
        const old = await makeCustomers(roll, 22)
        const alive = [...old]
        const meddle = async () => {
          await makeCustomers(roll, 1 + roll(2))
          const [gone] = alive.splice(roll(alive.length), 1)
          if (!gone) return []
          if (roll(2) === 0) await remove(ctx, customer, { id: gone.id, version: 1 })
          else {
            const renamed = { name: `${names[roll(names.length)]}新货行`, note: `${roll(9)}` }
            await change(ctx, customer, { id: gone.id, version: 1 }, renamed)
          }
          return [gone.id]
        }
        await walkWhile(customer, { ...question, sort }, old, meddle)
      }
    })

  it('does so for what belongs to customers, over all and of one', async () => {
    await wipe()
    const roll = dice(7)
    const [one, other] = await makeCustomers(roll, 2)
    const pick = <T>(from: readonly T[]) => from[roll(from.length)]
    const makers: [Entity, (customer_id: string) => Record<string, unknown>][] = [
      [contact, (customer_id) => ({ customer_id, name: pick(names) })],
      [
        interaction,
        (customer_id) => ({ customer_id, summary: '谈', at: pick(instants) ?? ctx.now }),
      ],
      [task, (customer_id) => ({ customer_id, title: '做', due_on: pick(days) ?? '2026-11-19' })],
    ]
    for (const [entity, maker] of makers)
      for (const sort of sorts(entity)) {
        const make = (count: number, ids: readonly (string | undefined)[]): Promise<Row[]> =>
          insert(ctx, entity, Array.from({ length: count }, () => maker(pick(ids) ?? '')) as never)
        const ids = [one?.id, other?.id]
        const old = await make(18, ids)
        const alive = [...old]
        const meddle = async () => {
          await make(1, ids)
          const [gone] = alive.splice(roll(alive.length), 1)
          if (gone) await remove(ctx, entity, { ...gone, version: 1 })
          return gone ? [gone.id] : []
        }
        await walkWhile(entity, { sort }, old, meddle)
        const own = (await make(12, [one?.id])).map((row) => ({ ...row }))
        await walkWhile(entity, { sort, customer_id: one?.id }, own, async () => [])
        await sql`delete from ${sql.table(entity.name)}`.execute(house.db)
      }
  })
})

describe('a cursor', () => {
  const path = '/customers'
  const ask = (query: Record<string, unknown>, by = house.ann, at = path) =>
    by.call('GET', at, { query })
  const refused = async (query: Record<string, unknown>, at = path) => {
    const answer = await ask(query, house.ann, at)
    const { errors }: { errors: unknown } = answer.body
    assert.deepEqual(
      errors,
      [{ path: 'after', reason: 'cursor_not_of_this_list' }],
      answer.raw.toString(),
    )
  }
  const first = async (query: Record<string, unknown> = {}) => {
    const { next }: Page = (await ask({ limit: '2', ...query })).body
    assert.ok(next)
    return next
  }

  it('goes on in its own list only: not in another order, question, kind or customer', async () => {
    await wipe()
    const [held] = await makeCustomers(dice(1), 6)
    const filter = { field: 'tags', is: 'has', value: '甲' }
    const after = await first()
    assert.equal((await ask({ after })).status, 200)
    assert.equal((await ask({ after, sort: '-updated_at' })).status, 200, 'the order by default')
    for (const more of [{ sort: 'updated_at' }, { sort: 'name' }, { q: '货行' }, { filter }])
      await refused({ after, ...more })
    await refused({ after: await first({ filter }), filter: { ...filter, value: '乙' } })
    await refused({ after: await first({ q: '货行' }), q: '货' })
    for (const kind of ['contacts', 'interactions', 'tasks']) {
      await refused({ after }, `/${kind}`)
      await refused({ after }, `/customers/${held?.id}/${kind}`)
    }
  })

  it('cannot be made up or changed', async () => {
    const after = await first()
    const [body = '', signature = ''] = after.split('.')
    const other = Buffer.from(JSON.stringify(['x', house.ann.id])).toString('base64url')
    for (const forged of [body, `${body}.`, `.${signature}`, `${other}.${signature}`, 'x', '.', ''])
      await refused({ after: forged })
    await refused({ after: `${body}.${signature.slice(0, -1)}` })
    await refused({ after: `${body}.${signature.toLowerCase()}` })
    const asked = JSON.stringify(['customer', '-updated_at', undefined, undefined, undefined])
    const key = { key: '2026-11-21', id: String(house.ann.id) }
    setCursorSecret('a secret that somebody guessed')
    const guessed = writeCursor(key, asked)
    setCursorSecret('a secret that only tests know, 32 letters')
    await refused({ after: guessed })
  })

  it('opens nothing to another person', async () => {
    const { items }: Page = (await ask({ after: await first() }, house.eve)).body
    assert.deepEqual(items, [])
  })
})

describe('counts and statements', () => {
  before(async () => {
    await wipe()
    const [held] = await makeCustomers(dice(2), 1)
    const customer_id = held?.id ?? ''
    const tasks = Array.from({ length: 1000 }, (_, index) => ({
      ...{ customer_id, title: `${index}`, due_on: '2026-11-21' },
    }))
    await insert(ctx, task, tasks)
    await insert(ctx, contact, [{ customer_id, name: '某' }])
    await insert(ctx, interaction, [{ customer_id, summary: '谈', at: ctx.now }])
  })
  const counted = async (query: Record<string, unknown>) =>
    (await house.ann.call('GET', '/tasks/count', { query })).body

  it('counts to a thousand, and further when asked exactly', async () => {
    assert.deepEqual(await counted({}), { count: 1000, more: false })
    const { rows } = await sql<{ id: string }>`select customer_id as id from task limit 1`.execute(
      house.db,
    )
    await insert(ctx, task, [{ customer_id: rows[0]?.id ?? '', title: '又', due_on: '2026-11-22' }])
    assert.deepEqual(await counted({}), { count: 1000, more: true })
    assert.deepEqual(await counted({ exact: 'true' }), { count: 1001, more: false })
    const filter = { field: 'title', is: 'eq', value: '又' }
    assert.deepEqual(await counted({ filter }), { count: 1, more: false })
  })

  it('sends as many statements for a full page as for one row, and few', async () => {
    for (const plural of ['customers', 'contacts', 'interactions', 'tasks'])
      for (const question of [{}, { q: '货行' }, { sort: '-created_at' }]) {
        const sent = async (limit: string) => {
          const ask = () => house.ann.call('GET', `/${plural}`, { query: { ...question, limit } })
          const { value, sql } = await house.statements(ask)
          assert.equal(value.status, 200)
          return sql.length
        }
        const one = await sent('1')
        assert.equal(await sent('200'), one)
        assert.ok(one <= 5, `${plural} ${JSON.stringify(question)}: ${one} statements`)
      }
  })
})

describe('few rows gathered and many rows walked', () => {
  const before = { ...shapes }
  after(() => Object.assign(shapes, before))

  it('are the same rows in the same order, page by page', async () => {
    await wipe()
    const roll = dice(3)
    const held = await makeCustomers(roll, 30)
    for (const { id } of held) {
      await insert(ctx, contact, [{ customer_id: id, name: names[roll(names.length)] ?? '' }])
      await insert(ctx, task, [{ customer_id: id, title: '做', due_on: days[2 + roll(4)] ?? '' }])
    }
    const filter: Condition = { field: 'created_at', is: 'after', value: '2026-11-20' }
    const questions = [{}, { q: '货行' }, { q: '安 货行' }, { q: 'changsha' }, { filter }]
    const actor = { ...system, id: house.ann.id, reach: () => [house.ann.id] }
    const read = async (shape: typeof shapes, entity: Entity, question: Question) => {
      Object.assign(shapes, shape)
      const seen: string[] = []
      const statements: string[] = []
      let after: string | undefined
      do {
        const { value, sql } = await house.statements(() =>
          list({ ...ctx, actor }, entity, { ...question, limit: 7, after }),
        )
        seen.push(...value.items.map(({ id }) => id))
        statements.push(...sql.filter((each) => !each.startsWith('explain')))
        after = value.next ?? undefined
      } while (after !== undefined)
      return { seen, statements: statements.join('\n') }
    }
    for (const entity of [customer, contact, task])
      for (const sort of sorts(entity))
        for (const question of questions) {
          const few = await read({ ...before, share: 1 }, entity, { ...question, sort })
          const walk = { gathered: -1, share: 1, asked: -1, dear: -1 }
          const many = await read(walk, entity, { ...question, sort })
          assert.deepEqual(
            many.seen,
            few.seen,
            `${entity.name} ${sort} ${JSON.stringify(question)}`,
          )
          assert.match(few.statements, /as materialized/)
          assert.doesNotMatch(many.statements, /as materialized/)
          assert.ok(few.seen.length > 0, JSON.stringify(question))
        }
  })

  it('look up what no field of any record holds, however many fields may', async () => {
    Object.assign(shapes, before, { asked: 0, dear: 0.01 })
    await sql`analyze customer, search_document`.execute(house.db)
    const sent = async (q: string) => {
      const { sql } = await house.statements(() => list(ctx, customer, { q, limit: 7 }))
      return sql.join('\n')
    }
    assert.match(await sent('13912345678'), /sought as materialized/)
    assert.match(await sent('csyg'), /sought as materialized/)
    assert.doesNotMatch(await sent('货行'), /sought as/)
  })
})
