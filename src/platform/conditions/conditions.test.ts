import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { actorOf } from '#access/holders/queries.ts'
import { addEveryKind } from '#app/testing/everyKind.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Ctx, today } from '../database/ctx.ts'
import { refusalOf } from '../door/problem.ts'
import { AppError } from '../errors/error.ts'
import type { Field, Fields } from '../fields/field.ts'
import { systemFields } from '../fields/system.ts'
import { list } from '../lists/lists.ts'
import { flat } from '../records/custom.ts'
import { insert } from '../records/records.ts'
import { compile } from './compile.ts'
import { bounds, type Condition, conditionShape, type Leaf, tests } from './condition.ts'
import { holds, type Moment } from './holds.ts'
import { matches } from './matches.ts'
import { periods, shifted } from './moments.ts'
import { testsOf } from './tests.ts'

type Row = Record<string, unknown> & { id: string; grants: number[] }

/** The last moment of 21 November in China, and the first of the 22nd. */
const clocks = ['2026-11-21T15:59:59.999Z', '2026-11-21T16:00:00.000Z'] as const
const day = 86_400_000
/** Read anew each time: the test adds fields of every kind. */
const known = (): Fields => ({ ...customer.fields, ...systemFields })

/** The ends of months, quarters and years around, a birthday long ago, and the day that most years lack. */
const edges = [
  ...['2025-12-31', '2026-01-01', '2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'],
  ...['2026-11-16', '2026-11-15', '2026-11-30', '2026-12-01', '2027-01-01', '1971-11-23'],
  ...['2024-02-29', '2026-02-28', '2028-12-31'],
]

/** Days and instants on both sides of every border that a condition near these clocks can draw. */
const someDay = fc.oneof(
  {
    arbitrary: fc.integer({ min: -4, max: 4 }).map((days) => shifted('2026-11-21', days)),
    weight: 3,
  },
  { arbitrary: fc.constantFrom(...edges), weight: 1 },
)
const someInstant = fc
  .tuple(someDay, fc.constantFrom(-1, 0, 1, day / 2, day - 1))
  .map(([date, more]) => new Date(Date.parse(`${date}T00:00:00+08:00`) + more).toISOString())
const words = ['茶', '100%', 'a_b', 'A\\B', "o'b", '"q"', '--', 'é', ' 茶 叶', '%', '_', 'ab']
const someText = fc.constantFrom(...words)
const regions = ['330000', '330100', '330106', '330109', '440300', '110000', '110101']

let house: TestHouse
let rows: Row[]
const readers: Ctx[] = []
before(async () => {
  house = await openTestHouse()
  for (const now of clocks)
    for (const { id } of [house.ann, house.bob, house.mei, house.root]) {
      const actor = await actorOf(house.ctx, { id })
      assert.ok(actor)
      readers.push({ db: house.db, actor, now })
    }
  await addEveryKind(house)
  await fill(300)
  const stored = await sql<Row>`select * from customer where number <> 'HOME'`.execute(house.db)
  rows = stored.rows
})
after(() => house.close())

const fill = async (count: number) => {
  const people = [house.ann.id, house.bob.id, house.eve.id, house.mei.id, null]
  const values = fc.record(
    Object.fromEntries(
      Object.entries<Field>(customer.fields)
        .filter(([name, field]) => field.set !== 'system' && name !== 'owner_id')
        .map(([name, field]) => [name, plainValue(field)]),
    ),
    { requiredKeys: ['name'] },
  )
  const facts = fc.record(
    { last_contact_at: someInstant, next_due_on: someDay },
    { requiredKeys: [] },
  )
  const one = fc.tuple(values, facts, fc.constantFrom(...people))
  const seed = 20261121
  for (const [index, now] of fc.sample(someInstant, { numRuns: 10, seed }).entries()) {
    const given = fc.sample(one, { numRuns: count / 10, seed: seed + index })
    const made = given.map(([row, , owner_id]) => ({ ...row, owner_id }))
    await insert({ ...house.ctx, now }, customer, made as never, (at) => given[at]?.[1] ?? {})
  }
}

