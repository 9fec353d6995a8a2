import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'
import { escapeCell } from './escape.ts'
import type { Separator } from './separator.ts'

type CsvOptions = {
  /** UTF-8 with a mark without it: Excel takes a file without one for the system's own encoding. */
  encoding?: 'utf-8-bom' | 'utf-8' | 'gb18030'
  separator?: Separator
  /** A line above the heading. */
  note?: string | undefined
}

const rowsAtOnce = 500

/**
 * A CSV file (RFC 4180, CRLF) in pieces, as fast as it is taken. Cells that a spreadsheet would
 * compute are escaped (`escapeCell`); `openTable` gives back the same texts, except that a lone
 * surrogate becomes U+FFFD and that GB18030 reads 19 private-use characters as the standard ones
 * that its 2022 edition put there.
 */
export async function* writeCsv(
  header: string[],
  rows: AsyncIterable<string[]> | Iterable<string[]>,
  options: CsvOptions = {},
): AsyncGenerator<Buffer> {
  const encoding = options.encoding ?? 'utf-8-bom'
  const toBytes = (batch: string[][]): Buffer => {
    const text = stringify(
      batch.map((cells) => cells.map(escapeCell)),
      {
        delimiter: options.separator ?? ',',
        record_delimiter: '\r\n',
        // Each separator is quoted, so that the right one is found; a mark too, so that it is not taken for the file's.
        quoted_match: /[,;|\t\r\n\uFEFF]/,
      },
    ).toWellFormed()
    return encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(text)
  }
  if (encoding === 'utf-8-bom') yield Buffer.from('\uFEFF')
  let batch = options.note === undefined ? [header] : [[options.note], header]
  for await (const cells of rows) {
    batch.push(cells)
    if (batch.length < rowsAtOnce) continue
    yield toBytes(batch)
    batch = []
  }
  if (batch.length > 0) yield toBytes(batch)
}
