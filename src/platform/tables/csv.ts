import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import {
  bomLength,
  detectEncoding,
  type Encoding,
  type Sample,
  sampleText,
  strictDecoder,
  unitBytes,
} from './encoding.ts'
import { unescapeCell } from './escape.ts'
import { refuse, type TableReason } from './refusals.ts'
import { checkedCells, type Row, type Table, tableOf } from './row.ts'
import { detectSeparator, type Separator } from './separator.ts'

/** A bound on memory: a quote that is never closed makes the rest of the file one cell. */
const maxRowBytes = 4 * 1024 * 1024

const rowsAtOnce = 200

/** What ended the text early, if anything did. */
type Trouble = { reason?: TableReason }

type Layout = { path: string; encoding: Encoding; separator: Separator; skip: number }

/** Opens a text file as a table; see `openTable`. */
export const openCsv = async (
  path: string,
  sample: Sample,
  wantedEncoding: Encoding | undefined,
  wantedSeparator: Separator | undefined,
  headerRow?: number,
): Promise<Table> => {
  const encoding = wantedEncoding ?? detectEncoding(sample)
  const text = () => ({ text: sampleText(sample, encoding), whole: sample.whole })
  const separator = wantedSeparator ?? detectSeparator(text())
  const layout = { path, encoding, separator, skip: bomLength(sample.bytes, encoding) }
  return tableOf(
    { format: 'csv', encoding, separator, sheets: [] },
    headerRow,
    (from) => readRows(layout, from),
    async () => {},
  )
}

/** The rows before a trouble are given before it is raised. */
async function* readRows(layout: Layout, from: number): AsyncGenerator<Row[]> {
  const trouble: Trouble = {}
  const parser = parse({
    delimiter: layout.separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: maxRowBytes,
  })
  // Errors reach the loop below through the parser.
  pipeline(Readable.from(readText(layout, trouble)), parser, () => {})
  let batch: Row[] = []
  let number = 0
  let refusal: unknown
  try {
    for await (const record of parser) {
      number++
      if (number < from) continue
      const cells = checkedCells(number, texts(record))
      if (cells.length > 0) batch.push({ number, cells })
      if (batch.length < rowsAtOnce) continue
      yield batch
      batch = []
    }
    if (trouble.reason) refusal = inRow(trouble.reason, number + 1)
  } catch (error) {
    refusal =
      error instanceof CsvError
        ? inRow(trouble.reason ?? reasonOf(error), Number(error.records) + 1)
        : error
  }
  yield batch
  if (refusal) throw refusal

  function inRow(reason: TableReason, row: number) {
    return refuse(reason, { row, encoding: layout.encoding })
  }
}

const texts = (record: unknown): string[] =>
  Array.isArray(record) ? record.map((cell) => unescapeCell(String(cell))) : []

const reasonOf = ({ code }: CsvError): TableReason => {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'quote_unclosed'
  if (code === 'CSV_MAX_RECORD_SIZE') return 'row_too_long'
  return 'quote_misplaced'
}

/**
 * The file's text in pieces that end with a line. At bytes that are not of the encoding it ends
 * early, after the last good line, and notes the trouble: the rows before are then still read, and
 * the row in trouble is the one after them.
 */
async function* readText(
  { path, encoding, skip }: Layout,
  trouble: Trouble,
): AsyncGenerator<string> {
  const decode = strictDecoder(encoding)
  const unit = unitBytes(encoding)
  const breaks = lineBreaks(encoding)
  let rest = Buffer.alloc(0)
  const file = createReadStream(path, { start: skip, highWaterMark: 64 * 1024 })
  for await (const chunk of file) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = breaks.afterLast(bytes, rest.length)
    rest = bytes.subarray(end)
    if (rest.length > maxRowBytes) {
      trouble.reason = 'row_too_long'
      return
    }
    if (end === 0) continue
    const text = decodeLines(bytes.subarray(0, end))
    if (text) yield text
    if (trouble.reason) return
  }
  const last = decodeLines(rest)
  if (last) yield last

  function decodeLines(bytes: Buffer): string {
    try {
      return decode(bytes)
    } catch {
      trouble.reason = 'text_undecodable'
    }
    return decode(bytes.subarray(0, goodLines(bytes)))
  }

  /** Halves the bytes until only the line with the first bad character is left; says where it begins. */
  function goodLines(bytes: Buffer): number {
    let good = 0
    let bad = bytes.length
    while (true) {
      const half = good + (bad - good) / 2
      const middle = breaks.afterLast(bytes.subarray(0, half - (half % unit)), good)
      const end = middle || breaks.afterNext(bytes, good)
      if (end >= bad) return good
      try {
        decode(bytes.subarray(good, end))
        good = end
      } catch {
        bad = end
      }
    }
  }
}

/** Where lines end in undecoded bytes: CR and LF are never a part of another character in any of the encodings. */
const lineBreaks = (encoding: Encoding) => {
  const unit = unitBytes(encoding)
  const low = encoding === 'utf-16be' ? 1 : 0
  const isBreak = (bytes: Buffer, at: number) => {
    const code = bytes[at + low]
    return (code === 10 || code === 13) && (unit === 1 || bytes[at + 1 - low] === 0)
  }
  return {
    /** `from` says up to where there are none. */
    afterLast: (bytes: Buffer, from: number): number => {
      for (let end = bytes.length - (bytes.length % unit); end > from; end -= unit) {
        if (isBreak(bytes, end - unit)) return end
      }
      return 0
    },
    afterNext: (bytes: Buffer, from: number): number => {
      for (let at = from; at < bytes.length; at += unit) if (isBreak(bytes, at)) return at + unit
      return bytes.length
    },
  }
}