/** A value that the field takes as it is. */
const plainValue = (field: Field): fc.Arbitrary<unknown> => {
  if (field.choices && field.kind === 'choice')
    return fc.constantFrom(...field.choices.map(({ value }) => value))
  switch (field.kind) {
    case 'bool':
      return fc.boolean()
    case 'integer':
    case 'money':
      return fc.integer({ min: -3, max: 3 })
    case 'number':
      return fc.constantFrom(-1.5, 0, 0.1, 0.85, 3)
    case 'choices':
      return fc.subarray(['a', 'b'])
    case 'file':
      return fc.constantFrom([], ['01980000-0000-7000-8000-000000000000'])
    case 'idNumber':
      return fc.constantFrom('11010519491231002X', '110105194912310020')
    case 'bankAccount':
      return fc.constantFrom('6222021234567890123', '62220212')
    case 'phone':
      return fc.constantFrom('13800138000', '13912345678')
    case 'date':
      return someDay
    case 'dateTime':
      return someInstant
    case 'region':
      return fc.constantFrom(...regions)
    case 'person':
    case 'department':
      return fc.integer({ min: 10, max: 20 })
    case 'email':
      return fc.constantFrom('a@b.cn', 'c_d@b.cn', 'é@b.cn')
    case 'link':
      return fc.constantFrom('https://b.cn/100%', 'http://b.cn/_')
    case 'code':
      return fc.constantFrom('A1', '91330106MA2', 'C000001', 'A_1', 'A%')
    case 'phones':
      return fc.uniqueArray(fc.constantFrom('13800138000', '13912345678'), { maxLength: 2 })
    case 'tags':
      return fc.uniqueArray(
        someText.map((text) => text.trim()),
        { maxLength: 3 },
      )
    default:
      return someText
  }
}

/** A leaf that makes sense: a field, one of its tests, and a value in its type. */
const soundLeaf = (): fc.Arbitrary<Leaf> =>
  fc.constantFrom(...Object.keys(known())).chain((name) => {
    const field = known()[name]
    if (!field) throw new Error(name)
    return fc.constantFrom(...testsOf(field)).chain((is) =>
      valueFor(field, is).map((value) => ({
        field: name,
        is,
        ...(value !== undefined && { value }),
      })),
    )
  })

const valueFor = (field: Field, is: Leaf['is']): fc.Arbitrary<Leaf['value']> => {
  const one = plainValue(field).map((value) =>
    Array.isArray(value)
      ? (value[0] ?? { phones: '13800138000', choices: 'a' }[String(field.kind)] ?? '茶')
      : value,
  ) as fc.Arbitrary<string | number | boolean>
  if (is === 'empty' || is === 'not_empty') return fc.constant(undefined)
  if (is === 'anniversary_in_days') return fc.constantFrom(0, 1, 2, 5, 98, 99, 100, 365, 366)
  if (is.endsWith('_days')) return fc.integer({ min: 0, max: 5 })
  if (is === 'in_period') return fc.constantFrom(...periods)
  if (is === 'in' || is === 'not_in') return fc.array(one, { maxLength: 3 })
  if (is === 'between') {
    const end = field.kind === 'dateTime' ? someDay : one
    return fc.tuple(end, end).map(([from, to]) => [from, to])
  }
  if (is === 'under')
    return fc.constantFrom(...Object.values(house.departments), 'my_department', 99)
  if (is === 'contains' || is === 'starts_with')
    return fc.oneof(someText, fc.constantFrom('b', 'B', 'cn', '1'))
  if (field.kind === 'person') return fc.oneof(one, fc.constant('me'))
  if (field.kind === 'department') return fc.oneof(one, fc.constant('my_department'))
  const dated = field.kind === 'dateTime' && is !== 'eq'
  return field.kind === 'dateTime' ? (dated ? fc.oneof(someDay, someInstant) : someDay) : one
}

const nested = (leaf: fc.Arbitrary<Leaf>): fc.Arbitrary<Condition> => {
  const { node } = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: leaf, weight: 3 },
      { arbitrary: fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }), weight: 1 },
      { arbitrary: fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }), weight: 1 },
      { arbitrary: fc.record({ not: tie('node') }), weight: 1 },
    ),
  }))
  return node
}

/** The moment of a reader, as a form knows it. */
const momentOf = ({ actor, now }: Ctx): Moment => ({
  ...{ person: actor.id, department: actor.departmentId },
  ...{ today: today({ now }), timeZone: 'Asia/Shanghai' },
  departmentsUnder: (department) =>
    department === house.departments.top ? Object.values(house.departments) : [department],
})
const holdsOf = (condition: Condition, row: Row, ctx: Ctx) =>
  holds(condition, known(), flat(customer, row), momentOf(ctx))

const seenBy = ({ actor }: Ctx) => {
  const reach = actor.reach('customers.view') ?? []
  return rows.filter(({ grants }) => grants.some((each) => reach.includes(each)))
}
/** What a masked reader may not filter by. */
const allowed = (condition: Condition, ctx: Ctx): boolean => {
  if ('all' in condition) return condition.all.every((each) => allowed(each, ctx))
  if ('any' in condition) return condition.any.every((each) => allowed(each, ctx))
  if ('not' in condition) return allowed(condition.not, ctx)
  if ('related' in condition) return false
  const field = known()[condition.field]
  const right = field && ctx.actor.right('customer', condition.field, field)
  return right === 'read' || right === 'write'
}
const ids = async (ctx: Ctx, filter: Condition) =>
  (await list(ctx, customer, { filter, limit: 1000 })).items.map(({ id }) => id).sort()
const reader = fc.nat({ max: 7 })
const readerAt = (index: number) => {
  const ctx = readers[index]
  assert.ok(ctx)
  return ctx
}

