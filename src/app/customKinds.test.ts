import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { customKinds } from '#platform/fields/definition.ts'
import { csvFile, importing, tableRows } from './testing/importing.ts'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = Record<string, unknown> & { id: string; name: string; version: number }
type Problem = { errors?: { path: string; reason: string }[] }
type Kind = (typeof customKinds)[number]

const count = 24
const choices = ['金牌', '银牌', '其他、含顿号', '"引号"'].map((zh, at) => ({
  value: `c${at}`,
  label: { zh, en: `Choice ${at}` },
}))
const values = choices.map(({ value }) => value)
const word = fc
  .string({ unit: fc.constantFrom(...'ab,，、;；"\' 中文%_\\=+-1'), minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text !== '')
const day = fc
  .integer({ min: -20_000, max: 40_000 })
  .map((each) => new Date(each * 86_400_000).toISOString().slice(0, 10))

/** Any value that a field of this kind takes; files and formulas are not given, so they have none. */
const anyOf = (
  house: TestHouse,
): Record<Exclude<Kind, 'file' | 'formula'>, fc.Arbitrary<unknown>> => ({
  text: word,
  longText: fc.array(word, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  integer: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  number: fc.integer({ min: -1e9, max: 1e9 }).map((each) => each / 1e4),
  money: fc.integer({ min: -1e14, max: 1e14 }),
  date: day,
  dateTime: fc
    .integer({ min: -20_000_000, max: 4_000_000_000 })
    .map((second) => new Date(second * 1000).toISOString()),
  bool: fc.boolean(),
  choice: fc.constantFrom(...values),
  choices: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }),
  tags: fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
  person: fc.constantFrom(house.ann.id, house.eve.id, house.root.id),
  department: fc.constantFrom(...Object.values(house.departments)),
  region: fc.constantFrom('110101', '330106', '659012', '500000'),
  phone: fc.constantFrom('13800138000', '0571-88886666', '+12125550100'),
  email: fc.constantFrom('a@example.com', 'o.neill_1@mail.example.cn'),
  link: fc.constantFrom('https://example.com/a?b=1&c=中', 'http://b.cn/_%20'),
  idNumber: fc.constantFrom('11010519491231002X', '110105194912310021'),
  bankAccount: fc.constantFrom('6222021234567890123', '62220212'),
})

const wrong: [Kind, unknown, string][] = [
  ['text', 7, 'not_text'],
  ['text', '长'.repeat(201), 'too_long'],
  ['longText', '长'.repeat(10_001), 'too_long'],
  ['integer', 1.5, 'not_an_integer'],
  ['integer', 2 ** 31, 'too_large'],
  ['number', '7', 'not_a_number'],
  ['number', 1e16, 'too_large'],
  ['money', 0.5, 'not_fen'],
  ['date', '2026-02-30', 'not_a_date'],
  ['dateTime', '2026-02-03', 'not_an_instant'],
  ['bool', 'yes', 'not_a_boolean'],
  ['choice', 'c9', 'not_a_choice'],
  ['choices', ['c0', 'c9'], 'not_a_choice'],
  ['choices', 'c0', 'not_a_list'],
  ['tags', [''], 'empty'],
  ['person', '安', 'not_a_number'],
  ['department', 0, 'too_small'],
  ['region', '浙江', 'not_a_region'],
  ['phone', '1', 'phone_too_short'],
  ['email', 'a@b', 'not_an_email'],
  ['link', 'javascript:alert(1)', 'not_a_link'],
  ['file', ['a'], 'not_an_id'],
  ['formula', 1, 'unknown_key'],
]

let house: TestHouse
const made: Row[] = []
const nameOf = (kind: string) => `x_${kind.toLowerCase()}`
before(async () => {
  house = await openTestHouse()
  for (const kind of customKinds) {
    const definition = {
      ...{ name: nameOf(kind), kind, label: { zh: `自定义${kind}`, en: '' } },
      ...((kind === 'choice' || kind === 'choices') && { choices }),
      ...(kind === 'formula' && { formula: '「自定义money」 * 2', result: 'money' }),
    }
    const answer = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition },
    })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
  }
})
after(() => house.close())

