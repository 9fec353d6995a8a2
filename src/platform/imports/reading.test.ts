import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows, xlsxFile } from '#app/testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { load } from '../customFields/queries.ts'
import { writeXlsx } from '../tables/writeXlsx.ts'
import type { ImportAnswer, KeptMapping } from './contract.ts'
import { foldTitle, headingRow } from './heading.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const ok = <T>(status: number, answer: { status: number; body: T }) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body
}
const stored = (name: string) =>
  house.db.selectFrom('customer').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

describe('the heading of a table', () => {
  const names = new Set(['客户名称', '电话', '备注'].map(foldTitle))
  const cases: [string, string[][], number][] = [
    [
      'is the first row',
      [
        ['客户名称', '电话'],
        ['甲', '1'],
      ],
      1,
    ],
    ['is below a title', [['2026 年客户资料'], ['客户名称', '电话'], ['甲', '1']], 2],
    ['is below a title and a date', [['客户资料'], ['2026-01-05'], ['客户名称*', '电 话']], 3],
    [
      'of unknown words is below a title',
      [['资料'], ['公司', '联络', '地点'], ['甲', '1', '2']],
      2,
    ],
    ['of one column is the first row', [['客户名称'], ['甲'], ['乙']], 1],
    [
      'of strange columns is the first row',
      [
        ['一', '二'],
        ['甲', '1'],
        ['乙', '2'],
      ],
      1,
    ],
  ]
  for (const [name, rows, row] of cases)
    it(name, () =>
      assert.equal(
        headingRow(
          rows.map((cells, at) => ({ number: at + 1, cells })),
          names,
        ),
        row,
      ),
    )

  it('is found in a file, can be said otherwise, and holds for the failed rows', async () => {
    const by = importing(house, house.ann)
    const file = await xlsxFile([
      ['华东客户资料（2026）'],
      ['客户名称', '电话', '出生日期'],
      ['题下甲', '', ''],
      ['', '13911112222', ''],
    ])
    const { id, header, header_row } = await by.upload('题.xlsx', file)
    assert.deepEqual([header_row, header], [2, ['客户名称', '电话', '出生日期']])
    assert.deepEqual((await by.set(id, { header_row: 1 })).header, ['华东客户资料（2026）'])
    assert.deepEqual((await by.set(id, { header_row: 2 })).header, header)
    const checked = await by.check(id)
    assert.deepEqual([checked.counts.created, checked.counts.failed], [1, 1])
    const failures = await house.ann.call('GET', `/imports/${id}/failures`)
    assert.deepEqual(await tableRows(failures.raw), [
      ['未导入原因', '客户名称', '电话', '出生日期'],
      ['客户名称：这一项必须填写', '', '13911112222', ''],
    ])
  })
})

describe('days', () => {
  it('that could be either are told, and read once the order and the year are said', async () => {
    const by = importing(house, house.ann)
    const { id } = await by.upload(
      '日.csv',
      csvFile([
        ['客户名称', '出生日期'],
        ['日一', '5/1/1990'],
        ['日二', '3月8日'],
      ]),
    )
    await by.check(id)
    assert.deepEqual(
      (await by.problems(id)).map(({ reason }) => reason),
      ['date_order_unclear', 'date_year_missing'],
    )
    await by.set(id, { dates: { order: 'day', year: 1991 } })
    await by.check(id)
    await by.run(id)
    assert.equal((await stored('日一')).birth_date, '1990-01-05')
    assert.equal((await stored('日二')).birth_date, '1991-03-08')
  })
})

