import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openTable } from './openTable.ts'
import { readAll, refusalOf, testFile, workbookParts, zipOf } from './testTables.ts'

type About = Parameters<typeof workbookParts>[0]

const fileOf = async (t: TestContext, about: About, changes: Record<string, string> = {}) =>
  testFile(t, await zipOf({ ...workbookParts(about), ...changes }))

const cellsOf = async (t: TestContext, about: About, changes: Record<string, string> = {}) => {
  const { all } = await readAll(await fileOf(t, about, changes))
  return all.map(({ cells }) => cells)
}

const head = '<row r="1"><c r="A1" t="str"><v>标题</v></c></row>'
const sheetPart = 'xl/worksheets/sheet1.xml'

test('each kind of cell comes out as a person sees it', async (t) => {
  const cells = await cellsOf(t, {
    formats: [0, 14, 22, 10, '00000', 'yyyy&quot;年&quot;m&quot;月&quot;'],
    shared:
      '<si><t>张三</t></si><si><r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 五</t></r><rPh sb="0" eb="1"><t>ワン</t></rPh><phoneticPr/></si><si><t/></si><si><t>a&amp;b_x000D_&#10;<![CDATA[<c>]]></t></si>',
    sheetData: `${head}
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c></row>
      <row r="3"><c r="A3"><v>13800138000</v></c><c r="B3" t="n"><v>1.3800138E10</v></c><c r="C3"><v>110101199003078888</v></c></row>
      <row r="4"><c r="A4" s="1"><v>45293</v></c><c r="B4" s="2"><v>45293.5</v></c><c r="C4" s="3"><v>0.125</v></c><c r="D4" s="4"><v>7</v></c><c r="E4" s="5"><v>45293</v></c></row>
      <row r="5"><c r="A5"><f>1+1</f><v>2</v></c><c r="B5" t="str"><f>"x"</f><v>文</v></c><c r="C5" t="b"><v>1</v></c><c r="D5" t="b"><v>0</v></c><c r="E5" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F5"><f>NOW()</f></c><c r="G5" t="d"><v>2024-01-02T00:00:00Z</v></c><c r="H5" t="d"><v>2024-01-02T03:04:05.000</v></c></row>
      <row r="6"><c r="A6" t="inlineStr"><is><t>一</t></is></c><c r="B6" t="inlineStr"><is><r><t>=1</t></r><r><t>+2</t></r><rPh><t>x</t></rPh></is></c></row>`,
  })
  assert.deepEqual(cells, [
    ['张三', '王 五', '', 'a&b\r\n<c>'],
    ['13800138000', '13800138000', '110101199003078888'],
    ['2024-01-02', '2024-01-02 12:00:00', '12.5%', '00007', '2024-01-02'],
    ['2', '文', 'TRUE', 'FALSE', '#DIV/0!', '', '2024-01-02', '2024-01-02 03:04:05'],
    ['一', '=1+2'],
  ])
})

test('dates of the 1904 system', async (t) => {
  const cells = await cellsOf(t, {
    formats: [14],
    from1904: true,
    sheetData: `${head}<row r="2"><c r="A2" s="0"><v>43831</v></c></row>`,
  })
  assert.deepEqual(cells, [['2024-01-02']])
})

test('gaps, blank and hidden rows, merged cells, rows and cells without a reference, prefixes', async (t) => {
  const path = await fileOf(
    t,
    { sheetData: '' },
    {
      [sheetPart]: `<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData>
        <x:row r="2"><x:c r="A2"/><x:c r="XFD2" s="3"/></x:row>
        <x:row r="3"><x:c r="A3" t="str"><x:v>甲</x:v></x:c><x:c r="C3" t="str"><x:v>丙</x:v></x:c><x:c r="D3" t="str"><x:v></x:v></x:c></x:row>
        <x:row r="5" hidden="1"><x:c r="B5"><x:v>5</x:v></x:c></x:row>
        <x:row><x:c><x:v>6</x:v></x:c><x:c><x:v>66</x:v></x:c></x:row>
        <x:row r="9"><x:c r="A9"><x:v>9</x:v></x:c><x:c r="AB9"><x:v>28</x:v></x:c></x:row>
        <x:row r="1048576"><x:c r="A1048576" t="str"><x:v></x:v></x:c></x:row>
        </x:sheetData><x:mergeCells><x:mergeCell ref="A9:A10"/></x:mergeCells></x:worksheet>`,
    },
  )
  const { header, all } = await readAll(path)
  assert.deepEqual(header, ['甲', '', '丙'])
  assert.deepEqual(all, [
    { number: 5, cells: ['', '5', ''] },
    { number: 6, cells: ['6', '66', ''] },
    { number: 9, cells: ['9', ...Array(26).fill(''), '28'] },
  ])
})

