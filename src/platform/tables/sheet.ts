import { type CellFormat, showNumber } from './cellFormat.ts'
import { refuse } from './refusals.ts'
import { checkedCells, maxCellLength, maxColumns, maxRows, type Row } from './row.ts'
import type { SharedStrings } from './sharedStrings.ts'
import { gatherText } from './xlsxText.ts'
import { readXml, type XmlHandlers } from './xml.ts'

type Source = {
  part: string
  read(): AsyncIterable<Buffer>
  strings: SharedStrings | undefined
  formats: CellFormat[]
  from1904: boolean
}

/** Cells as the XML brings them; a number is the index of a shared string that may not be read yet. */
type RawRow = { number: number; cells: (string | number | undefined)[] }

const asNumber: CellFormat = { kind: 'number' }

/** The rows of a sheet from number `from` on, without those that have no text. */
export async function* readSheet(source: Source, from: number): AsyncGenerator<Row[]> {
  let raw: RawRow[] = []
  const handlers = sheetHandlers(source, from, (row) => raw.push(row))
  for await (const _ of readXml(source.read(), source.part, handlers)) {
    await source.strings?.need(highestIndex(raw))
    const rows: Row[] = []
    let refusal: unknown
    try {
      for (const row of raw) pushWhole(source, row, rows)
    } catch (error) {
      refusal = error
    }
    yield rows
    if (refusal) throw refusal
    raw = []
  }
}

const pushWhole = (source: Source, { number, cells }: RawRow, rows: Row[]) => {
  const texts = checkedCells(
    number,
    Array.from(cells, (cell) => textOf(source, number, cell)),
  )
  if (texts.length > 0) rows.push({ number, cells: texts })
}

const highestIndex = (rows: RawRow[]) => {
  let highest = -1
  for (const { cells } of rows)
    for (const cell of cells) if (typeof cell === 'number' && cell > highest) highest = cell
  return highest
}

const textOf = (source: Source, row: number, cell: string | number | undefined): string => {
  if (typeof cell !== 'number') return cell ?? ''
  const text = source.strings?.get(cell)
  if (text === undefined) throw refuse('xlsx_broken', { part: source.part, row })
  return text
}

/** Turns the sheet's XML into raw rows; nothing is taken from rows before `from`. */
const sheetHandlers = (source: Source, from: number, emit: (row: RawRow) => void): XmlHandlers => {
  const gathered = gatherText(maxCellLength)
  let row: RawRow | undefined
  let last = 0
  let column = -1
  let type = 'n'
  let style = 0
  let guide = false
  let taking = false

  const broken = () => refuse('xlsx_broken', { part: source.part, row: last })
  const openRow = (r: string | undefined) => {
    const number = r === undefined ? last + 1 : Number(r)
    if (!Number.isInteger(number) || number <= last || number > maxRows) throw broken()
    last = number
    column = -1
    row = { number, cells: [] }
  }
  const openCell = ({ r, t, s }: Record<string, string | undefined>) => {
    column = r === undefined ? column + 1 : columnOf(r)
    type = t ?? 'n'
    style = s === undefined ? 0 : Number(s)
    gathered.clear()
  }
  const closeCell = () => {
    if (!row || row.number < from) return
    const value = cellValue()
    if (value === '') return
    if (column < 0) throw broken()
    if (column >= maxColumns)
      throw refuse('columns_too_many', { row: row.number, limit: maxColumns })
    row.cells[column] = value
  }
  const cellValue = (): string | number => {
    const text = gathered.text()
    if (text === '') return ''
    if (type === 's') return /^\d{1,10}$/.test(text) ? Number(text) : -1
    if (type === 'b') return text === '0' || text === 'false' ? 'FALSE' : 'TRUE'
    if (type === 'd') return momentOf(text)
    if (type === 'n') return showNumber(text, source.formats[style] ?? asNumber, source.from1904)
    return text
  }
  return {
    open: (name, attributes) => {
      if (name === 'c') openCell(attributes)
      else if (name === 'v') taking = true
      else if (name === 't') taking = !guide
      else if (name === 'row') openRow(attributes.r)
      else if (name === 'rPh') guide = true
    },
    close: (name) => {
      if (name === 'c') closeCell()
      else if (name === 'v' || name === 't') taking = false
      else if (name === 'row' && row) {
        if (row.cells.length > 0) emit(row)
        row = undefined
      } else if (name === 'rPh') guide = false
    },
    text: (text) => {
      if (taking) gathered.add(text)
    },
  }
}

/** The ISO form that strict workbooks use, as the serial numbers come out. */
const momentOf = (text: string): string => {
  const [day = '', clock = ''] = text.replace(/(?:\.\d+)?Z?$/, '').split('T')
  return clock === '' || clock === '00:00:00' ? day : `${day} ${clock}`
}

/** The column of a reference such as `AB12`, from 0; -1 when it has none. */
const columnOf = (reference: string): number => {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = (reference.charCodeAt(i) & ~32) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}
