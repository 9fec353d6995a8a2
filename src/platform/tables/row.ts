import type { Encoding } from './encoding.ts'
import { refuse } from './refusals.ts'
import type { Separator } from './separator.ts'

/** `number` is the row a person sees in a spreadsheet program; a CSV cell with line breaks is one row there too. */
export type Row = { number: number; cells: string[] }

export type Table = {
  format: 'csv' | 'xlsx'
  encoding?: Encoding
  separator?: Separator
  /** The visible sheets in the workbook's order; a CSV has none. */
  sheets: string[]
  /** Days are counted from 1904, as old Macs do. */
  from1904?: boolean
  /** The first row that is not empty, from the one that was asked for, without empty titles at its end. */
  header: string[]
  /** Its number. */
  headerRow: number
  /**
   * The rows below the header, from row number `from` on. Each has at least as many cells as the
   * header; more only where it has text beyond the titles. Rows without any text are left out, their
   * numbers are not given to others. May be called again, also while another reading goes on.
   */
  rows(from?: number): AsyncIterable<Row>
  close(): Promise<void>
}

/** Enough for any list of customers; a wider table is a mistake of the separator. */
export const maxColumns = 1000

/** Rows of one Excel sheet. */
export const maxRows = 1_048_576

/** What Excel holds in one cell, in UTF-16 units. */
export const maxCellLength = 32_767

/** Cells without the empty ones at the end; refuses what is too wide or too long. */
export const checkedCells = (row: number, cells: string[]): string[] => {
  let length = cells.length
  while (length > 0 && cells[length - 1] === '') length--
  if (length > maxColumns) throw refuse('columns_too_many', { row, limit: maxColumns })
  for (let i = 0; i < length; i++) {
    if ((cells[i]?.length ?? 0) > maxCellLength)
      throw refuse('cell_too_long', { row, column: i + 1, limit: maxCellLength })
  }
  return length === cells.length ? cells : cells.slice(0, length)
}

/**
 * A table from its rows without empty ones, which come in batches: takes the first as header and
 * fills the others up to its width.
 */
export const tableOf = async (
  about: Omit<Table, 'header' | 'headerRow' | 'rows' | 'close'>,
  headerRow: number | undefined,
  read: (from: number) => AsyncIterable<Row[]>,
  close: () => Promise<void>,
): Promise<Table> => {
  try {
    const first = await firstOf(read(headerRow ?? 1))
    if (!first) throw refuse('table_empty', { sheets: about.sheets })
    const header = first.cells
    return {
      ...about,
      header,
      headerRow: first.number,
      rows: (from = 1) => filled(read(Math.max(from, first.number + 1)), header.length),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const firstOf = async (batches: AsyncIterable<Row[]>): Promise<Row | undefined> => {
  for await (const [first] of batches) if (first) return first
  return undefined
}

async function* filled(batches: AsyncIterable<Row[]>, width: number): AsyncGenerator<Row> {
  for await (const batch of batches) {
    for (const row of batch) {
      while (row.cells.length < width) row.cells.push('')
      yield row
    }
  }
}
