import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { entityNamed } from '../records/registry.ts'
import { load } from './queries.ts'
import { recalculate } from './recalculate.ts'

type Row = Record<string, unknown> & { id: string; name: string; version: number }
type Problem = {
  reason: string
  errors?: { path: string; reason: string; values?: Record<string, unknown> }[]
}
type Kept = { version: number; definition: { formula?: string; sensitivity?: string } }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const add = async (definition: Record<string, unknown>): Promise<Kept> => {
  const answer = await house.root.call('POST', '/fields', {
    body: { entity: 'customer', definition },
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  await load({ db: house.db })
  return answer.body
}
const refused = async (definition: Record<string, unknown>) => {
  const answer = await house.root.call('POST', '/fields', {
    body: { entity: 'customer', definition },
  })
  assert.equal(answer.status, 400, JSON.stringify(answer.body))
  return (answer.body as Problem).errors?.[0]
}
const make = async (values: Record<string, unknown>): Promise<Row> => {
  const answer = await house.ann.call('POST', '/customers', { body: values })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const read = async (id: string): Promise<Row> =>
  (await house.ann.call('GET', `/customers/${id}`)).body
const names = async (query: Record<string, unknown>) => {
  const answer = await house.ann.call('GET', '/customers', { query })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return (answer.body as { items: Row[] }).items.map((each) => each.name)
}
const label = (zh: string) => ({ zh, en: '' })

describe('formula fields', () => {
  let kept: Kept
  it('leave records as they are while there is none', async () => {
    const { id, version } = await make({ name: '没有公式' })
    await recalculate(house.db, entityNamed('customer'))
    assert.equal((await read(id)).version, version)
    await house.root.call('DELETE', `/customers/${id}`, { version })
  })

  it('are reckoned when a record is made and changed, and kept with names for labels', async () => {
    await add({ name: 'x_yearly', kind: 'money', label: label('年采购额') })
    kept = await add({
      name: 'x_rebate',
      kind: 'formula',
      result: 'money',
      formula: '「年采购额」 * 0.05',
      label: label('返利'),
      sort: true,
    })
    assert.equal(kept.definition.formula, '「x_yearly」 * 0.05')
    const one = await make({ name: '小店', x_yearly: 10_001 })
    assert.equal(one.x_rebate, 500)
    await make({ name: '大店', x_yearly: 900_000 })
    await make({ name: '新店' })
    const changed = await house.ann.call('PATCH', `/customers/${one.id}`, {
      body: { x_yearly: 20_000 },
      version: 1,
    })
    assert.equal((changed.body as Row).x_rebate, 1000)
    assert.equal((await read(one.id)).x_rebate, 1000)
  })

  it('filter, sort and are exported, but nobody writes them', async () => {
    assert.deepEqual(await names({ filter: { field: 'x_rebate', is: 'gte', value: 40_000 } }), [
      '大店',
    ])
    assert.deepEqual(await names({ sort: '-x_rebate' }), ['大店', '小店', '新店'])
    const file = await house.root.call('GET', '/customers/export', {
      query: { format: 'csv', columns: 'name,x_rebate', sort: '-x_rebate' },
    })
    assert.match(String(file.raw), /大店,450\.00/)
    const written = await house.ann.call('POST', '/customers', {
      body: { name: '甲', x_rebate: 1 },
    })
    assert.equal(written.status, 400)
  })

  it('are reckoned anew for every record when they are edited, without a new version', async () => {
    const before = (await house.ann.call('GET', '/customers', { query: { q: '大店' } })).body
    const answer = await house.root.call('PATCH', '/fields/customer.x_rebate', {
      body: {
        definition: {
          ...kept.definition,
          formula: 'IF(「年采购额」 > 5000, 「年采购额」 * 0.1, 0)',
        },
      },
      version: kept.version,
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    await house.work()
    const { items }: { items: Row[] } = (
      await house.ann.call('GET', '/customers', { query: { sort: '-x_rebate' } })
    ).body
    assert.deepEqual(
      items.map((row) => [row.name, row.x_rebate]),
      [
        ['大店', 90_000],
        ['新店', 0],
        ['小店', 0],
      ],
    )
    const [big] = (before as { items: Row[] }).items
    assert.equal(items[0]?.version, big?.version)
  })

  it('are refused with the place of the fault, and never end in themselves', async () => {
    const formula = (formula: string) => ({
      name: 'x_wrong',
      kind: 'formula',
      result: 'number',
      formula,
      label: label('错'),
    })
    assert.deepEqual(await refused(formula('1 + 「年采购」')), {
      path: 'definition.formula',
      reason: 'formula_field_near',
      values: { name: '年采购', near: '年采购额', at: 5 },
    })
    assert.equal((await refused(formula('DAYS(TODAY(), 1)')))?.reason, 'formula_today')
    await add({ name: 'x_a', kind: 'formula', formula: '1', label: label('圈甲') })
    await add({ name: 'x_b', kind: 'formula', formula: '「圈甲」 + 1', label: label('圈乙') })
    const circle = await house.root.call('PATCH', '/fields/customer.x_a', {
      body: { definition: { ...formula('「圈乙」 * 2'), name: 'x_a', label: label('圈甲') } },
      version: 1,
    })
    assert.deepEqual((circle.body as Problem).errors, [
      { path: 'definition.formula', reason: 'formula_circle' },
    ])
  })

  it('hold on to what they use, and are as sensitive as it', async () => {
    const retired = await house.root.call('DELETE', '/fields/customer.x_yearly', { version: 1 })
    assert.equal(retired.status, 409)
    assert.equal((retired.body as Problem).reason, 'field_in_formula')
    const { definition } = await add({
      name: 'x_reach',
      kind: 'formula',
      result: 'text',
      formula: 'CONCAT(「邮箱」, " ", 「电话」)',
      label: label('联系'),
    })
    assert.equal(definition.sensitivity, 'personal')
    const { id } = await make({ name: '有邮箱', email: 'a@example.com', phones: ['13800138000'] })
    assert.equal((await read(id)).x_reach, 'a@example.com 13800138000')
    const masked: Row = (await house.bob.call('GET', `/customers/${id}`)).body
    assert.ok(!String(masked.x_reach).includes('13800138000'))
  })

  it('that an earlier version allowed stand in the way of nothing but themselves', async () => {
    await add({ name: 'x_id', kind: 'idNumber', label: label('证件号') })
    for (const name of ['x_tail', 'x_front']) {
      const definition = {
        ...{ name, kind: 'formula', result: 'text', formula: '「x_id」', label: label(name) },
      }
      await sql`insert into custom_field (entity, name, definition, position, version, created_at, updated_at)
        values ('customer', ${name}, ${JSON.stringify(definition)}::jsonb, 99, 1, now(), now())`.execute(
        house.db,
      )
    }
    await load({ db: house.db })
    const change = (name: string, definition: object) =>
      house.root.call('PATCH', `/fields/customer.${name}`, { body: { definition }, version: 1 })
    const other = { name: 'x_yearly', kind: 'money', label: label('每年采购额') }
    // What is reckoned from the other field is still raised with it.
    const raised = await change('x_yearly', { ...other, sensitivity: 'sensitive' })
    assert.equal(raised.status, 200, JSON.stringify(raised.body))
    const { rows: kinds } = await sql<{ sensitivity: string }>`
      select definition ->> 'sensitivity' as sensitivity from custom_field
      where name = 'x_rebate'`.execute(house.db)
    assert.equal(kinds[0]?.sensitivity, 'sensitive')
    const tail = { name: 'x_tail', kind: 'formula', result: 'text', label: label('尾') }
    const still = await change('x_tail', { ...tail, formula: '「x_id」' })
    assert.deepEqual((still.body as Problem).errors?.[0]?.reason, 'formula_field_encrypted')
    const mended = await change('x_tail', { ...tail, formula: '「名称」' })
    assert.equal(mended.status, 200, JSON.stringify(mended.body))
    const front = await house.root.call('DELETE', '/fields/customer.x_front', { version: 1 })
    assert.equal(front.status, 200, JSON.stringify(front.body))
    const { rows } = await sql<{ name: string; formula: string; retired: boolean }>`
      select name, definition ->> 'formula' as formula, deleted_at is not null as retired
      from custom_field where name in ('x_tail', 'x_front') order by name desc`.execute(house.db)
    assert.deepEqual(rows, [
      { name: 'x_tail', formula: '「name」', retired: false },
      { name: 'x_front', formula: '「x_id」', retired: true },
    ])
  })
})
