import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { customer } from '#customers/customers/fields.ts'
import { load } from '#platform/customFields/queries.ts'
import { customKinds } from '#platform/fields/definition.ts'
import type { Field } from '#platform/fields/field.ts'
import { tableRows } from './testing/importing.ts'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

const count = 500
const choices = Array.from({ length: 8 }, (_, place) => ({
  value: `c${place}`,
  label: { zh: `选项${place}`, en: '' },
}))
const definitions = Array.from({ length: count }, (_, place) => {
  const kind = customKinds[place % customKinds.length] ?? 'text'
  const name = `x_f${place}`
  return {
    name,
    kind,
    label: { zh: `字段${place}`, en: `Field ${place}` },
    ...((kind === 'choice' || kind === 'choices') && { choices }),
    ...(kind === 'formula' && { formula: '1 + 1' }),
  }
})
const values = Object.fromEntries(
  definitions.flatMap(({ name, kind }): [string, unknown][] => {
    if (kind === 'text' || kind === 'longText') return [[name, `文字 ${name}`]]
    if (kind === 'integer' || kind === 'number' || kind === 'money') return [[name, 12]]
    if (kind === 'choice') return [[name, 'c1']]
    return kind === 'choices' ? [[name, ['c1', 'c2']]] : []
  }),
)

let house: TestHouse
/** What each kind of field cost to add, in statements: among none, and as one of the last of so many. */
const cost: { first: number[]; last: number[] } = { first: [], last: [] }

const add = async (definition: (typeof definitions)[number]) => {
  const body = { entity: 'customer', definition }
  const { statements } = await counted(201, () => house.root.call('POST', '/fields', { body }))
  return statements
}

before(async () => {
  house = await openTestHouse()
  const kinds = customKinds.length
  for (const definition of definitions.slice(0, kinds)) cost.first.push(await add(definition))
  // Those between would take many seconds by the same call, one after the other.
  await house.db
    .insertInto('custom_field')
    .values(
      definitions.slice(kinds, -kinds).map((definition, place) => ({
        ...{ entity: 'customer', name: definition.name, definition },
        ...{ position: kinds + 1 + place, version: 1 },
        ...{ created_at: house.ctx.now, created_by: null, deleted_at: null },
        ...{ updated_at: house.ctx.now, updated_by: null },
      })),
    )
    .execute()
  await load({ db: house.db })
  for (const definition of definitions.slice(-kinds)) cost.last.push(await add(definition))
})
after(() => house.close())

/** The statements that `call` sends, and its answer. */
const counted = async <T extends { status: number; body: unknown }>(
  status: number,
  call: () => Promise<T>,
) => {
  const { value: result, sql } = await house.statements(call)
  assert.equal(result.status, status, JSON.stringify(result.body).slice(0, 500))
  return { result, statements: sql.length }
}

describe(`${count} added fields on customers`, () => {
  it('cost no more to add for being many, of any kind', () => {
    assert.equal(cost.last.length, customKinds.length)
    // Where there is a formula it is reckoned anew: two jobs.
    const most = Math.max(...cost.first) + 2
    assert.ok(Math.max(...cost.last) <= most, `${cost.last} after ${cost.first}`)
  })

  it('are known to forms, lists and the API document', async () => {
    assert.equal(Object.values<Field>(customer.fields).filter(({ custom }) => custom).length, count)
    const { body } = await house.ann.call('GET', '/fields')
    assert.equal((body as { items: unknown[] }).items.length, count)
    const refused = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition: { kind: 'text', label: { zh: '多了', en: '' } } },
    })
    assert.equal((refused.body as { reason: string }).reason, 'fields_at_limit')
  })

  it('cost no statement more than none do', async () => {
    const make = () => house.ann.call('POST', '/customers', { body: { name: '满的', ...values } })
    const plain = await counted(201, () =>
      house.ann.call('POST', '/customers', { body: { name: '空的' } }),
    )
    const full = await counted(201, make)
    assert.equal(full.statements, plain.statements)
    const made: Record<string, unknown> = full.result.body
    for (const [name, value] of Object.entries(values)) assert.deepEqual(made[name], value)
    const formula = definitions.find(({ kind }) => kind === 'formula')?.name ?? ''
    assert.equal(made[formula], 2)

    const list = () => house.ann.call('GET', '/customers', { query: { limit: '200' } })
    const few = await counted(200, list)
    for (let more = 0; more < 20; more += 1) await make()
    const many = await counted(200, list)
    assert.equal(many.statements, few.statements)
    assert.equal((many.result.body as { items: unknown[] }).items.length, 22)

    const id = String(made.id)
    const change = await counted(200, () =>
      house.ann.call('PATCH', `/customers/${id}`, { body: { x_f0: '改' }, version: 1 }),
    )
    const changePlain = await counted(200, () =>
      house.ann.call('PATCH', `/customers/${id}`, { body: { note: '改' }, version: 2 }),
    )
    assert.ok(change.statements <= changePlain.statements)
  })

  it('go out in one table', async () => {
    const out = await counted(200, () =>
      house.root.call('GET', '/customers/export', { query: { format: 'csv' } }),
    )
    const [header = [], row = []] = await tableRows(out.result.raw)
    assert.ok(header.includes('字段0') && header.includes('字段499'))
    assert.equal(header.length, Object.keys(customer.fields).length)
    assert.ok(row.includes('选项1、选项2'))
    assert.ok(out.statements < 25, `${out.statements} statements`)
  })
})
