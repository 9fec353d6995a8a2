import { type Ctx, HOME } from '../database/ctx.ts'
import type { Download } from '../door/contract.ts'
import type { Locale } from '../fields/field.ts'
import { cleanFileName } from '../files/fileName.ts'
import type { OpenTable } from '../tables/openTable.ts'
import { writeCsv } from '../tables/writeCsv.ts'
import { writeXlsx } from '../tables/writeXlsx.ts'
import { importPorts } from './ports.ts'
import { type ImportRow, openStored } from './rows.ts'
import { reasonHeading, reasonHeadings } from './words.ts'

/**
 * The failed rows as they were, ready to be corrected and imported again. File and problems are read
 * side by side, both in the order of rows, so that memory stays flat.
 */
export const failuresFile = async (
  ctx: Ctx,
  stored: ImportRow,
  format: 'csv' | 'xlsx',
): Promise<Download> => {
  const open = await openStored(ctx, stored)
  const { locale } = ctx.actor
  const columns = stored.header.flatMap((heading, index) =>
    reasonHeadings.includes(heading.trim()) ? [] : [index],
  )
  const header = [reasonHeading[locale], ...columns.map((index) => stored.header[index] ?? '')]
  const rows = failedRows(ctx, stored.id, open, columns)
  const stem = stored.file_name.replace(/\.[^.]*$/, '')
  const name = cleanFileName(`${stem}_${reasonHeading[locale]}.${format}`)
  if (format === 'csv')
    return { name, mediaType: 'text/csv; charset=utf-8', body: writeCsv(header, rows) }
  return {
    name,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: writeXlsx(header, rows),
  }
}

const failedRows = async function* (
  ctx: Ctx,
  importId: string,
  open: OpenTable,
  columns: readonly number[],
) {
  try {
    const reasons = reasonsByRow(ctx, importId)
    let next = await reasons.next()
    if (next.done) return
    for await (const { number, cells } of open.rows(next.value.row)) {
      if (number !== next.value.row) continue
      yield [next.value.text, ...columns.map((index) => cells[index] ?? '')]
      next = await reasons.next()
      if (next.done) return
    }
  } finally {
    await open.close()
  }
}

const page = 2000

/** Each failed row once, with all its reasons in the reader's language. */
const reasonsByRow = async function* (ctx: Ctx, importId: string) {
  let after = -1
  while (true) {
    const rows = await ctx.db
      .selectFrom('import_problem')
      .select('row_number')
      .distinct()
      .where('customer_id', '=', HOME)
      .where('import_id', '=', importId)
      .where('level', '=', 'error')
      .where('row_number', '>', after)
      .orderBy('row_number')
      .limit(page)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    const problems = await ctx.db
      .selectFrom('import_problem')
      .select(['row_number', 'column_name', 'reason', 'detail'])
      .where('customer_id', '=', HOME)
      .where('import_id', '=', importId)
      .where('level', '=', 'error')
      .where('row_number', '>', after)
      .where('row_number', '<=', last.row_number)
      .orderBy('row_number')
      .orderBy('id')
      .execute()
    for (const [row, list] of Map.groupBy(problems, (each) => each.row_number))
      yield { row, text: list.map((each) => told(ctx.actor.locale, each)).join('；') }
    after = last.row_number
  }
}

type Told = {
  column_name: string | null
  reason: string
  detail: Record<string, string | number> | null
}

/** A problem in the words of a person: the column, then what is wrong with it. */
const told = (locale: Locale, { column_name, reason, detail }: Told): string => {
  const text = importPorts().say(locale, { reason, ...(detail && { values: detail }) })
  if (column_name === null) return text
  return locale === 'zh' ? `${column_name}：${text}` : `${column_name}: ${text}`
}
