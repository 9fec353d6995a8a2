import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { customer } from '#customers/customers/fields.ts'
import { system } from '#platform/database/ctx.ts'
import { stopEvery } from '#platform/lists/skip.ts'
import type { Stops } from '#platform/lists/stops.ts'
import { insert } from '#platform/records/records.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

const count = 2120
let house: TestHouse
before(async () => {
  house = await openTestHouse()
  const ctx = { db: house.db, actor: system, now: '2026-11-21T02:00:00.000Z' }
  const rows = Array.from({ length: count }, (_, at) => ({
    ...{ name: `店${String(at).padStart(4, '0')}`, kind: 'organisation' as const },
    owner_id: at % 2 === 0 ? house.ann.id : house.eve.id,
  }))
  for (let at = 0; at < count; at += 530)
    await house.db
      .transaction()
      .execute((tx) => insert({ ...ctx, db: tx }, customer, rows.slice(at, at + 530)))
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const asked = async <T>(by: Caller, path: string, query: Record<string, unknown>): Promise<T> => {
  const answer = await by.call('GET', `/customers${path}`, { query })
  assert.equal(answer.status, 200, answer.raw.toString())
  return answer.body
}
type Page = { items: { id: string; name: string }[]; next: string | null; start?: string }
const page = (by: Caller, query: Record<string, unknown>) =>
  asked<Page>(by, '', { limit: '3', sort: 'name', ...query })
const stops = (by: Caller, query: Record<string, unknown> = { sort: 'name' }) =>
  asked<Stops>(by, '/stops', query)
const names = ({ items }: Page) => items.map(({ name }) => name)

describe('stops of a list', () => {
  it('say how long it is and lead to any place in one step, in either direction', async () => {
    const told = await stops(house.mei)
    assert.equal(told.total, count)
    assert.equal(told.after.length, Math.floor(count / stopEvery))
    const second = await page(house.mei, { after: told.after[1] })
    assert.deepEqual(names(second), ['店2000', '店2001', '店2002'])
    const further = await page(house.mei, { after: told.after[0], skip: '937' })
    assert.deepEqual(names(further), ['店1937', '店1938', '店1939'])
    const down = await stops(house.mei, { sort: '-name' })
    const last = await page(house.mei, { sort: '-name', after: down.after[1], skip: '119' })
    assert.deepEqual([names(last), last.next], [['店0000'], null])
  })

  it('say where a page begins that was reached by passing over rows, as the one before says it', async () => {
    const passed = await page(house.mei, { skip: '3' })
    const read = await page(house.mei, {})
    assert.equal(passed.start, read.next)
    assert.equal(read.start, undefined)
    const on = await page(house.mei, { after: read.next })
    assert.deepEqual(names(passed), names(on))
    const beyond = await page(house.mei, { after: (await stops(house.mei)).after[1], skip: '500' })
    assert.deepEqual(beyond, { items: [], next: null })
  })

  it('count what the asker sees and asks for, and nothing else', async () => {
    const hers = await stops(house.eve)
    assert.deepEqual([hers.total, hers.after.length], [count / 2, 1])
    assert.deepEqual(names(await page(house.eve, { after: hers.after[0] }))[0], '店2001')
    const filter = { all: [{ field: 'name', is: 'eq', value: '店0001' }] }
    assert.deepEqual(await stops(house.mei, { filter }), { total: 1, after: [] })
    assert.deepEqual(await stops(house.ann, { filter }), { total: 0, after: [] })
    assert.equal((await stops(house.mei, { q: '店0001' })).total, 1)
  })

  it('are of one question, and refuse what the list refuses', async () => {
    const [first] = (await stops(house.mei)).after
    for (const query of [
      { after: first, sort: '-name' },
      { after: first, sort: 'name', q: '店' },
      { skip: String(stopEvery + 1) },
      { skip: '-1' },
      { skip: 'x' },
    ])
      assert.equal((await house.mei.call('GET', '/customers', { query })).status, 400)
    for (const query of [{ sort: 'phones' }, { sort: 'nothing' }, { filter: { field: 'x' } }])
      assert.equal((await house.mei.call('GET', '/customers/stops', { query })).status, 400)
  })

  it('take no more statements for long lists than for short ones, nor does passing over rows', async () => {
    const filter = { all: [{ field: 'name', is: 'eq', value: '店0001' }] }
    const long = await house.statements(() => stops(house.mei))
    const short = await house.statements(() => stops(house.mei, { filter }))
    assert.equal(long.sql.length, short.sql.length)
    const near = await house.statements(() => page(house.mei, {}))
    const far = await house.statements(() => page(house.mei, { skip: '999' }))
    assert.equal(far.sql.length, near.sql.length)
  })
})
