import assert from 'node:assert/strict'
import { buffer, text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#platform/errors/error.ts'
import { openArchive } from './archive.ts'
import { testFile } from './testTables.ts'
import { writeCsv } from './writeCsv.ts'
import { writeXlsx } from './writeXlsx.ts'

test('a CSV file has a mark, CRLF, quotes where needed and no formula', async () => {
  const csv = await text(
    writeCsv(
      ['名称', '备注'],
      [
        ['=1', 'a"b'],
        ["'+x", 'x;y'],
        ['-12.5', 'x\ny'],
        ['＠', ''],
      ],
    ),
  )
  // TextDecoder takes the mark away.
  assert.equal(csv, '名称,备注\r\n\'=1,"a""b"\r\n\'\'+x,"x;y"\r\n-12.5,"x\ny"\r\n\'＠,\r\n')
  const marked = await buffer(writeCsv(['a'], []))
  assert.deepEqual(marked, Buffer.from('\uFEFFa\r\n'))
  const chinese = await buffer(writeCsv(['名', '€𠮷'], [], { encoding: 'gb18030', separator: ';' }))
  assert.equal(chinese.subarray(0, 5).toString('hex'), 'c3fb3ba2e3')
  assert.equal(new TextDecoder('gb18030').decode(chinese), '名;€𠮷\r\n')
})

const sheetOf = async (t: TestContext, bytes: Buffer, part = 'xl/worksheets/sheet1.xml') => {
  const archive = await openArchive(await testFile(t, bytes), 1e9)
  const xml = Buffer.concat(await Array.fromAsync(archive.read(part))).toString()
  archive.close()
  return xml
}

test('an XLSX sheet has a bold frozen header, widths and typed cells', async (t) => {
  const columns = [
    { title: '客户名称' },
    { title: '金额', kind: 'number' as const, width: 12 },
    { title: '生日', kind: 'date' as const },
    { title: '建档时间', kind: 'dateTime' as const },
  ]
  const rows = [
    ['上海市浦东新区张江高科技园区', '-12.50', '2024-01-02', '2024-01-02 12:00:00'],
    ['007', '1e5', '1899-12-31', '2024-02-30 12:00:00'],
    ['110101199003078888', '1234567890123456', '', '2024-01-02'],
  ]
  const bytes = await buffer(writeXlsx(columns, rows, { sheet: '客户[2024]/"导出"' }))
  const xml = await sheetOf(t, bytes)
  const texts = [...xml.matchAll(/r="(\w+)" s="(\d)" t="inlineStr"><is><t[^>]*>([^<]*)</g)]
  assert.deepEqual(
    texts.map(([, reference, style, value]) => [reference, style, value]),
    [
      ['A1', '1', '客户名称'],
      ['B1', '1', '金额'],
      ['C1', '1', '生日'],
      ['D1', '1', '建档时间'],
      ['A2', '2', '上海市浦东新区张江高科技园区'],
      ['A3', '2', '007'],
      ['B3', '2', '1e5'],
      ['C3', '2', '1899-12-31'],
      ['D3', '2', '2024-02-30 12:00:00'],
      ['A4', '2', '110101199003078888'],
      ['B4', '2', '1234567890123456'],
    ],
  )
  for (const cell of [
    '<c r="B2"><v>-12.50</v></c>',
    '<c r="C2" s="3"><v>45293</v></c>',
    '<c r="D2" s="4"><v>45293.5</v></c>',
    '<c r="D4" s="3"><v>45293</v></c>',
  ])
    assert.ok(xml.includes(cell), cell)
  assert.match(xml, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/)
  const widths = [...xml.matchAll(/width="(\d+)"/g)].map(([, width]) => Number(width))
  // 14 Chinese characters count double, two more for room; nineteen digits of a moment.
  assert.deepEqual(widths, [30, 12, 12, 21])
  assert.match(await sheetOf(t, bytes, 'xl/workbook.xml'), /name="客户 2024 {2}&quot;导出&quot;"/)
  assert.deepEqual(await buffer(writeXlsx(columns, rows, { sheet: '客户[2024]/"导出"' })), bytes)
})

test('what Excel cannot hold and what the rows throw fails the stream', async () => {
  const fails = async (rows: Iterable<string[]> | AsyncIterable<string[]>, reason: string) => {
    await assert.rejects(buffer(writeXlsx([{ title: '名称' }], rows)), (error) => {
      assert.ok(error instanceof AppError)
      assert.equal(error.reason, reason)
      return true
    })
  }
  await fails([['x'.repeat(32_768)]], 'cell_too_long')
  function* broken() {
    for (let i = 0; i < 20_000; i++) yield [`客户${i}`]
    throw new AppError('unavailable', 'database_gone')
  }
  await fails(broken(), 'database_gone')
  function* endless() {
    while (true) yield []
  }
  await fails(endless(), 'rows_too_many')
})

test('leaving early ends the rows', async () => {
  let ended = false
  async function* endless() {
    try {
      while (true) yield [`客户${Math.random()}`]
    } finally {
      ended = true
    }
  }
  const stream = writeXlsx([{ title: '名称' }], endless())
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > 50_000) break
  }
  for (let i = 0; i < 1000 && !ended; i++) await setImmediate()
  assert.ok(ended)
})