describe('words that name nothing', () => {
  it('are asked about once each, mapped by hand or left out', async () => {
    const by = importing(house, house.root)
    await house.hire('ann2', {
      ...{ name: '安销售', role: 'staff', department_id: house.departments.south },
    })
    const { id } = await by.upload(
      '词.csv',
      csvFile([
        ['客户名称', '状态', '负责人'],
        ['词一', '已签约', '安销售'],
        ['词二', ' 已簽約 ', '安销售（ann）'],
        ['词三', '黄了', ''],
      ]),
    )
    const { unread, counts } = await by.check(id)
    assert.equal(counts.failed, 3)
    assert.deepEqual(
      unread.map(({ path, word, reason, count }) => [path, word, reason, count]),
      [
        ['stage', '已签约', 'not_a_choice', 2],
        ['owner_id', '安销售', 'person_ambiguous', 1],
        ['stage', '黄了', 'not_a_choice', 1],
      ],
    )
    const { version } = await by.get(id)
    const refused = (decisions: object) =>
      house.root.call('PATCH', `/imports/${id}`, { body: { decisions }, version })
    assert.equal((await refused({ stage: { 已签约: { to: 'nowhere' } } })).status, 400)
    assert.equal((await refused({ stage: { 已签约: { make: true } } })).status, 400)
    assert.equal((await refused({ phones: { 一: { leave: true } } })).status, 400)
    await by.set(id, {
      decisions: {
        stage: { 已签约: { to: 'active' }, 黄了: { leave: true } },
        owner_id: { 安销售: { to: house.ann.id } },
      },
    })
    assert.equal((await by.check(id)).counts.failed, 0)
    await by.run(id)
    assert.deepEqual(
      [(await stored('词一')).stage, (await stored('词一')).owner_id],
      ['active', house.ann.id],
    )
    assert.deepEqual(
      [(await stored('词二')).stage, (await stored('词三')).stage],
      ['active', 'prospect'],
    )
  })

  it('become choices of an added field for those who manage fields, and only for them', async () => {
    const choice = (value: string, zh: string) => ({ value, label: { zh, en: '' } })
    ok(
      201,
      await house.root.call('POST', '/fields', {
        body: {
          entity: 'customer',
          definition: {
            ...{ name: 'x_colour', kind: 'choice', label: { zh: '颜色', en: '' } },
            choices: [choice('red', '红')],
          },
        },
      }),
    )
    await load(house.ctx)
    const file = csvFile([
      ['客户名称', '颜色'],
      ['色一', '红'],
      ['色二', '青'],
      ['色三', '青'],
    ])
    const decisions = { x_colour: { 青: { make: true } } }
    const ann = importing(house, house.ann)
    const annImport = await ann.upload('色.csv', file)
    const refused = await house.ann.call('PATCH', `/imports/${annImport.id}`, {
      ...{ body: { decisions }, version: annImport.version },
    })
    assert.equal(refused.status, 400)
    const by = importing(house, house.root)
    const { id, mapping } = await by.upload('色.csv', file)
    assert.deepEqual(mapping, ['name', 'x_colour'])
    assert.equal((await by.check(id)).counts.failed, 2)
    await by.set(id, { decisions })
    assert.equal((await by.check(id)).counts.failed, 0)
    const { body: unmade } = await house.root.call('GET', '/fields')
    assert.doesNotMatch(JSON.stringify(unmade), /青/)
    await by.run(id)
    const { custom } = await stored('色二')
    const { body } = await house.root.call('GET', '/fields')
    const { items }: { items: { definition: { name: string; choices?: object[] } }[] } = body
    const colour = items.find(({ definition }) => definition.name === 'x_colour')
    assert.deepEqual(colour?.definition.choices, [
      choice('red', '红'),
      choice(String(custom.x_colour), '青'),
    ])
    assert.deepEqual((await stored('色三')).custom, custom)
  })
})

