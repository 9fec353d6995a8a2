import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { csvFile, importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { load } from './queries.ts'

type Row = Record<string, unknown> & { id: string; name: string }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
  for (const definition of definitions) {
    const answer = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition },
    })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
  }
  await load({ db: house.db })
})
after(() => house.close())

const choices = [
  { value: 'a', label: { zh: '甲', en: 'A' } },
  { value: 'b', label: { zh: '乙', en: 'B' } },
  { value: 'c', label: { zh: '丙', en: 'C' } },
]
const label = (zh: string) => ({ zh, en: '' })
const definitions = [
  { name: 'x_text', kind: 'text', label: label('门店简称') },
  { name: 'x_long', kind: 'longText', label: label('门店说明') },
  { name: 'x_count', kind: 'integer', label: label('门店数'), aliases: ['店数'] },
  { name: 'x_rate', kind: 'number', label: label('折扣率') },
  { name: 'x_sum', kind: 'money', label: label('年采购额') },
  { name: 'x_day', kind: 'date', label: label('签约日') },
  { name: 'x_at', kind: 'dateTime', label: label('到店时间') },
  { name: 'x_yes', kind: 'bool', label: label('需要开票') },
  { name: 'x_one', kind: 'choice', label: label('合作级别'), choices },
  { name: 'x_many', kind: 'choices', label: label('在售产品'), choices },
  { name: 'x_tags', kind: 'tags', label: label('特长') },
  { name: 'x_link', kind: 'link', label: label('店铺网页') },
]

