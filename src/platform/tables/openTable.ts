import { type FileHandle, open } from 'node:fs/promises'
import { openCsv } from './csv.ts'
import { encodings, type Sample } from './encoding.ts'
import { refuse, type TableReason } from './refusals.ts'
import type { Table } from './row.ts'
import { separators } from './separator.ts'
import { refuseOtherKinds } from './sniff.ts'
import { openXlsx } from './xlsx.ts'

const sampleBytes = 256 * 1024

export type OpenOptions = {
  /** Which sheet of a workbook; without it the first visible one. */
  sheet?: string | null | undefined
  /** One of `encodings` to take a text file for; found out without it. */
  encoding?: string | null | undefined
  /** One of `separators`; found out without it. */
  separator?: string | null | undefined
  /** The row that holds the titles, or one of the empty ones before it; the first of the table without it. */
  headerRow?: number | undefined
  /** The most bytes that the parts read of a workbook may have once inflated; 1 GB without it. */
  inflatedBytes?: number
}

export type OpenTable = Awaited<ReturnType<typeof openTable>>

/**
 * Opens a CSV or XLSX file, told apart by content, not by name, and reads as far as the header, the
 * first row with anything in it. Memory does not grow with the file. Whoever opens it closes it.
 * Refuses (AppError, reasons in `tableRefusals`) what is no table, broken or beyond the limits; rows
 * that turn out so are refused while they are read, with their number in the facts.
 */
export const openTable = async (path: string, options: OpenOptions = {}): Promise<Table> => {
  const encoding = oneOf(encodings, options.encoding, 'encoding_unknown')
  const separator = oneOf(separators, options.separator, 'separator_unknown')
  const sample = await readSample(path)
  const kind = await refuseOtherKinds(path, sample, encoding)
  return kind === 'zip'
    ? openXlsx(path, options.sheet ?? undefined, options.inflatedBytes, options.headerRow)
    : openCsv(path, sample, encoding, separator, options.headerRow)
}

const oneOf = <const T extends string>(
  known: readonly T[],
  wanted: string | null | undefined,
  reason: TableReason,
): T | undefined => {
  if (wanted === null || wanted === undefined) return undefined
  const found = known.find((one) => one === wanted)
  if (found === undefined) throw refuse(reason, { wanted, known })
  return found
}

const readSample = async (path: string): Promise<Sample> => {
  const file = await openFile(path)
  try {
    const stat = await file.stat()
    if (stat.isDirectory()) throw refuse('file_is_folder')
    if (stat.size === 0) throw refuse('file_empty')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    return { bytes: buffer.subarray(0, bytesRead), whole: bytesRead === stat.size }
  } finally {
    await file.close()
  }
}

const openFile = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') throw refuse('file_missing')
    if (code === 'EACCES' || code === 'EPERM') throw refuse('file_unreadable')
    if (code === 'EISDIR') throw refuse('file_is_folder')
    throw error
  }
}