describe('a kept mapping', () => {
  const keep = async (by: Caller, body: object): Promise<KeptMapping> =>
    ok(201, await by.call('POST', '/import-mappings', { body }))

  it('is applied by itself when the same headings come again, in any order', async () => {
    const by = importing(house, house.ann)
    const header = ['单位', '联络', '说明']
    const first = await by.upload('一.csv', csvFile([header, ['存一', '13700001111', '好']]))
    await by.set(first.id, {
      ...{ mapping: ['name', 'note', 'phones'], dates: { order: 'day' } },
    })
    await keep(house.ann, { import_id: first.id, name: '供应商名单' })
    const again = await by.upload(
      '二.csv',
      csvFile([
        ['说明', '单 位', '联络'],
        ['a', 'b', 'c'],
      ]),
    )
    assert.deepEqual(
      [again.mapping_name, again.mapping, again.dates],
      ['供应商名单', ['phones', 'name', 'note'], { order: 'day' }],
    )
    const other = await by.upload(
      '三.csv',
      csvFile([
        ['说明', '单位'],
        ['a', 'b'],
      ]),
    )
    assert.equal(other.mapping_name, null)
    const eve = await importing(house, house.eve).upload(
      '四.csv',
      csvFile([header, ['a', 'b', 'c']]),
    )
    assert.equal(eve.mapping_name, null)
  })

  it('is shared by those who may, changed and deleted by its owner alone', async () => {
    const by = importing(house, house.mei)
    const header = ['户名', '丙列']
    const { id } = await by.upload('共.csv', csvFile([header, ['共一', 'x']]))
    await by.set(id, { mapping: ['name', 'note'] })
    const body = { import_id: id, name: '共用', shared: true }
    const annOwn = await importing(house, house.ann).upload('a.csv', csvFile([header, ['a', 'b']]))
    const refused = await house.ann.call('POST', '/import-mappings', {
      body: { ...body, import_id: annOwn.id },
    })
    assert.equal(refused.status, 403)
    const kept = await keep(house.mei, body)
    const eve: ImportAnswer = await importing(house, house.eve).upload(
      ...(['共.csv', csvFile([header, ['a', 'b']])] as const),
    )
    assert.deepEqual([eve.mapping_name, eve.mapping], ['共用', ['name', 'note']])
    const path = `/import-mappings/${kept.id}`
    const change = { version: kept.version, body: { name: '改名' } }
    assert.equal((await house.eve.call('PATCH', path, change)).status, 404)
    assert.equal((await house.eve.call('DELETE', path, { version: kept.version })).status, 404)
    const { name, version }: KeptMapping = ok(200, await house.mei.call('PATCH', path, change))
    assert.equal(name, '改名')
    assert.equal((await house.mei.call('PATCH', path, change)).status, 412)
    const { body: list } = await house.eve.call('GET', '/import-mappings?entity=customer')
    const { items }: { items: KeptMapping[] } = list
    assert.deepEqual(
      items.map((each) => [each.name, each.own]),
      [['改名', false]],
    )
    ok(200, await house.mei.call('DELETE', path, { version }))
    assert.equal((await house.db.selectFrom('import_mapping').select('name').execute()).length, 1)
  })
})

describe('dates as spreadsheets count them', () => {
  it('are read from the number cells of a workbook and from a CSV', async () => {
    const by = importing(house, house.ann)
    const rows = [
      ['工作簿甲', '46027'],
      ['工作簿乙', '12000'],
    ]
    const columns = [{ title: '客户名称' }, { title: '出生日期', kind: 'number' as const }]
    const sheet = Buffer.concat(await writeXlsx(columns, rows).toArray())
    assert.deepEqual((await by.whole('数.xlsx', sheet)).counts.failed, 0)
    assert.equal((await stored('工作簿甲')).birth_date, '2026-01-05')
    // A workbook says that it is a number of days; a text of another century may be anything.
    assert.equal((await stored('工作簿乙')).birth_date, '1932-11-07')
    const { id, counts } = await by.whole(
      '数.csv',
      csvFile([
        ['客户名称', '出生日期'],
        ['文本甲', '46027'],
        ['文本乙', '12000'],
        ['文本丙', '99999'],
      ]),
    )
    assert.deepEqual([counts.created, counts.failed], [1, 2])
    assert.equal((await stored('文本甲')).birth_date, '2026-01-05')
    assert.deepEqual(
      (await by.problems(id)).map(({ row, reason }) => [row, reason]),
      [
        [3, 'not_a_date'],
        [4, 'not_a_date'],
      ],
    )
  })
})