describe('custom fields in tables', () => {
  it('come in by their headings and go out as they came', async () => {
    const heading = ['客户名称', '店数', '折扣率', '年采购额', '签约日', '需要开票', '在售产品']
    const row = ['长沙一店', '12', '85%', '1.2万', '2026年1月5日', '是', '甲、丙']
    const done = await importing(house, house.root).whole('a.csv', csvFile([heading, row]), {
      owner_id: house.root.id,
    })
    assert.equal(done.status, 'done', JSON.stringify(done))
    const filter = { field: 'name', is: 'eq', value: '长沙一店' }
    const { body } = await house.root.call('GET', '/customers', { query: { filter } })
    const [made] = (body as { items: Row[] }).items
    assert.deepEqual(
      [made?.x_count, made?.x_rate, made?.x_sum, made?.x_day, made?.x_yes, made?.x_many],
      [12, 0.85, 1_200_000, '2026-01-05', true, ['a', 'c']],
    )
    const file = await house.root.call('GET', '/customers/export', {
      query: { filter, format: 'csv', columns: 'name,x_count,x_rate,x_sum,x_day,x_yes,x_many' },
    })
    const [header, out] = await tableRows(file.raw)
    assert.deepEqual(header?.slice(1), ['门店数', ...heading.slice(2)])
    assert.deepEqual(out, ['长沙一店', '12', '0.85', '12000.00', '2026-01-05', '是', '甲、丙'])
  })

  it('keep any value as it was given, and find it again by a filter', async () => {
    const some = {
      x_text: fc.stringMatching(/^[a-z甲乙丙%_\\'"]{1,12}$/),
      x_count: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
      x_rate: fc.integer({ min: -1e9, max: 1e9 }).map((each) => each / 1000),
      x_sum: fc.maxSafeInteger(),
      x_day: fc
        .integer({ min: -20_000, max: 40_000 })
        .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
      x_at: fc
        .integer({ min: -20_000_000, max: 4_000_000_000 })
        .map((second) => new Date(second * 1000).toISOString()),
      x_yes: fc.boolean(),
      x_one: fc.constantFrom('a', 'b', 'c'),
      x_many: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
    }
    await fc.assert(
      fc.asyncProperty(fc.record(some), async (values) => {
        const made = await house.ann.call('POST', '/customers', { body: { name: '甲', ...values } })
        assert.equal(made.status, 201, JSON.stringify([values, made.body]))
        const { id }: Row = made.body
        const read: Row = (await house.ann.call('GET', `/customers/${id}`)).body
        for (const [name, value] of Object.entries(values)) assert.deepEqual(read[name], value)
        for (const [field, is, value] of [
          ['x_text', 'eq', values.x_text],
          ['x_text', 'contains', values.x_text],
          ['x_count', 'eq', values.x_count],
          ['x_rate', 'eq', values.x_rate],
          ['x_sum', 'eq', values.x_sum],
          ['x_day', 'eq', values.x_day],
          ['x_at', 'eq', values.x_at.slice(0, 10)],
          ['x_yes', 'eq', values.x_yes],
          ['x_one', 'in', [values.x_one]],
          ['x_many', 'has', values.x_many[0]],
        ] as const) {
          const query = { filter: { field, is, value }, sort: '-created_at', limit: '200' }
          const { body, status } = await house.ann.call('GET', '/customers', { query })
          assert.equal(status, 200, JSON.stringify(body))
          // A time of the evening in London is the next day in China.
          const found = (body as { items: Row[] }).items.some((each) => each.id === id)
          if (field !== 'x_at') assert.ok(found, `${field} ${is} ${JSON.stringify(value)}`)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('are called differently, whoever names them', async () => {
    const named = (zh: string, en = '') => ({ kind: 'text', label: { zh, en } })
    const create = (definition: Record<string, unknown>) =>
      house.root.call('POST', '/fields', { body: { entity: 'customer', definition } })
    // Of its own, of another added one, of another width or script, in English, of every record.
    for (const label of [
      named('名称'),
      named('门店数'),
      named('ＶＩＮ', 'name'),
      named('門店數'),
      named('建立时间'),
    ]) {
      const { status, body } = await create(label)
      assert.equal(status, 400, JSON.stringify(label))
      const [error] = (body as { errors: { path: string; reason: string }[] }).errors
      assert.deepEqual([error?.path, error?.reason], ['definition.label', 'label_taken'])
    }
    const { body } = await house.root.call('GET', '/fields')
    const kept = (body as { items: { id: string; version: number; definition: object }[] }).items
    const text = kept.find(({ id }) => id === 'customer.x_text')
    const rename = (zh: string) =>
      house.root.call('PATCH', '/fields/customer.x_text', {
        body: { definition: { ...text?.definition, label: label(zh) } },
        version: text?.version ?? 1,
      })
    assert.equal((await rename('折扣率')).status, 400)
    assert.equal((await rename('门店全称')).status, 200)
    const twins = await Promise.all([1, 2].map(() => create(named('只能有一个'))))
    assert.deepEqual(twins.map(({ status }) => status).sort(), [201, 400])
  })

  it('that bore one label before are told apart in files, and can be changed otherwise', async () => {
    const twin = { name: 'x_twin', kind: 'text', label: label('名称') }
    const since = { created_at: house.ctx.now, created_by: null, updated_at: house.ctx.now }
    await house.db
      .insertInto('custom_field')
      .values({
        ...{ entity: 'customer', name: twin.name, definition: twin as never, position: 99 },
        ...{ ...since, version: 1, updated_by: null, deleted_at: null },
      })
      .execute()
    await load({ db: house.db })
    const by = importing(house, house.root)
    const heading = ['名称', '名称 x_twin']
    const done = await by.whole('双.csv', csvFile([heading, ['双甲', '别名']]), {
      owner_id: house.root.id,
    })
    assert.equal(done.counts.created, 1)
    const file = await house.root.call('GET', '/customers/export', {
      query: {
        filter: { field: 'x_twin', is: 'eq', value: '别名' },
        format: 'xlsx',
        columns: 'x_twin,name',
      },
    })
    assert.deepEqual(await tableRows(file.raw), [heading.toReversed(), ['别名', '双甲']])
    const changed = await house.root.call('PATCH', '/fields/customer.x_twin', {
      body: { definition: { ...twin, list: true } },
      version: 1,
    })
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
  })
})
