import { AppError } from '../errors/error.ts'
import { openTable } from '../tables/openTable.ts'
import { headingRow, headingRows } from './heading.ts'
import { storable } from './storable.ts'

/** Rows shown before anything is taken over. */
const previewRows = 20

type Reading = {
  sheet?: string | undefined
  headerRow?: number | undefined
  encoding?: string | undefined
  separator?: string | undefined
}

/**
 * How a table is to be read, its heading and its first rows. Without a row for the heading it is
 * looked for by the names of fields.
 */
export const describe = async (path: string, reading: Reading, names: ReadonlySet<string>) => {
  const headerRow = reading.headerRow ?? (await lookForHeading(path, reading, names))
  const open = await openTable(path, { ...reading, headerRow })
  try {
    const preview: string[][] = []
    for await (const { cells } of open.rows()) {
      preview.push(cells.map(storable))
      if (preview.length === previewRows) break
    }
    const header = open.header.map(storable)
    if (header.every((heading) => heading.trim() === ''))
      throw new AppError('bad_input', 'table_empty')
    return {
      format: open.format,
      encoding: open.encoding ?? null,
      separator: open.separator ?? null,
      sheets: [...open.sheets],
      sheet: reading.sheet ?? open.sheets[0] ?? null,
      header,
      header_row: open.headerRow,
      preview,
    }
  } finally {
    await open.close()
  }
}

const lookForHeading = async (path: string, reading: Reading, names: ReadonlySet<string>) => {
  const open = await openTable(path, reading)
  try {
    const rows = [{ number: open.headerRow, cells: open.header }]
    for await (const row of open.rows()) {
      if (row.number - open.headerRow >= headingRows) break
      rows.push(row)
    }
    return headingRow(rows, names)
  } finally {
    await open.close()
  }
}
