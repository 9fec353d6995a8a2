import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ZipFile } from 'yazl'
import { openTable } from './openTable.ts'
import { testFolder, workbookParts } from './testTables.ts'
import { writeCsv } from './writeCsv.ts'
import { writeXlsx } from './writeXlsx.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const rowCount = 100_000
const columns = Array.from({ length: 10 }, (_, i) => `第${i + 1}列`)
const cellText = (row: number, column: number) =>
  `客户资料文字第${row}行第${column}列${'。'.repeat(10)}`

/** Held whole, the table takes more than 60 MB; what may grow is a bound of shared strings and buffers. */
const allowed = 40 * 1024 * 1024

function* rows() {
  for (let row = 2; row <= rowCount + 1; row++) yield columns.map((_, i) => cellText(row, i))
}

/** XML of all rows in pieces of a thousand. */
function* wrapped(begin: string, end: string, xml: (row: number) => string) {
  yield begin
  for (let row = 2; row <= rowCount + 1; row += 1000)
    yield Array.from({ length: 1000 }, (_, i) => xml(row + i)).join('')
  yield end
}

const usedBytes = () => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const growthWhileReading = async (path: string): Promise<number> => {
  const before = usedBytes()
  const table = await openTable(path)
  let most = 0
  let count = 0
  for await (const { number, cells } of table.rows()) {
    count++
    if (number % 10_000 !== 0) continue
    assert.equal(cells[9], cellText(number, 9))
    most = Math.max(most, usedBytes() - before)
  }
  await table.close()
  assert.equal(count, rowCount)
  return most
}

const assertBounded = async (t: TestContext, path: string) => {
  const growth = await growthWhileReading(path)
  t.diagnostic(`grew by ${Math.round(growth / 1024)} kB`)
  assert.ok(growth < allowed, `grew by ${growth} bytes`)
}

test('a CSV of 100,000 rows is read and written in bounded memory', async (t) => {
  const path = join(await testFolder(t), 'table.csv')
  await writeFile(path, writeCsv(columns, rows()))
  await assertBounded(t, path)
})

test('an XLSX of 100,000 rows is written as fast as it is taken, not into memory', async (t) => {
  const before = usedBytes()
  let most = 0
  function* watched() {
    let count = 0
    for (const row of rows()) {
      if (++count % 10_000 === 0) most = Math.max(most, usedBytes() - before)
      yield row
    }
  }
  const header = columns.map((title) => ({ title }))
  await pipeline(writeXlsx(header, watched()), createWriteStream(join(await testFolder(t), 'x')))
  t.diagnostic(`grew by ${Math.round(most / 1024)} kB`)
  assert.ok(most < allowed, `grew by ${most} bytes`)
})

test('an XLSX of 100,000 rows and a million different texts is read in bounded memory', async (t) => {
  const path = join(await testFolder(t), 'table.xlsx')
  const shared = wrapped('<sst>', '</sst>', (row) =>
    columns.map((_, i) => `<si><t>${cellText(row, i)}</t></si>`).join(''),
  )
  const header = columns.map((title) => `<c t="str"><v>${title}</v></c>`).join('')
  const sheet = wrapped(
    `<worksheet><sheetData><row r="1">${header}</row>`,
    '</sheetData></worksheet>',
    (row) => {
      const cells = columns.map((_, i) => `<c t="s"><v>${(row - 2) * 10 + i}</v></c>`)
      return `<row r="${row}">${cells.join('')}</row>`
    },
  )
  const zip = new ZipFile()
  const parts = workbookParts({ sheetData: '' })
  for (const name of Object.keys(parts)) {
    if (name.endsWith('sheet1.xml')) zip.addReadStream(Readable.from(sheet), name)
    else if (name.endsWith('sharedStrings.xml')) zip.addReadStream(Readable.from(shared), name)
    else zip.addBuffer(Buffer.from(parts[name] ?? ''), name)
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  await assertBounded(t, path)
})
