import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { openTable } from './openTable.ts'
import { separators } from './separator.ts'
import { anyTable, anyText, readAll, testFolder, withText } from './testTables.ts'
import { writeCsv } from './writeCsv.ts'
import { writeXlsx, type XlsxColumn } from './writeXlsx.ts'

/** What Chinese files hold: without it the encoding of a text of few bytes cannot be told. */
const chineseText = fc
  .array(
    fc.constantFrom(
      '张三',
      '李四',
      '客户',
      '上海',
      '。',
      '，',
      '=',
      '"',
      "'",
      '\n',
      ';',
      ',',
      'A1',
    ),
    {
      maxLength: 5,
    },
  )
  .map((pieces) => pieces.join(''))

/** The private-use characters that GB18030 of 2022 maps elsewhere; see `writeCsv`. */
const moved = /[\uE5E5\uE78D-\uE796\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864]/g

test('law: a CSV file gives back every table of texts, in each encoding and separator', async (t) => {
  const path = join(await testFolder(t), 'table.csv')
  for (const encoding of ['utf-8-bom', 'utf-8', 'gb18030'] as const) {
    const text = anyText.map((any) => any.toWellFormed().replace(moved, '〇'))
    await fc.assert(
      fc.asyncProperty(
        anyTable(text),
        fc.constantFrom(...separators),
        async ({ header, rows }, separator) => {
          await writeFile(path, writeCsv(header, rows, { encoding, separator }))
          const read = await readAll(path, encoding === 'utf-8-bom' ? {} : { encoding })
          assert.deepEqual(read.header, header)
          assert.deepEqual(
            read.all.map(({ cells }) => cells),
            withText(rows),
          )
        },
      ),
      { numRuns: 150 },
    )
  }
})

test('law: encoding and separator of a Chinese file are found', async (t) => {
  const path = join(await testFolder(t), 'table.csv')
  await fc.assert(
    fc.asyncProperty(
      anyTable(chineseText),
      fc.constantFrom(...separators),
      fc.constantFrom('utf-8', 'gb18030', 'utf-16le', 'utf-16be'),
      async ({ header, rows }, separator, encoding) => {
        const titles = ['客户名称', '联系电话', ...header]
        const records = rows.map((cells) => ['', '13800138000', ...cells])
        const bytes = await buffer(writeCsv(titles, records, { encoding: 'utf-8', separator }))
        await writeFile(path, iconv.encode(bytes.toString(), encoding))
        const read = await readAll(path)
        assert.deepEqual([read.encoding, read.separator], [encoding, separator])
        assert.deepEqual(read.header, titles)
        assert.deepEqual(
          read.all.map(({ cells }) => cells),
          records,
        )
      },
    ),
    { numRuns: 150 },
  )
})

test('law: an XLSX file gives back every table of texts, whatever the kinds of its columns', async (t) => {
  const path = join(await testFolder(t), 'table.xlsx')
  const text = fc.oneof(
    anyText,
    fc.constantFrom('2024-02-29', '2023-02-29', '2024-01-02 23:59:59', '0012', '-12.50', '1e5'),
    fc.double().map(String),
    fc.integer().map(String),
    fc
      .date({ min: new Date('1900-03-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  )
  const kinds = fc.array(fc.constantFrom('text', 'number', 'date', 'dateTime'), {
    minLength: 5,
    maxLength: 5,
  })
  await fc.assert(
    fc.asyncProperty(anyTable(text), kinds, async ({ header, rows }, kinds) => {
      const columns = header.map((title, i): XlsxColumn => ({ title, kind: kinds[i] ?? 'text' }))
      await writeFile(path, writeXlsx(columns, rows))
      const read = await readAll(path)
      assert.deepEqual(read.header, header)
      assert.deepEqual(
        read.all.map(({ cells }) => cells),
        withText(rows),
      )
    }),
    { numRuns: 200 },
  )
})

test('rows may be read from any number on, twice at once, and left early', async (t) => {
  const path = join(await testFolder(t), 'table')
  const rows = Array.from({ length: 3000 }, (_, i) => [`客户${i + 2}`, i % 7 === 0 ? '' : 'x'])
  for (const bytes of [
    Readable.from(writeCsv(['名称', '备注'], rows)),
    writeXlsx(['名称', '备注'], rows),
  ]) {
    await writeFile(path, bytes)
    const table = await openTable(path)
    const [tail, whole] = await Promise.all([
      Array.fromAsync(table.rows(2990)),
      Array.fromAsync(table.rows()),
    ])
    assert.equal(whole.length, 3000)
    assert.deepEqual(tail, whole.slice(2988))
    assert.deepEqual(tail[0], { number: 2990, cells: ['客户2990', 'x'] })
    for await (const { number } of table.rows()) if (number > 5) break
    assert.equal((await Array.fromAsync(table.rows(3001))).length, 1)
    await table.close()
    await table.close()
  }
})
