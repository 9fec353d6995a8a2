import { type Archive, openArchive } from './archive.ts'
import { refuse, type TableReason } from './refusals.ts'
import { type Table, tableOf } from './row.ts'
import { readSharedStrings } from './sharedStrings.ts'
import { readSheet } from './sheet.ts'
import { readWorkbook } from './workbook.ts'

const gigabyte = 1024 ** 3

/** Opens a workbook as a table; see `openTable`. */
export const openXlsx = async (
  path: string,
  sheet: string | undefined,
  inflatedBytes = gigabyte,
  headerRow?: number,
): Promise<Table> => {
  const archive = await openArchive(path, inflatedBytes)
  try {
    refuseOtherZips(archive)
    return await openSheet(archive, sheet, headerRow)
  } catch (error) {
    archive.close()
    throw error
  }
}

const openSheet = async (
  archive: Archive,
  wanted: string | undefined,
  headerRow: number | undefined,
): Promise<Table> => {
  const workbook = await readWorkbook(archive)
  const sheets = workbook.sheets.map(({ name }) => name)
  const sheet =
    wanted === undefined ? workbook.sheets[0] : workbook.sheets.find(({ name }) => name === wanted)
  if (!sheet)
    throw refuse(wanted === undefined ? 'table_empty' : 'sheet_missing', { sheet: wanted, sheets })
  const { sharedStrings: part, formats, from1904 } = workbook
  const strings = part ? readSharedStrings(archive.read(part), part) : undefined
  const source = {
    part: sheet.part,
    read: () => archive.read(sheet.part),
    strings,
    formats,
    from1904,
  }
  return tableOf(
    { format: 'xlsx', sheets, from1904 },
    headerRow,
    (from) => readSheet(source, from),
    async () => {
      await strings?.close()
      archive.close()
    },
  )
}

/** Other zips that people take for a table. */
const refuseOtherZips = (archive: Archive) => {
  const kinds: [(name: string) => boolean, TableReason][] = [
    [(name) => name.endsWith('.iwa') || name === 'index.zip', 'file_is_numbers'],
    [(name) => name === 'xl/workbook.bin', 'file_is_binary_excel'],
    [(name) => name.startsWith('word/') || name.startsWith('ppt/'), 'file_is_document'],
    [(name) => name === 'content.xml', 'file_is_open_document'],
  ]
  for (const [matches, reason] of kinds) if (archive.names.some(matches)) throw refuse(reason)
  if (!archive.has('[Content_Types].xml')) throw refuse('file_is_archive')
}
