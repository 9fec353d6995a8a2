import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Groups } from '#platform/lists/groups.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
const stages = ['prospect', 'contacted', 'active'] as const
before(async () => {
  house = await openTestHouse()
  for (let at = 0; at < 24; at++)
    await made(at % 3 === 0 ? house.eve : house.ann, {
      ...{ kind: 'organisation', staff_count: at, region: at % 2 ? '330106' : '330304' },
      name: `客户${at}`,
      stage: stages[at % 3],
    })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const made = async (by: Caller, body: object) => {
  const answer = await by.call('POST', '/customers', { body })
  assert.equal(answer.status, 201, answer.raw.toString())
}
const grouped = async (by: Caller, query: Record<string, unknown>): Promise<Groups> => {
  const answer = await by.call('GET', '/customers/groups', { query })
  assert.equal(answer.status, 200, answer.raw.toString())
  return answer.body
}
const counted = async (by: Caller, query: Record<string, unknown>) => {
  const answer = await by.call('GET', '/customers/count', { query: { ...query, exact: true } })
  const { count }: { count: number } = answer.body
  return count
}
const rowsOf = async (filter: object) => {
  const answer = await house.ann.call('GET', '/customers', { query: { filter } })
  const { items }: { items: { id: string }[] } = answer.body
  return items
}
const total = ({ groups }: Groups) => groups.reduce((sum, { count }) => sum + count, 0)

describe('groups', () => {
  it('count as many rows as the list has, whoever asks, by whatever field and condition', async () => {
    const by = fc.constantFrom('stage', 'kind', 'owner_id', 'region', 'created_at', 'next_due_on')
    const leaf = fc.oneof(
      fc.record({
        field: fc.constant('stage'),
        is: fc.constantFrom('in', 'not_in'),
        value: fc.subarray([...stages]),
      }),
      fc.record({
        field: fc.constant('staff_count'),
        is: fc.constantFrom('gte', 'lte'),
        value: fc.nat(24),
      }),
    )
    const who = fc.constantFrom('ann' as const, 'eve' as const, 'mei' as const, 'bob' as const)
    await fc.assert(
      fc.asyncProperty(by, fc.array(leaf, { maxLength: 2 }), who, async (name, all, person) => {
        const caller = house[person]
        const query = { filter: { all } }
        assert.equal(
          total(await grouped(caller, { ...query, by: name })),
          await counted(caller, query),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('by several values hold a row in each of its groups, and count it once in all', async () => {
    const mark = { field: 'note', is: 'eq', value: '多值' }
    const filter = { all: [mark] }
    for (const [at, tags] of [['甲', '乙'], ['甲'], []].entries())
      await made(house.ann, { name: `多值${at}`, note: '多值', tags, staff_count: 10 ** at })
    const told = await grouped(house.ann, { by: 'tags', filter, sum: 'staff_count' })
    assert.deepEqual(
      told.groups.map(({ value, count, sum }) => [value, count, sum]).toSorted(),
      [
        [null, 1, 100],
        ['乙', 1, 1],
        ['甲', 2, 11],
      ].toSorted(),
    )
    assert.deepEqual(told.total, { count: 3, sum: 111, average: 37 })
    const has = { field: 'tags', is: 'has', value: '甲' }
    assert.equal(await counted(house.ann, { filter: { all: [mark, has] } }), 2)
    for (const { id } of await rowsOf(filter))
      await house.mei.call('DELETE', `/customers/${id}`, { version: 1 })
  })

  it('add a number up, and no row that the caller does not see', async () => {
    const sum = ({ groups }: Groups) => groups.reduce((all, each) => all + (each.sum ?? 0), 0)
    const ask = { by: 'stage', sum: 'staff_count' }
    const every = Array.from({ length: 24 }, (_, at) => at)
    const adds = (list: number[]) => list.reduce((all, each) => all + each, 0)
    assert.equal(sum(await grouped(house.mei, ask)), adds(every))
    const hers = await grouped(house.eve, ask)
    assert.equal(sum(hers), adds(every.filter((at) => at % 3 === 0)))
    assert.deepEqual(
      hers.groups.map(({ value, count }) => [value, count]),
      [['prospect', 8]],
    )
  })

  it('put regions under their province and days under their month', async () => {
    const places = await grouped(house.mei, { by: 'region' })
    assert.deepEqual(places.groups, [{ value: '330000', count: 24 }])
    const months = await grouped(house.mei, { by: 'created_at' })
    assert.match(String(months.groups[0]?.value), /^\d{4}-\d\d$/)
  })

  it('are refused by fields that are masked, unknown or without groups', async () => {
    const masked = { by: 'gender' }
    assert.equal((await house.bob.call('GET', '/customers/groups', { query: masked })).status, 400)
    assert.equal((await house.mei.call('GET', '/customers/groups', { query: masked })).status, 200)
    for (const by of ['name', 'nothing', 'grants'])
      assert.equal(
        (await house.mei.call('GET', '/customers/groups', { query: { by } })).status,
        400,
      )
    const sum = { by: 'stage', sum: 'name' }
    assert.equal((await house.mei.call('GET', '/customers/groups', { query: sum })).status, 400)
  })

  it('take no more statements for many rows than for few', async () => {
    const many = await house.statements(() => grouped(house.mei, { by: 'stage' }))
    const few = await house.statements(() => grouped(house.eve, { by: 'stage' }))
    assert.equal(many.sql.length, few.sql.length)
  })

  it('give the average beside the sum, over the rows that have the number, and both for all rows', async () => {
    for (const [name, staff] of [
      ['没填人数', null],
      ['一家公司', 7],
      ['两家公司', 12],
    ] as const)
      await made(house.ann, {
        ...{ kind: 'organisation', name, stage: 'lost' },
        ...(staff !== null && { staff_count: staff }),
      })
    const filter = { all: [{ field: 'stage', is: 'in', value: ['lost', 'prospect'] }] }
    const { groups, total: all } = await grouped(house.mei, {
      ...{ by: 'stage', sum: 'staff_count', filter },
    })
    const lost = groups.find(({ value }) => value === 'lost')
    assert.deepEqual(lost, { value: 'lost', count: 3, sum: 19, average: 9.5 })
    // 0, 3, … 21 are prospects.
    assert.deepEqual(all, { count: 11, sum: 84 + 19, average: (84 + 19) / 10 })
    const bare = await grouped(house.mei, { by: 'stage', filter })
    assert.deepEqual(bare.total, { count: 11 })
    const nobody = { ...filter, all: [{ field: 'name', is: 'eq', value: '没有这一家' }] }
    assert.deepEqual(
      await grouped(house.mei, { by: 'stage', sum: 'staff_count', filter: nobody }),
      {
        ...{ groups: [], total: { count: 0, sum: 0, average: null }, more: false },
      },
    )
  })

  it('come biggest first by the figure they are compared by, also of added fields', async () => {
    await added('x_tier', { kind: 'choice', choices: ['a', 'b', 'c'].map(choiceOf) })
    await added('x_fee', { kind: 'money' })
    const rows = [
      ['a', 100],
      ['a', 100],
      ['a', null],
      ['b', 900],
      ['c', 150],
      ['c', 150],
      [null, null],
    ] as const
    for (const [x_tier, x_fee] of rows)
      await made(house.ann, { kind: 'organisation', name: '分级', x_tier, x_fee })
    const filter = { all: [{ field: 'name', is: 'eq', value: '分级' }] }
    const order = async (more: object) => {
      const { groups } = await grouped(house.mei, { by: 'x_tier', filter, ...more })
      return groups.map(({ value, count, sum, average }) => [value, count, sum, average])
    }
    assert.deepEqual((await order({})).slice(0, 2), [
      ['a', 3, undefined, undefined],
      ['c', 2, undefined, undefined],
    ])
    assert.deepEqual(await order({ sum: 'x_fee' }), [
      ['b', 1, 900, 900],
      ['c', 2, 300, 150],
      ['a', 3, 200, 100],
      [null, 1, 0, null],
    ])
    const averaged = await order({ sum: 'x_fee', figure: 'average' })
    assert.deepEqual(
      averaged.map(([value]) => value),
      ['b', 'c', 'a', null],
    )
    await made(house.ann, { kind: 'organisation', name: '分级', x_tier: 'c', x_fee: 9000 })
    const [first] = await order({ sum: 'x_fee', figure: 'average' })
    assert.deepEqual(first, ['c', 3, 9300, 3100])
  })

  it('give no figure of a number that the caller sees masked or not at all, on no way', async () => {
    const secret = { x_margin: 77_123, x_cost: 88_456 }
    await added('x_margin', { kind: 'money', sensitivity: 'personal' })
    await added('x_cost', { kind: 'money', sensitivity: 'sensitive' })
    await added('x_twice', { kind: 'formula', formula: '「x_margin」 * 2', result: 'money' })
    await made(house.ann, { kind: 'organisation', name: '暗账', owner_id: house.ann.id })
    const filter = { all: [{ field: 'name', is: 'eq', value: '暗账' }] }
    const { body } = await house.root.call('GET', '/customers', { query: { filter } })
    const { items }: { items: { id: string; version: number }[] } = body
    const [row] = items
    const change = { body: secret, version: row?.version ?? 0 }
    assert.equal((await house.root.call('PATCH', `/customers/${row?.id}`, change)).status, 200)
    const open = await grouped(house.root, { by: 'stage', filter, sum: 'x_margin' })
    assert.deepEqual(open.total, { count: 1, sum: 77_123, average: 77_123 })

    const told: string[] = []
    for (const field of ['x_margin', 'x_cost', 'x_twice']) {
      const leaf = { field, is: 'gte', value: 0 }
      for (const [path, query] of [
        ['groups', { by: 'stage', sum: field }],
        ['groups', { by: 'stage', sum: field, figure: 'average' }],
        ['groups', { by: field }],
        ['groups', { by: 'stage', filter: leaf }],
        ['', { sort: `-${field}` }],
        ['export', { format: 'csv', sort: field }],
      ] as const) {
        const answer = await house.bob.call('GET', `/customers/${path}`, { query })
        assert.ok(answer.status === 400 || answer.status === 403, `${path} ${field}`)
        told.push(answer.raw.toString())
      }
      const definition = { kind: 'chart', group: 'stage', sum: field }
      const view = { entity: 'customer', name: '偷看', shared_with: [], definition }
      assert.equal((await house.bob.call('POST', '/views', { body: view })).status, 400)
    }
    for (const query of [{ by: 'stage' }, { by: 'stage', sum: 'staff_count', filter }])
      told.push(JSON.stringify(await grouped(house.bob, query)))
    for (const number of ['77123', '771.23', '88456', '884.56', '154246', '1542.46'])
      assert.ok(!told.join().includes(number), number)
  })
})

const choiceOf = (value: string) => ({ value, label: { zh: value, en: value } })

const added = async (name: string, more: object) => {
  const definition = { name, label: { zh: name, en: name }, ...more }
  const body = { entity: 'customer', definition }
  const answer = await house.root.call('POST', '/fields', { body })
  assert.equal(answer.status, 201, answer.raw.toString())
}
