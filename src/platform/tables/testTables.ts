import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import fc from 'fast-check'
import { ZipFile } from 'yazl'
import { AppError } from '#platform/errors/error.ts'
import { type OpenOptions, openTable } from './openTable.ts'
import type { Row, Table } from './row.ts'

/** Any text, lone surrogates and control characters included, rich in what trips readers and writers. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.array(fc.nat(0xffff), { maxLength: 3 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom("'", '=', '-', '＝', ' ', '\u3000', '\r', '\n', '\r\n', '\t', '"', ',', ';'),
      fc.constantFrom(
        '_x000D_',
        '_x0041',
        '_',
        '\0',
        '\uFEFF',
        '\uFFFD',
        '<&>',
        ']]>',
        '张三',
        '007',
      ),
    ),
    { maxLength: 4 },
  )
  .map((pieces) => pieces.join(''))

/** A header whose last title is not blank, and rows of its width. */
export const anyTable = (text: fc.Arbitrary<string>) =>
  fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.record({
      header: fc
        .array(text, { minLength: width, maxLength: width })
        .map((titles) => (titles.at(-1)?.trim() ? titles : titles.with(-1, '标题'))),
      rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), { maxLength: 8 }),
    }),
  )

export const withText = (rows: string[][]) =>
  rows.filter((cells) => cells.some((cell) => cell !== ''))

/** A folder of the test's own, gone after it. */
export const testFolder = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhike-tables-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const testFile = async (t: TestContext, bytes: string | Uint8Array): Promise<string> => {
  const path = join(await testFolder(t), 'table')
  await writeFile(path, bytes)
  return path
}

const allRows = async (table: Table, from?: number): Promise<Row[]> =>
  Array.fromAsync(table.rows(from))

/** The whole table in a file, header first, each row with its number. */
export const readAll = async (path: string, options: OpenOptions = {}) => {
  const table = await openTable(path, options)
  try {
    return { ...table, all: await allRows(table) }
  } finally {
    await table.close()
  }
}

/** What reading a file is refused with. */
export const refusalOf = async (
  path: string,
  options: OpenOptions = {},
): Promise<Record<string, unknown> | undefined> => {
  try {
    await readAll(path, options)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { code: error.code, reason: error.reason, ...error.detail.facts }
  }
  return undefined
}

export const zipOf = async (parts: Record<string, string | Uint8Array>): Promise<Buffer> => {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

const space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relationSpace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${relationSpace}/${type}" Target="${target}"/>`

/** The parts of a workbook written by hand; `sheetData` is the XML between the tags of that name. */
export const workbookParts = (about: {
  sheetData: string
  shared?: string
  formats?: (number | string)[]
  from1904?: boolean
}): Record<string, string> => {
  const formats = about.formats ?? []
  const codes = formats.map((format, i) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + i}" formatCode="${format}"/>` : '',
  )
  const styles = formats.map(
    (format, i) => `<xf numFmtId="${typeof format === 'string' ? 200 + i : format}"/>`,
  )
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${space} xmlns:r="${relationSpace}"><workbookPr date1904="${about.from1904 ? 1 : 0}"/><sheets><sheet name="客户" sheetId="7" r:id="b"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('b', 'worksheet', 'worksheets/sheet1.xml')}${relation('c', 'sharedStrings', '/xl/sharedStrings.xml')}${relation('d', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet ${space}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${space}>${about.shared ?? ''}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${space}><sheetData>${about.sheetData}</sheetData></worksheet>`,
  }
}
