import { finished, PassThrough, pipeline, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { refuse } from './refusals.ts'
import { maxCellLength, maxRows } from './row.ts'
import { cellStyles, fixedParts, sheetHead, sheetPart, sheetTail } from './xlsxParts.ts'
import { encodeText } from './xlsxText.ts'

export type ColumnKind = 'text' | 'number' | 'date' | 'dateTime'

export type XlsxColumn = {
  title: string
  /** What the column's cells are; a text that is not of this kind stays a text. 'text' without it. */
  kind?: ColumnKind
  /** In digits of the default font, as Excel counts; by the title and the first rows without it. */
  width?: number
}

/** Rows looked at for the widths, before the first byte is written. */
const rowsMeasured = 100
const narrowest = 8
const widest = 60
const pieceChars = 64 * 1024

/** The zip's own dates say nothing here; fixed, so that the same table gives the same bytes. */
export const entry = { mtime: new Date('2000-01-01T00:00:00Z'), compressionLevel: 6 }

/**
 * A workbook with one sheet in pieces, as fast as it is taken. Texts are typed text cells in the
 * format `@`, so that codes of eighteen digits and leading zeros survive and nothing is ever taken
 * for a formula, also after somebody edits the cell: no apostrophe is needed as in CSV. Numbers of
 * up to 15 digits, `YYYY-MM-DD` and `YYYY-MM-DD HH:mm:ss` become real ones in columns of that kind.
 * `openTable` gives back the same texts. `note` is a line above the heading. The stream fails (AppError) on more rows or longer cells
 * than Excel holds, and with whatever `rows` throws.
 */
export const writeXlsx = (
  header: (string | XlsxColumn)[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
  options: { sheet?: string; note?: string | undefined } = {},
): Readable => {
  const zip = new ZipFile()
  for (const [name, xml] of fixedParts([{ name: sheetName(options.sheet ?? 'Sheet1') }]))
    zip.addBuffer(Buffer.from(xml), name, entry)
  const columns = header.map((column) => (typeof column === 'string' ? { title: column } : column))
  const sheet = Readable.from(sheetXml(columns, rows, options.note))
  zip.addReadStream(sheet, sheetPart(0), entry)
  zip.end()
  const output = new PassThrough()
  // yazl hands on neither the failure of its source nor the leaving of its reader.
  sheet.on('error', (error) => output.destroy(error))
  finished(output, () => sheet.destroy())
  pipeline(zip.outputStream, output, () => {})
  return output
}

async function* sheetXml(
  header: XlsxColumn[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
  note?: string,
): AsyncGenerator<Buffer> {
  const kinds = header.map(({ kind }) => kind ?? 'text')
  const first: string[][] = []
  let number = 1
  let xml = ''
  const begin = () => {
    const titles = header.map(({ title }) => title)
    xml = sheetHead(kinds, widths(header, first), note === undefined ? 1 : 2)
    if (note !== undefined) xml += rowXml(number++, [note], () => 'text')
    xml += rowXml(number, titles, () => 'title')
    for (const cells of first) xml += rowXml(++number, cells, (i) => kinds[i] ?? 'text')
  }
  let begun = false
  for await (const cells of rows) {
    if (!begun) {
      first.push(cells)
      if (first.length < rowsMeasured) continue
      begun = true
      begin()
      continue
    }
    xml += rowXml(++number, cells, (i) => kinds[i] ?? 'text')
    if (xml.length < pieceChars) continue
    yield Buffer.from(xml)
    xml = ''
  }
  if (!begun) begin()
  yield Buffer.from(xml + sheetTail())
}

export const rowXml = (
  row: number,
  cells: string[],
  kindOf: (column: number) => ColumnKind | 'title',
): string => {
  if (row > maxRows) throw refuse('rows_too_many', { limit: maxRows })
  let xml = `<row r="${row}">`
  for (let i = 0; i < cells.length; i++) {
    const text = cells[i]
    if (!text) continue
    if (text.length > maxCellLength)
      throw refuse('cell_too_long', { row, column: i + 1, limit: maxCellLength })
    xml += cellXml(`${columnName(i)}${row}`, text, kindOf(i))
  }
  return `${xml}</row>`
}

const cellXml = (reference: string, text: string, kind: ColumnKind | 'title'): string => {
  if (kind === 'number' && isNumber(text)) return `<c r="${reference}"><v>${text}</v></c>`
  if (kind === 'date' || kind === 'dateTime') {
    const serial = serialOf(text)
    const style = text.length > 10 ? cellStyles.dateTime : cellStyles.date
    if (serial !== undefined) return `<c r="${reference}" s="${style}"><v>${serial}</v></c>`
  }
  const style = kind === 'title' ? cellStyles.title : cellStyles.text
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${encodeText(text)}</t></is></c>`
}

/** A number as a program writes one, of as many digits as a double is sure to keep. */
const isNumber = (text: string) =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15

/** Days since 30 December 1899, from March 1900 on, where no program disputes them. */
const serialOf = (text: string): number | undefined => {
  if (!/^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/.test(text) || text < '1900-03-01') return undefined
  const iso = text.length > 10 ? `${text.replace(' ', 'T')}Z` : `${text}T00:00:00Z`
  const at = new Date(iso)
  const valid = Number.isFinite(at.getTime()) && at.toISOString().startsWith(iso.slice(0, 19))
  return valid ? at.getTime() / 86_400_000 + 25_569 : undefined
}

/** `A`, …, `Z`, `AA`, … for 0, …, 25, 26, … */
export const columnName = (index: number): string => {
  const rest = Math.floor(index / 26) - 1
  return (rest < 0 ? '' : columnName(rest)) + String.fromCharCode(65 + (index % 26))
}

export const widths = (header: XlsxColumn[], rows: string[][]): number[] =>
  header.map(({ title, width }, i) => {
    if (width !== undefined) return width
    const longest = Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[i] ?? '')))
    return Math.min(Math.max(longest + 2, narrowest), widest)
  })

/** Chinese characters, kana, Hangul and full-width signs take the room of two digits. */
const displayWidth = (text: string): number => {
  let width = 0
  for (const character of text.slice(0, widest)) width += character >= '\u1100' ? 2 : 1
  return width
}

/** What Excel takes as a sheet's name: 31 characters, without the signs of references. */
export const sheetName = (wanted: string): string =>
  wanted
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31) || 'Sheet1'