describe('conditions', () => {
  it('find exactly the rows within reach for which they hold', async () => {
    let some = 0
    await fc.assert(
      fc.asyncProperty(reader, nested(soundLeaf()), async (who, condition) => {
        const ctx = readerAt(who)
        if (!conditionShape.safeParse(condition).success) return
        if (!allowed(condition, ctx)) {
          await assert.rejects(ids(ctx, condition), AppError)
          return
        }
        const expected = seenBy(ctx).filter((row) => holdsOf(condition, row, ctx))
        assert.deepEqual(await ids(ctx, condition), expected.map(({ id }) => id).sort())
        const [row] = rows
        assert.ok(row)
        assert.equal(await matches(ctx, customer, condition, row), expected.includes(row))
        if (expected.length > 0) some += 1
      }),
      { numRuns: 200 },
    )
    assert.ok(some > 33, `only ${some} conditions found anything`)
  })

  it('of whatever kind and value are refused or answered within reach, never a fault', async () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(...words, '', '\u0000', '\ud800', '9999-12-31', '2026-02-30', 'me'),
      fc.constantFrom<unknown>(1e20, 1.5, -1, 36_501, 2 ** 31, true, [], [1, 'x'], [[]], null, {}),
      fc.jsonValue({ maxDepth: 1 }),
      someInstant,
    )
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(known())),
      fc.constantFrom(
        ...['grants', 'name_key', 'deleted_at', '__proto__', 'constructor', 't.name'],
      ),
      fc.string(),
    )
    const leaf = fc.record({ field: name, is: fc.constantFrom(...tests), value })
    const wild = nested(leaf as fc.Arbitrary<Leaf>)
    await fc.assert(
      fc.asyncProperty(reader, wild, async (who, given) => {
        const ctx = readerAt(who)
        const condition = conditionShape.safeParse(given)
        if (!condition.success) return
        const reach = new Set(seenBy(ctx).map(({ id }) => id))
        try {
          for (const id of await ids(ctx, condition.data)) assert.ok(reach.has(id))
        } catch (error) {
          // What the database refuses reaches the caller as a refusal too.
          if (!refusalOf(error)) throw error
        }
      }),
      { numRuns: 160 },
    )
  })

  it('hold no more than they may, in depth, leaves and values', () => {
    const leaf: Leaf = { field: 'name', is: 'eq', value: 'x' }
    const deep = (levels: number): Condition => (levels === 1 ? leaf : { not: deep(levels - 1) })
    const wide = (leaves: number): Condition => ({
      any: [
        { all: Array(Math.floor(leaves / 2)).fill(leaf) },
        { all: Array(Math.ceil(leaves / 2)).fill(leaf) },
      ],
    })
    const many = (count: number): Condition => ({
      ...leaf,
      is: 'in',
      value: Array(count).fill('x'),
    })
    const takes = (condition: Condition) => conditionShape.safeParse(condition).success
    assert.deepEqual([takes(deep(bounds.depth)), takes(deep(bounds.depth + 1))], [true, false])
    assert.deepEqual([takes(wide(bounds.leaves)), takes(wide(bounds.leaves + 1))], [true, false])
    assert.deepEqual([takes(many(bounds.values)), takes(many(bounds.values + 1))], [true, false])
    assert.deepEqual(
      conditionShape.safeParse({ all: [leaf, deep(bounds.depth)] }).error?.issues[0]?.path,
      ['all', 1, ...Array(bounds.depth - 1).fill('not')],
      'the place where it is too deep',
    )
    assert.ok(!takes({ ...leaf, value: 'x'.repeat(201) }))
    assert.ok(!takes({ ...leaf, more: 1 } as Condition))
    assert.ok(!takes({ all: [leaf], any: [leaf] } as Condition))
    assert.ok(!takes(deep(5000)), 'however deep it is')
  })

  it('let no text become a part of the statement', async () => {
    const ctx = readerAt(0)
    const attacks = [
      "'; drop table customer; --",
      "x' or '1'='1",
      '") or true --',
      '\\',
      '$9',
      '{x}',
    ]
    for (const text of attacks) {
      for (const is of ['eq', 'contains', 'in'] as const) {
        const value = is === 'in' ? [text] : text
        const condition: Condition = { field: 'note', is, value }
        const meant = seenBy(ctx).filter((row) => holdsOf(condition, row, ctx))
        assert.equal((await ids(ctx, condition)).length, meant.length)
        const { sql: statement } = compile(ctx, customer, { field: 'note', is, value }).compile(
          house.db,
        )
        assert.ok(!statement.includes(text), statement)
      }
      for (const field of [text, `name" ${text}`, 'name"', 'name; select 1']) {
        const refused = ids(ctx, { field, is: 'eq', value: 'x' })
        await assert.rejects(refused, { code: 'bad_input', reason: 'input_invalid' })
      }
    }
    const { rows: left } = await sql`select 1 from customer`.execute(house.db)
    assert.ok(left.length >= 300)
  })
})