const given = customKinds.filter((kind) => kind !== 'file' && kind !== 'formula').map(nameOf)
const same = (row: Row) => given.map((name) => [name, row[name]])
const named = async (name: string): Promise<Row[]> => {
  const filter = { field: 'name', is: 'eq', value: name }
  const { body } = await house.root.call('GET', '/customers', { query: { filter } })
  return (body as { items: Row[] }).items
}
const exported = async (format: 'csv' | 'xlsx') => {
  const columns = ['name', ...given].join(',')
  return house.root.call('GET', '/customers/export', { query: { format, columns } })
}

describe('custom fields of every kind', () => {
  it('keep any value as it was given', async () => {
    const any = anyOf(house)
    const record = fc.record(
      Object.fromEntries(Object.entries(any).map(([kind, value]) => [nameOf(kind), value])),
    )
    const samples = fc.sample(record, { numRuns: count, seed: 20_261_122 })
    for (const [at, sample] of samples.entries()) {
      const body = { name: `样本${at}`, ...sample }
      const answer = await house.root.call('POST', '/customers', { body })
      assert.equal(answer.status, 201, JSON.stringify([sample, answer.body]))
      const { id }: Row = answer.body
      const read: Row = (await house.root.call('GET', `/customers/${id}`)).body
      for (const [name, value] of Object.entries(sample)) assert.deepEqual(read[name], value, name)
      assert.equal(read.x_formula, Number(sample.x_money) * 2)
      made.push(read)
    }
  })

  for (const format of ['csv', 'xlsx'] as const)
    it(`go out as ${format} and come in again as the same values`, async () => {
      const file = await exported(format)
      assert.equal(file.status, 200)
      const [header = [], ...rows] = await tableRows(file.raw)
      const again = rows.map(([name = '', ...cells]) => [`${format}${name}`, ...cells])
      const done = await importing(house, house.root).whole(
        'again.csv',
        csvFile([header, ...again]),
        { owner_id: house.root.id },
      )
      assert.deepEqual([done.counts.failed, done.counts.created], [0, rows.length])
      assert.equal(made.length, count)
      for (const row of made) {
        const [copy] = await named(`${format}${row.name}`)
        assert.ok(copy)
        assert.deepEqual(same(copy), same(row))
      }
    })

  it('are emptied, and filtered by being empty', async () => {
    const [row] = made
    assert.ok(row)
    const lists = ['x_choices', 'x_tags']
    const body = Object.fromEntries(given.map((name) => [name, lists.includes(name) ? [] : null]))
    const answer = await house.root.call('PATCH', `/customers/${row.id}`, { body, version: 1 })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    for (const name of [...given, 'x_file', 'x_formula']) {
      const filter = {
        all: [
          { field: name, is: 'empty' },
          { field: 'name', is: 'eq', value: row.name },
        ],
      }
      const found = await house.root.call('GET', '/customers', { query: { filter } })
      assert.equal((found.body as { items: Row[] }).items.length, 1, name)
    }
  })

  it('refuse what they are not, each with its place', async () => {
    for (const [kind, value, reason] of wrong) {
      const name = nameOf(kind)
      const answer = await house.root.call('POST', '/customers', {
        body: { name: '错', [name]: value },
      })
      assert.equal(answer.status, 400, kind)
      const [error] = (answer.body as Problem).errors ?? []
      assert.deepEqual([error?.path.split('.')[0], error?.reason], [name, reason])
    }
    assert.deepEqual(await named('错'), [])
  })

  it('are masked for readers and told nowhere plain once they are personal', async () => {
    const { body } = await house.root.call('GET', '/fields')
    const { items }: { items: { id: string; version: number; definition: object }[] } = body
    for (const { id, version, definition } of items.filter(
      (each) => each.id !== 'customer.x_formula',
    )) {
      const answer = await house.root.call('PATCH', `/fields/${id}`, {
        body: { definition: { ...definition, sensitivity: 'personal' } },
        version,
      })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
    }
    const mine = { ...made[1], owner_id: house.ann.id }
    await house.root.call('PATCH', `/customers/${mine.id}`, {
      body: { owner_id: house.ann.id },
      version: 1,
    })
    const seen: Row = (await house.bob.call('GET', `/customers/${mine.id}`)).body
    for (const name of [...given, 'x_formula'])
      assert.notDeepEqual(seen[name], made[1]?.[name], name)
    for (const name of [...given, 'x_formula']) {
      const filter = { field: name, is: 'not_empty' }
      const asked = await house.bob.call('GET', '/customers', { query: { filter } })
      assert.equal(asked.status, 400, name)
    }
  })
})
