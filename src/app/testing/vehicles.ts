import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BinEntry, BinOutcome } from '#platform/bin/contract.ts'
import { csvFile, importing } from './importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testHouse.ts'

// What CONTRIBUTING.md walks through, used from outside; e2e/contributing.test.ts runs this file in a
// copy of the product that has vehicles.
let house: TestHouse
let customer = ''
before(async () => {
  house = await openTestHouse()
  const { body } = await house.ann.call('POST', '/customers', { body: { name: '顺达物流' } })
  customer = (body as { id: string }).id
})
after(() => house.close())

type Vehicle = { id: string; version: number; number: string; plate: string; stage: string }

const path = () => `/customers/${customer}/vehicles`
const made = async (plate: string, more = {}): Promise<Vehicle> => {
  const answer = await house.ann.call('POST', path(), { body: { plate, ...more } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const plates = async (by: Caller, query = {}): Promise<string[]> => {
  const { status, body } = await by.call('GET', '/vehicles', { query })
  assert.equal(status, 200)
  return (body as { items: Vehicle[] }).items.map(({ plate }) => plate)
}

describe('a kind that is nothing but its fields', () => {
  it('is made, found, filtered, ordered, counted, grouped and exported', async () => {
    await made('粤B12345', { model: '重卡', bought_on: '2024-05-01', mileage: 120_000 })
    await made('京A00001', { bought_on: '2025-05-01' })
    assert.deepEqual((await plates(house.ann)).length, 2)
    assert.deepEqual(await plates(house.ann, { sort: 'bought_on' }), ['粤B12345', '京A00001'])
    assert.deepEqual(await plates(house.ann, { q: '粤B123' }), ['粤B12345'])
    assert.equal((await plates(house.ann, { q: '顺达' })).length, 2)
    assert.deepEqual(await plates(house.ann, { q: '粤Z999' }), [])
    const filter = { all: [{ field: 'mileage', is: 'gte', value: 100_000 }] }
    assert.deepEqual(await plates(house.ann, { filter }), ['粤B12345'])
    const { body: count } = await house.ann.call('GET', '/vehicles/count')
    assert.deepEqual(count, { count: 2, more: false })
    const { body: groups } = await house.ann.call('GET', '/vehicles/groups', {
      query: { by: 'stage' },
    })
    const counts = (groups as { groups: { count: number }[] }).groups.map(({ count }) => count)
    assert.equal(
      counts.reduce((sum, each) => sum + each, 0),
      2,
    )
    const file = await house.mei.call('GET', '/vehicles/export', { query: { format: 'csv' } })
    assert.match(file.raw.toString(), /粤B12345/)
  })

  it('comes in by a table, and by its key within its customer once more', async () => {
    const by = importing(house, house.ann)
    const table = (mileage: string, stage: string) =>
      csvFile([
        ['客户', '车牌', '车架号', '购车日期', '里程', '状态'],
        ['顺达物流', '川I00001', 'LVIMPORT1', '2026年1月5日', mileage, stage],
        ['查无此人', '川I00002', 'LVIMPORT2', '', '', ''],
      ])
    const first = await by.upload('车辆.csv', table('100', '在用'), 'vehicle')
    assert.deepEqual(first.mapping, ['@customer', 'plate', 'vin', 'bought_on', 'mileage', 'stage'])
    await by.check(first.id)
    assert.equal((await by.run(first.id)).counts.created, 1)
    const second = await by.upload('车辆.csv', table('200', '维修中'), 'vehicle')
    await by.set(second.id, { mode: 'both', key: 'vin' })
    await by.check(second.id)
    const { counts } = await by.run(second.id)
    assert.deepEqual([counts.created, counts.updated, counts.failed], [0, 1, 1])
    const find = async () => {
      const { body } = await house.ann.call('GET', path())
      const { items } = body as { items: (Vehicle & { mileage: number })[] }
      return items.find(({ plate }) => plate === '川I00001')
    }
    const changed = await find()
    assert.deepEqual([changed?.mileage, changed?.stage], [200, 'in_repair'])
    assert.equal((await house.ann.call('POST', `/imports/${second.id}/undo`)).status, 202)
    await house.work()
    const restored = await find()
    assert.deepEqual([restored?.mileage, restored?.stage], [100, 'in_use'])
  })

  it('numbers itself, each once, by a rule that an administrator changes', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 8 }, async (_, at) => (await made(`鲁N0000${at}`)).number),
    )
    assert.equal(new Set(numbers).size, 8)
    for (const number of numbers) assert.match(number, /^V\d{5}$/)
    const found = await plates(house.ann, {
      filter: { field: 'number', is: 'eq', value: numbers[0] },
    })
    assert.deepEqual(found, ['鲁N00000'])
    const rule = { prefix: '车-', dated: 'year', digits: 3, reset: 'year' }
    const answer = await house.root.call('PUT', '/numbering/vehicle', { body: rule, version: 1 })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.match((await made('鲁N00009')).number, /^车-2\d{3}001$/)
  })

  it('has a VIN that is nowhere twice, at whatever customer', async () => {
    const { body } = await house.ann.call('POST', '/customers', { body: { name: '另一家' } })
    const elsewhere = `/customers/${(body as { id: string }).id}/vehicles`
    const first = await made('闽V00001', { vin: 'LSVONE1' })
    const again = () =>
      house.ann.call('POST', elsewhere, { body: { plate: '闽V00002', vin: 'LSVONE1' } })
    const refused = await again()
    assert.equal(refused.status, 409)
    assert.deepEqual((refused.body as { errors: unknown }).errors, [
      { path: 'vin', reason: 'value_taken' },
    ])
    const by = importing(house, house.ann)
    const table = csvFile([
      ['客户', '车牌', '车架号'],
      ['另一家', '闽V00003', 'LSVONE1'],
      ['另一家', '闽V00004', 'LSVONE2'],
    ])
    const { id } = await by.upload('车架.csv', table, 'vehicle')
    await by.check(id)
    const { counts } = await by.run(id)
    assert.deepEqual([counts.created, counts.failed], [1, 1])
    const { version } = first
    assert.equal((await house.ann.call('DELETE', `${path()}/${first.id}`, { version })).status, 200)
    assert.equal((await again()).status, 201)
  })

  it('moves only along its way, with what a stage needs', async () => {
    const { id, version } = await made('沪C00001')
    const to = (stage: string, seen: number, more = {}) =>
      house.ann.call('PATCH', `${path()}/${id}`, { body: { stage, ...more }, version: seen })
    const lacking = await to('sold', version)
    assert.deepEqual(
      [lacking.status, (lacking.body as { reason: string }).reason],
      [409, 'stage_needs_fields'],
    )
    assert.equal((await to('sold', version, { mileage: 5 })).status, 200)
    const back = await to('in_use', version + 1)
    assert.deepEqual(
      [back.status, (back.body as { reason: string }).reason],
      [409, 'stage_not_reachable'],
    )
  })

  it('obeys rights, and takes a field that an administrator adds', async () => {
    const { id } = await made('津D00001')
    assert.deepEqual(await plates(house.eve), [])
    assert.equal((await house.eve.call('GET', `${path()}/${id}`)).status, 404)
    assert.equal((await house.bob.call('POST', path(), { body: { plate: '津D2' } })).status, 403)
    const definition = { name: 'x_colour', kind: 'text', label: { zh: '颜色', en: 'Colour' } }
    const added = await house.root.call('POST', '/fields', {
      body: { entity: 'vehicle', definition },
    })
    assert.equal(added.status, 201, JSON.stringify(added.body))
    const red = await made('津D00002', { x_colour: '红' })
    const { body } = await house.ann.call('GET', `${path()}/${red.id}`)
    assert.equal((body as { x_colour: string }).x_colour, '红')
  })

  it('changes in bulk, keeps its history, and comes back from the bin unless its number is taken', async () => {
    const one = await made('浙E00001', { vin: 'LSVAU1' })
    const start = await house.ann.call('POST', '/vehicles/bulk', {
      body: {
        rows: [{ id: one.id, customer_id: customer, version: one.version }],
        action: { kind: 'edit', field: 'model', value: '轿车' },
      },
    })
    assert.equal(start.status, 202)
    await house.work()
    const { body: changed } = await house.ann.call('GET', `${path()}/${one.id}`)
    assert.equal((changed as { model: string }).model, '轿车')
    const gone = await house.ann.call('DELETE', `${path()}/${one.id}`, { version: 2 })
    assert.equal(gone.status, 200)
    const { body: bin } = await house.ann.call('GET', '/bin', { query: { entity: 'vehicle' } })
    const rows = (bin as { items: BinEntry[] }).items
      .filter(({ title }) => title === '浙E00001')
      .map(({ customer_id, id }) => ({ customer_id, id }))
    assert.equal(rows.length, 1)
    const other = await made('浙E00002', { vin: 'LSVAU1' })
    const restore = async (): Promise<BinOutcome> =>
      (await house.ann.call('POST', '/bin/restoration', { body: { rows } })).body
    assert.deepEqual((await restore()).problems[0]?.facts, {
      ...{ field: 'vin', other: { customer_id: customer, id: other.id, title: '浙E00002' } },
    })
    await house.ann.call('DELETE', `${path()}/${other.id}`, { version: other.version })
    assert.equal((await restore()).done.length, 1)
    const { body: events } = await house.mei.call('GET', `/customers/${customer}/events`)
    const told = (events as { items: { kind: string }[] }).items.map(({ kind }) => kind)
    for (const kind of [
      'vehicle.created',
      'vehicle.updated',
      'vehicle.deleted',
      'vehicle.restored',
    ])
      assert.ok(told.includes(kind), kind)
  })

  it('has views of its own', async () => {
    const answer = await house.ann.call('POST', '/views', {
      body: {
        ...{ entity: 'vehicle', name: '维修中', shared_with: [] },
        definition: { filter: { all: [{ field: 'stage', is: 'in', value: ['in_repair'] }] } },
      },
    })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
  })

  it('met no fault', () => assert.deepEqual(house.faults, []))
})
