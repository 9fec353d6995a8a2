import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type Answer, type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { today } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { systemFields } from '../fields/system.ts'
import type { Amount, Condition, Leaf, Related } from './condition.ts'
import type { Explained } from './explain.ts'
import { holds } from './holds.ts'
import { relationsOf } from './relations.ts'

const now = '2026-11-21T04:00:00.000Z'
const children = [contact, interaction, task]
type Row = Record<string, unknown> & { id: string; customer_id?: string; name?: string }

let house: TestHouse
let bosses: Caller[]
before(async () => {
  house = await openTestHouse({ clock: () => now })
  bosses = [house.ann, house.eve, house.mei, house.root]
  await fill()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const sent = async (by: Caller, path: string, body: object): Promise<Row> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}

/** Customers of Ann and Eve with none, one or several of everything, some of it deleted. */
const fill = async () => {
  const random = fc.sample(
    fc.record({
      contacts: fc.array(
        fc.record({
          name: fc.constantFrom('张三', '李四', '王五'),
          position: fc.constantFrom('总经理', '采购', '会计'),
          phones: fc.constantFrom([], ['13800138000']),
          birth_date: fc.constantFrom('1990-11-23', '2000-02-29', '1985-06-01'),
        }),
        { maxLength: 3 },
      ),
      tasks: fc.array(
        fc.record({
          title: fc.constantFrom('回访', '报价'),
          due_on: fc.constantFrom('2026-11-20', '2026-11-21', '2026-12-01'),
          important: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      interactions: fc.array(
        fc.record({
          at: fc.constantFrom('2026-11-20T16:00:00.000Z', '2026-10-01T00:00:00.000Z'),
          channel: fc.constantFrom('call', 'visit'),
          summary: fc.constantFrom('谈价格', '送样品'),
          minutes: fc.constantFrom(5, 30),
        }),
        { maxLength: 2 },
      ),
    }),
    { numRuns: 24, seed: 3 },
  )
  for (const [index, each] of random.entries()) {
    const by = index % 3 === 0 ? house.eve : house.ann
    const { id } = await sent(by, '/customers', { name: `客户${index}` })
    const made = new Map<string, Row[]>()
    for (const [plural, list] of Object.entries(each)) {
      made.set(plural, [])
      for (const body of list) {
        const met = made.get('contacts')?.[0]
        const linked = plural === 'interactions' && met ? { ...body, contact_id: met.id } : body
        made.get(plural)?.push(await sent(by, `/customers/${id}/${plural}`, linked))
      }
    }
    const [gone] = made.get('tasks') ?? []
    if (gone && index % 4 === 0) {
      const path = `/customers/${id}/tasks/${gone.id}`
      assert.equal((await by.call('DELETE', path, { version: 1 })).status, 200)
    }
    if (index % 5 === 1 && made.get('tasks')?.[1]) {
      const path = `/customers/${id}/tasks/${made.get('tasks')?.[1]?.id}/completion`
      assert.equal((await by.call('POST', path, { body: {}, version: 1 })).status, 200)
    }
  }
}

const rowsOf = async (by: Caller, plural: string, filter?: Condition): Promise<Row[]> => {
  const query = { limit: '200', ...(filter && { filter }) }
  const answer: Answer = await by.call('GET', `/${plural}`, { query })
  assert.equal(answer.status, 200, answer.raw.toString())
  const page: { items: Row[] } = answer.body
  return page.items
}

/** What holds of a record by what its reader sees in plain lists, and by nothing else. */
const seenBy = async (by: Caller) => {
  const plain = new Map<string, Row[]>()
  for (const { plural } of [customer, ...children]) plain.set(plural, await rowsOf(by, plural))
  const tell = (
    entity: Pick<Entity, 'name' | 'fields'>,
    condition: Condition,
    row: Row,
  ): boolean => {
    if ('all' in condition) return condition.all.every((each) => tell(entity, each, row))
    if ('any' in condition) return condition.any.some((each) => tell(entity, each, row))
    if ('not' in condition) return !tell(entity, condition.not, row)
    if ('field' in condition)
      return holds(condition, { ...entity.fields, ...systemFields }, row, {
        ...{ person: by.id, department: null, today: today({ now }), timeZone: 'Asia/Shanghai' },
        departmentsUnder: () => [],
      })
    const { related, is, count: wanted = 0, where = { all: [] } } = condition
    const relation = relationsOf(entity).find(({ name }) => name === related)
    assert.ok(relation, related)
    const { to, on } = relation
    const count = (plain.get(to.plural) ?? [])
      .filter((other) =>
        on.every(([theirs, own]) => row[own] !== null && other[theirs] === row[own]),
      )
      .filter((other) => tell(to, where, other)).length
    return amountHolds[is](count, wanted)
  }
  return { plain, tell }
}

const amountHolds: Record<Amount, (count: number, wanted: number) => boolean> = {
  some: (count) => count > 0,
  none: (count) => count === 0,
  at_least: (count, wanted) => count >= wanted,
  at_most: (count, wanted) => count <= wanted,
  exactly: (count, wanted) => count === wanted,
}

const leaves: Record<string, Leaf[]> = {
  customer: [
    { field: 'name', is: 'contains', value: '1' },
    { field: 'owner_id', is: 'eq', value: 'me' },
    { field: 'last_contact_at', is: 'not_in_last_days', value: 30 },
    { field: 'next_due_on', is: 'in_period', value: 'this_week' },
  ],
  contact: [
    { field: 'position', is: 'starts_with', value: '总' },
    { field: 'phones', is: 'not_empty' },
    { field: 'birth_date', is: 'anniversary_in_days', value: 7 },
  ],
  interaction: [
    { field: 'at', is: 'in_last_days', value: 30 },
    { field: 'channel', is: 'in', value: ['visit'] },
    { field: 'minutes', is: 'between', value: [10, 60] },
  ],
  task: [
    { field: 'done_at', is: 'empty' },
    { field: 'due_on', is: 'not_in_last_days', value: 0 },
    { field: 'important', is: 'eq', value: true },
  ],
}

const conditionOn = (entity: Pick<Entity, 'name'>, depth: number): fc.Arbitrary<Condition> => {
  const leaf: fc.Arbitrary<Condition> = fc.constantFrom(...(leaves[entity.name] ?? []))
  if (depth === 0) return leaf
  const again = conditionOn(entity, depth - 1)
  // Files are in no list to compare with.
  const relations = relationsOf(entity).filter(({ name }) => name !== 'files')
  const related: fc.Arbitrary<Condition> = fc
    .tuple(
      fc.constantFrom(...relations),
      fc.constantFrom<Amount>('some', 'none', 'at_least', 'at_most', 'exactly'),
      fc.nat({ max: 3 }),
    )
    .chain(([{ name, to }, is, count]) => {
      const said: Related = {
        ...{ related: name, is },
        ...(is !== 'some' && is !== 'none' && { count }),
      }
      return fc.oneof(
        fc.constant(said),
        conditionOn(to, Math.min(depth - 1, 1)).map((where) => ({ ...said, where })),
      )
    })
  return fc.oneof(
    leaf,
    { arbitrary: related, weight: 4 },
    fc.array(again, { maxLength: 3 }).map((all) => ({ all })),
    fc.array(again, { maxLength: 3 }).map((any) => ({ any })),
    again.map((not) => ({ not })),
  )
}

describe('conditions about what is related', () => {
  it('find exactly what plain lists tell the same reader, from every kind of record', async () => {
    const readers = await Promise.all(bosses.map(async (by) => ({ by, ...(await seenBy(by)) })))
    let some = 0
    for (const entity of [customer, ...children])
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...readers),
          conditionOn(entity, 2),
          async (reader, condition) => {
            const wanted = (reader.plain.get(entity.plural) ?? []).filter((row) =>
              reader.tell(entity, condition, row),
            )
            const answer = await reader.by.call('GET', `/${entity.plural}`, {
              query: { limit: '200', filter: condition },
            })
            if (tooDeep(answer)) return
            const found = await rowsOf(reader.by, entity.plural, condition)
            assert.deepEqual(idsOf(found), idsOf(wanted))
            if (wanted.length > 0) some += 1
          },
        ),
        { numRuns: 60 },
      )
    assert.ok(some > 80, `only ${some} conditions found anything`)
  })

  it('ask for files of the customer and for those of one record below it', async () => {
    const { id } = await sent(house.ann, '/customers', { name: '有合同' })
    const raw = Buffer.from('%PDF-1.4')
    const path = `/customers/${id}/files`
    assert.equal(
      (await house.ann.call('POST', path, { query: { name: '合同.pdf' }, raw })).status,
      201,
    )
    const where: Leaf = { field: 'name', is: 'contains', value: '合同' }
    const filter: Condition = { related: 'files', is: 'at_least', count: 1, where }
    assert.deepEqual(idsOf(await rowsOf(house.ann, 'customers', filter)), [id])
    assert.deepEqual(await rowsOf(house.eve, 'customers', filter), [])
    assert.deepEqual(await rowsOf(house.ann, 'tasks', filter), [])
  })

  it('of deleted things count nothing', async () => {
    const deleted = await sql<{ customer_id: string }>`
      select customer_id from task where deleted_at is not null`.execute(house.db)
    assert.ok(deleted.rows.length > 0)
    const any = await rowsOf(house.root, 'customers', { related: 'tasks', is: 'none' })
    const { rows } = await sql<{ id: string }>`select id from customer c where number <> 'HOME'
      and not exists (select 1 from task where customer_id = c.id and deleted_at is null)`.execute(
      house.db,
    )
    assert.deepEqual(idsOf(any), rows.map(({ id }) => id).sort())
  })
})

const tooDeep = ({ status, body }: Answer) => {
  const { errors }: { errors?: { reason: string }[] } = body
  return status === 400 && errors?.every(({ reason }) => /^condition_too_/.test(reason))
}
const idsOf = (list: readonly Row[]) => list.map(({ id }) => id).sort()

describe('rights', () => {
  const refused = async (by: Caller, filter: Condition) => {
    const { status, body } = await by.call('GET', '/customers/count', { query: { filter } })
    assert.equal(status, 400)
    const { errors }: { errors: { path: string; reason: string }[] } = body
    return errors[0]
  }

  it('on related things are those on the things themselves: no masked field inside', async () => {
    const where: Leaf = { field: 'phones', is: 'not_empty' }
    assert.deepEqual(
      await refused(house.bob, { all: [{ related: 'contacts', is: 'at_least', count: 2, where }] }),
      {
        path: 'filter.all.0.where.field',
        reason: 'field_not_readable',
        values: { field: 'phones' },
      },
    )
    const open: Condition = { related: 'contacts', is: 'some' }
    assert.ok((await rowsOf(house.bob, 'customers', open)).length > 0)
  })

  it('that are missing make a relation one that does not exist', async () => {
    assert.deepEqual(await refused(house.ann, { related: 'secrets', is: 'some' }), {
      path: 'filter.related',
      reason: 'relation_unknown',
      values: { relation: 'secrets' },
    })
  })

  it('lead from what is related to nothing beyond reach', async () => {
    const eves: Condition = { field: 'owner_id', is: 'eq', value: house.eve.id }
    const filter: Condition = { related: 'customer', is: 'some', where: eves }
    assert.deepEqual(await rowsOf(house.ann, 'tasks', filter), [])
    assert.ok((await rowsOf(house.eve, 'tasks', filter)).length > 0)
  })
})

describe('one record', () => {
  it('is told why it matches, with what the reader sees', async () => {
    const quiet: Leaf = { field: 'last_contact_at', is: 'not_in_last_days', value: 30 }
    const { id } = await sent(house.ann, '/customers', { name: '说明客户' })
    await sent(house.ann, `/customers/${id}/tasks`, { title: '写方案', due_on: '2026-11-30' })
    const open: Related = {
      ...{ related: 'tasks', is: 'some' as const },
      where: { field: 'done_at', is: 'empty' },
    }
    const filter: Condition = {
      all: [quiet, open, { not: { field: 'stage', is: 'in', value: ['active'] } }],
    }
    const path = `/customers/${id}/explanation`
    const { status, body } = await house.ann.call('GET', path, { query: { filter } })
    assert.equal(status, 200)
    const { because }: { because: Explained } = body
    assert.deepEqual(because, {
      holds: true,
      parts: [
        { holds: true, value: null },
        { holds: true, count: 1, names: ['写方案'] },
        { holds: true, parts: [{ holds: false, value: 'prospect' }] },
      ],
    })
    const hers = await house.eve.call('GET', path, { query: { filter } })
    assert.deepEqual([hers.status, (hers.body as Row).reason], [404, 'record_missing'])
    const where: Leaf = { field: 'email', is: 'not_empty' }
    const masked = { filter: { related: 'contacts', is: 'some', where } }
    assert.equal((await house.bob.call('GET', path, { query: masked })).status, 400)
  })

  it('answers as the list does, whatever the condition', async () => {
    const [row] = await rowsOf(house.ann, 'customers')
    assert.ok(row)
    await fc.assert(
      fc.asyncProperty(conditionOn(customer, 1), async (condition) => {
        const query = { filter: condition }
        const told = await house.ann.call('GET', `/customers/${row.id}/explanation`, { query })
        assert.equal(told.status, 200, told.raw.toString())
        const listed = await rowsOf(house.ann, 'customers', condition)
        const { because }: { because: Explained } = told.body
        assert.equal(
          because.holds,
          listed.some(({ id }) => id === row.id),
        )
      }),
      { numRuns: 30 },
    )
  })
})

it('one statement more or less makes no condition: lists stay at theirs', async () => {
  const filter: Condition = {
    any: [
      { related: 'tasks', is: 'some', where: { field: 'done_at', is: 'empty' } },
      { related: 'contacts', is: 'at_least', count: 2 },
    ],
  }
  const sentFor = async (query: object) =>
    (await house.statements(() => house.ann.call('GET', '/customers', { query: { ...query } }))).sql
      .length
  assert.equal(await sentFor({ filter }), await sentFor({}))
})