test('the sheets are listed in order without the hidden ones, and chosen by name', async (t) => {
  const r = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const target = (id: string, type: string, to: string, mode = '') =>
    `<Relationship Id="${id}" Type="${r}/${type}" Target="${to}"${mode}/>`
  const sheet = (text: string) =>
    `<worksheet><sheetData><row r="1"><c t="str"><v>${text}</v></c></row></sheetData></worksheet>`
  const path = await fileOf(
    t,
    { sheetData: '' },
    {
      'xl/workbook.xml': `<workbook xmlns:r="${r}"><sheets><sheet name="字典" state="hidden" r:id="h"/><sheet name="图" r:id="c"/><sheet name="乙 &amp; 二" r:id="b"/><sheet name="甲" r:id="a"/><sheet name="空" r:id="e"/><sheet name="外" r:id="x"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships>${target('a', 'worksheet', 'worksheets/one.xml')}${target('b', 'worksheet', '/xl/worksheets/two.xml')}${target('c', 'chartsheet', 'charts/c.xml')}${target('e', 'worksheet', sheetPart.slice(3))}${target('h', 'worksheet', 'h.xml')}${target('x', 'worksheet', 'http://example.invalid/s.xml', ' TargetMode="External"')}</Relationships>`,
      'xl/worksheets/one.xml': sheet('壹'),
      'XL/Worksheets/Two.xml': sheet('贰'),
    },
  )
  const first = await openTable(path)
  assert.deepEqual(first.sheets, ['乙 & 二', '甲', '空'])
  assert.deepEqual(first.header, ['贰'])
  await first.close()
  assert.deepEqual((await readAll(path, { sheet: '甲' })).header, ['壹'])
  const sheets = ['乙 & 二', '甲', '空']
  assert.deepEqual(await refusalOf(path, { sheet: '字典' }), {
    code: 'bad_input',
    reason: 'sheet_missing',
    sheet: '字典',
    sheets,
  })
  assert.equal((await refusalOf(path, { sheet: '空' }))?.reason, 'table_empty')
})

test('limits of width and length', async (t) => {
  const wide = await fileOf(t, { sheetData: `${head}<row r="4"><c r="ALM4"><v>1</v></c></row>` })
  assert.deepEqual(await refusalOf(wide), {
    code: 'bad_input',
    reason: 'columns_too_many',
    row: 4,
    limit: 1000,
  })
  const long = (length: number) =>
    fileOf(t, {
      shared: `<si><r><t>${'长'.repeat(length - 1)}</t></r><r><t>_x0041_</t></r></si>`,
      sheetData: `${head}<row r="2"><c r="B2" t="s"><v>0</v></c></row>`,
    })
  assert.equal(await refusalOf(await long(32_767)), undefined)
  for (const length of [32_768, 300_000])
    assert.deepEqual(await refusalOf(await long(length)), {
      code: 'bad_input',
      reason: 'cell_too_long',
      row: 2,
      column: 2,
      limit: 32_767,
    })
})

test('what is broken or built to do harm is refused', async (t) => {
  const row = `${head}<row r="2"><c r="A2" t="s"><v>0</v></c></row>`
  const broken: [about: About, changes: Record<string, string>][] = [
    [{ sheetData: row }, {}],
    [{ sheetData: `${head}<row r="0"/>` }, {}],
    [{ sheetData: `${head}<row r="3"/><row r="2"/>` }, {}],
    [{ sheetData: `${head}<row r="1048577"/>` }, {}],
    [{ sheetData: `${head}<row r="2"><c r="2"><v>1</v></c></row>` }, {}],
    [{ sheetData: `${head}<row>` }, {}],
    [{ sheetData: `${head}&unknown;` }, {}],
    [{ sheetData: `${head}<row r="2" a="${'x'.repeat(2_000_000)}"/>` }, {}],
    [{ sheetData: '' }, { 'xl/workbook.xml': '<workbook><sheets>' }],
    [{ sheetData: '' }, { '_rels/.rels': '<Relationships/>' }],
    [
      { sheetData: '' },
      {
        [sheetPart]: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`,
      },
    ],
    [{ sheetData: '' }, { 'XL/workbook.xml': '<workbook/>' }],
  ]
  for (const [about, changes] of broken) {
    const refusal = await refusalOf(await fileOf(t, about, changes))
    assert.equal(refusal?.reason, 'xlsx_broken', JSON.stringify(about).slice(0, 100))
  }
})

test('what inflates beyond the limit or beyond reason is refused before it is inflated', async (t) => {
  const bomb = await fileOf(t, { sheetData: ' '.repeat(20 * 1024 * 1024) })
  assert.deepEqual(await refusalOf(bomb), {
    code: 'too_large',
    reason: 'xlsx_too_large',
    limit: 1024 ** 3,
  })
  const plain = await fileOf(t, { sheetData: head })
  assert.equal((await refusalOf(plain, { inflatedBytes: 1000 }))?.reason, 'xlsx_too_large')
  assert.equal(await refusalOf(plain, { inflatedBytes: 10_000 }), undefined)
})

test('a part that is longer than its directory says, or damaged, is refused', async (t) => {
  const parts = workbookParts({ sheetData: head.repeat(1) })
  const whole = await zipOf(parts)
  // The directory entry of the sheet: its last mention; 22 bytes before the name stands the size.
  const entry = whole.lastIndexOf(sheetPart) - 46
  assert.equal(whole.readUInt32LE(entry), 0x02014b50)
  const lying = Buffer.from(whole)
  lying.writeUInt32LE(20, entry + 24)
  const wrongSum = Buffer.from(whole)
  wrongSum.writeUInt32LE(1, entry + 16)
  const locked = Buffer.from(whole)
  locked.writeUInt16LE(locked.readUInt16LE(entry + 8) | 1, entry + 8)
  for (const [bytes, reason] of [
    [lying, 'xlsx_broken'],
    [wrongSum, 'xlsx_broken'],
    [locked, 'file_is_protected'],
    [whole.subarray(0, -30), 'xlsx_broken'],
    [whole.subarray(0, 200), 'xlsx_broken'],
  ] as const) {
    assert.equal((await refusalOf(await testFile(t, bytes)))?.reason, reason)
  }
})
