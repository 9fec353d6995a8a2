import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

type Kept = { id: string; version: number; definition: { name: string } }
type Problem = {
  reason: string
  facts?: Record<string, unknown>
  errors?: { path: string; reason: string }[]
}

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const add = async (definition: Record<string, unknown>, entity = 'customer'): Promise<Kept> => {
  const answer = await house.root.call('POST', '/fields', { body: { entity, definition } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const label = (zh: string) => ({ zh, en: '' })
const retire = async ({ id }: { id: string }, query = {}) =>
  house.root.call('DELETE', `/fields/${id}`, { version: await versionOf(id), query })
const anyway = { anyway: 'true' }
const versionOf = async (id: string) => {
  const both = ['/fields', '/fields/retired'].map((path) => house.root.call('GET', path))
  const items = (await Promise.all(both)).flatMap(({ body }) => (body as { items: Kept[] }).items)
  return items.find((each) => each.id === id)?.version ?? 0
}
const restore = async ({ id }: { id: string }, by = house.root) =>
  by.call('POST', `/fields/${id}/restoration`, { version: await versionOf(id) })
const retired = async () => {
  const { body } = await house.root.call('GET', '/fields/retired')
  return (body as { items: Kept[] }).items.map(({ id }) => id)
}
const make = (values: Record<string, unknown>) =>
  house.ann.call('POST', '/customers', { body: { name: '甲', ...values } })

describe('retiring a field', () => {
  it('tells the fields, the stages and the views that go by it, and says what becomes of them', async () => {
    const insured = await add({ name: 'x_insured', kind: 'bool', label: label('有保险') })
    const when = { field: 'x_insured', in: ['true'] }
    const until = await add({
      ...{ name: 'x_until', kind: 'date', label: label('保险到期'), required: true, when },
    })
    const { body: shaped } = await house.root.call('GET', '/fields')
    assert.equal((shaped as { items: unknown[] }).items.length, 2)
    const stages = [
      { value: 'new', label: label('新'), meaning: 'open', needs: [] },
      { value: 'safe', label: label('已保障'), meaning: 'won', needs: ['x_insured'] },
    ]
    const choices = stages.map(({ value, label }) => ({ value, label }))
    await add({ name: 'x_way', kind: 'choice', label: label('进度'), choices })
    const way = await house.root.call('PUT', '/stages/customer.x_way', {
      body: { stages, moves: { new: ['safe'] } },
      version: 1,
    })
    assert.equal(way.status, 200, JSON.stringify(way.body))
    for (const [by, name] of [
      [house.root, '看保险的'],
      [house.ann, '安自用的'],
    ] as const) {
      const definition = { filter: { all: [] }, columns: [{ name: 'name' }, { name: 'x_insured' }] }
      const body = { entity: 'customer', name, shared_with: [], definition }
      assert.equal((await by.call('POST', '/views', { body })).status, 201)
    }
    const refused = await retire(insured)
    const { reason, facts } = refused.body as Problem
    assert.deepEqual([refused.status, reason], [409, 'field_in_use'])
    assert.deepEqual(facts, {
      ...{ views: '', others: 0, columns: '看保险的', column_others: 1 },
      ...{ fields: '保险到期', stages: '进度 已保障', numbers: '' },
    })
    assert.deepEqual(await retired(), [])

    const made = await make({ x_insured: true, x_until: '2027-01-01', x_way: 'safe' })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await make({ x_insured: true })).status, 400)
    assert.equal((await make({ x_way: 'safe' })).status, 409)
    assert.equal((await retire(insured, anyway)).status, 200)
    // Shown always and asked of nobody; the stage does not ask for it; the list has its other columns.
    assert.equal((await make({})).status, 201)
    assert.equal((await make({ x_until: '2027-02-02', x_way: 'safe' })).status, 201)
    const renamed = await house.root.call('PATCH', `/fields/${until.id}`, {
      body: { definition: { ...until.definition, label: label('保险到期日') } },
      version: 1,
    })
    assert.equal(renamed.status, 200, JSON.stringify(renamed.body))

    const { id } = made.body as { id: string }
    assert.equal(
      'x_insured' in ((await house.ann.call('GET', `/customers/${id}`)).body as object),
      false,
    )
    assert.deepEqual(await retired(), [insured.id])
    assert.equal((await restore(insured, house.mei)).status, 403)
    assert.equal((await restore(insured)).status, 200)
    assert.deepEqual(await retired(), [])
    const { body } = await house.ann.call('GET', `/customers/${id}`)
    assert.equal((body as { x_insured: boolean }).x_insured, true)
    assert.equal((await make({ x_insured: true })).status, 400)
    assert.equal((await make({ x_way: 'safe' })).status, 409)
    assert.equal((await restore(insured)).status, 404)
  })

  it('is taken back only where there is a place for it', async () => {
    const one = await add({ name: 'x_seat', kind: 'integer', label: label('座位数') })
    const sum = await add({
      name: 'x_double',
      kind: 'formula',
      label: label('两倍'),
      formula: '「座位数」*2',
    })
    const used = await retire(one, anyway)
    assert.equal((used.body as Problem).reason, 'field_in_formula')
    assert.equal((await retire(sum)).status, 200)
    assert.equal((await retire(one)).status, 200)
    await add({ name: 'x_seat2', kind: 'integer', label: label('座位数') })
    const taken = await restore(one)
    assert.deepEqual(
      (taken.body as Problem).errors?.map(({ path, reason }) => [path, reason]),
      [['definition.label', 'label_taken']],
    )
    // Its formula names a field that is retired still.
    const lost = await restore(sum)
    assert.equal(lost.status, 400)
    assert.equal((lost.body as Problem).errors?.[0]?.path, 'definition.formula')
    const late = await house.root.call('POST', `/fields/${one.id}/restoration`, { version: 1 })
    assert.equal(late.status, 412)
  })
})
