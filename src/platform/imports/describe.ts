import { AppError } from '../errors/error.ts'
import { openTable } from '../tables/openTable.ts'
import { storable } from './storable.ts'

/** Rows shown before anything is taken over. */
const previewRows = 20

type Reading = {
  sheet?: string | undefined
  encoding?: string | undefined
  separator?: string | undefined
}

/** How a table is to be read, its heading and its first rows. */
export const describe = async (path: string, reading: Reading) => {
  const open = await openTable(path, reading)
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
      preview,
    }
  } finally {
    await open.close()
  }
}
