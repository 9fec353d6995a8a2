import type { Condition } from '../conditions/condition.ts'
import { type Ctx, HOME, today } from '../database/ctx.ts'
import type { Download } from '../door/contract.ts'
import { requireOwnSecret } from '../encryption/encryption.ts'
import { AppError, badField } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { toCell } from '../fields/cell.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { headingsApart } from '../fields/headings.ts'
import type { Directory } from '../fields/names.ts'
import { systemFields } from '../fields/system.ts'
import { cleanFileName } from '../files/fileName.ts'
import { directoryOf } from '../imports/ports.ts'
import * as lists from '../lists/lists.ts'
import { reads } from '../records/known.ts'
import { entityNamed, rootEntity } from '../records/registry.ts'
import { type Reach, reachOfAll } from '../records/visible.ts'
import { writeCsv } from '../tables/writeCsv.ts'
import { type ColumnKind, writeXlsx } from '../tables/writeXlsx.ts'
import type { Format } from './contract.ts'
import { customerColumns } from './customerColumns.ts'
import { settingsOf } from './settings.ts'
import { customerNumbers, titlesOf } from './titles.ts'

type Rows = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  ids?: readonly string[] | undefined
  format: Format
}
type Question = Rows & { columns?: string | undefined }
type Asked = Rows & { columns?: readonly string[] | undefined }

/** Rows are read and written in pages of this size, so that memory stays flat. */
const pageSize = 1000

/**
 * The handler that answers a list as a file: the rows a reader would see, in the order asked for, all
 * readable fields or the named ones, masked where the reader sees them masked. When it ends or breaks
 * off it writes the event `<entity>.exported` with the columns and the number of rows that were taken
 * out until then, never the contents.
 */
export const exporting =
  (entity: Entity) =>
  async (ctx: Ctx, { columns, ...asked }: Question): Promise<Download> => {
    const names = columns?.split(',').map((name) => name.trim())
    const taken = { count: 0 }
    const total = await requireAmount(ctx, entity, asked)
    const file = await exportFile(ctx, entity, { ...asked, columns: names }, { total, taken })
    const { q, filter, format } = asked
    const ended = (db: Ctx['db']) =>
      noteExport({ ...ctx, db }, entity, { ...taken, format, columns: file.columns, q, filter })
    return {
      name: fileName(ctx, entity, format),
      mediaType: file.mediaType,
      body: file.body,
      ended,
    }
  }

/**
 * How many rows an export would take out. Refuses when they are more than this person may take without
 * `exports.large`.
 */
export const requireAmount = async (
  ctx: Ctx,
  entity: Entity,
  { q, filter, ids }: Pick<Asked, 'q' | 'filter' | 'ids'>,
): Promise<number> => {
  const { large_rows: limit } = await settingsOf(ctx)
  const { count } = await lists.count(ctx, entity, { q, filter, ids, verb: 'export', exact: true })
  if (count >= limit && !ctx.actor.reach('exports.large'))
    throw new AppError('forbidden', 'export_too_large', { facts: { count, limit } })
  return count
}

/**
 * The rows of a question as a file, with a line above the heading that says who took them out, when
 * and how many. `taken` counts them as they leave.
 */
export const exportFile = async (
  ctx: Ctx,
  entity: Entity,
  asked: Asked,
  { total, taken }: { total: number; taken: { count: number } },
) => {
  const columns = columnsOf(ctx, entity, asked.columns)
  // A column that cannot be read would go out empty, as if there had been nothing.
  if (columns.some(([, field]) => field.encrypted)) requireOwnSecret()
  const { locale } = ctx.actor
  const note = await watermark(ctx, entity, total)
  // Reading the first page first refuses a wrong question before a byte is sent.
  const rows = counting(await rowsOf(ctx, entity, asked, columns), taken)
  const names = columns.map(([name]) => name)
  const header = headingsApart(columns, locale)
  if (asked.format === 'csv')
    return { mediaType: csvType, body: writeCsv(header, rows, { note }), columns: names }
  const titled = columns.map(([, field], place) => ({
    title: header[place] ?? '',
    kind: columnKind(field),
  }))
  const body = writeXlsx(titled, rows, { sheet: entity.label[locale], note })
  return { mediaType: xlsxType, body, columns: names }
}

/** Seen by whoever gets the file by chance; an import passes over it. */
const watermark = async (ctx: Ctx, { label, plural }: Entity, count: number) => {
  const { name, locale } = ctx.actor
  const settings = await settingsOf(ctx)
  if (!settings.watermark) return undefined
  const words = settings.watermark_words || usualWords[locale]
  const at = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(ctx.now))
  return locale === 'zh'
    ? `${words} · ${name} ${at} 导出${label.zh} ${count} 条`
    : `${words} · ${name} exported ${count} ${plural} at ${at}`
}

const usualWords = { zh: '仅供内部使用', en: 'Internal use only' }

const csvType = 'text/csv; charset=utf-8'
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const columnKind = ({ kind }: Field): ColumnKind => {
  if (kind === 'integer' || kind === 'number' || kind === 'money') return 'number'
  return kind === 'date' || kind === 'dateTime' ? kind : 'text'
}

type Columns = [name: string, field: Field][]

/** The fields that a person may take out: all own ones, those that are asked for, or every one there is. */
export const columnsOf = (
  ctx: Ctx,
  entity: Entity,
  asked: readonly string[] | 'every' | undefined,
): Columns => {
  const customer = entity.root ? [] : customerColumnsFor(ctx)
  const own: Columns = [...customer, ...Object.entries<Field>(entity.fields)]
  const readable = [...own, ...Object.entries<Field>(systemFields)].filter(
    ([name, field]) => ctx.actor.right(entity.name, name, field) !== 'hidden',
  )
  if (asked === 'every') return readable
  if (asked === undefined) return readable.filter(([name]) => !(name in systemFields))
  return [...new Set(asked)].map((name) => {
    const column = readable.find(([each]) => each === name)
    if (!column) throw badField('columns', 'field_unknown', { field: name })
    return column
  })
}

/** How far the person may take records of a kind out: as far as they see them, too. */
export const reachOf = (ctx: Pick<Ctx, 'actor'>, { plural }: Entity): Reach =>
  reachOfAll(ctx, [`${plural}.view`, `${plural}.export`])

/** Which of these columns the person sees plain: also what a reference or a customer is called. */
export const plainAmong = (
  ctx: Pick<Ctx, 'actor'>,
  entity: Entity,
  columns: readonly string[],
): string[] => {
  const isPlain = (of: Entity, name: string) => reads(ctx, of, name)
  return columns.filter((name) => {
    const whose = customerColumns(rootEntity()).find((each) => each.name === name)
    if (whose) return isPlain(rootEntity(), whose.of)
    const field = entity.fields[name]
    const to = field && 'to' in field && typeof field.to === 'string' ? field.to : undefined
    const titled = to === undefined || isPlain(entityNamed(to), entityNamed(to).title)
    return isPlain(entity, name) && titled
  })
}

const customerColumnsFor = (ctx: Ctx): Columns => {
  const root = rootEntity()
  return customerColumns(root).flatMap(({ name, of, field }) => {
    const told = root.fields[of]
    return told && ctx.actor.right(root.name, of, told) !== 'hidden' ? [[name, field]] : []
  })
}

type Row = Record<string, unknown>

const rowsOf = async (ctx: Ctx, entity: Entity, asked: Asked, columns: Columns) => {
  const { q, filter, sort, ids } = asked
  const page = (after?: string) =>
    lists.list(ctx, entity, { q, filter, sort, ids, limit: pageSize, after, verb: 'export' })
  const directory = await directoryOf(ctx)
  return walk(ctx, await page(), page, columns, directory)
}

const walk = async function* (
  ctx: Ctx,
  first: lists.Page<Row>,
  page: (after: string) => Promise<lists.Page<Row>>,
  columns: Columns,
  directory: Directory,
) {
  for (let current = first; ; current = await page(current.next)) {
    const titles = await titlesOf(ctx, columns, current.items)
    const numbered = columns.some(([name]) => name === 'customer_number')
    const numbers = numbered ? await customerNumbers(ctx, current.items) : undefined
    for (const row of current.items)
      yield columns.map(([name, field]) =>
        field.kind === 'reference'
          ? (titles.get(String(row[name])) ?? '')
          : toCell(
              field,
              name === 'customer_number' ? numbers?.get(String(row.customer_id)) : row[name],
              directory,
              ctx.actor.locale,
            ),
      )
    if (current.next === null) return
  }
}

const counting = async function* <T>(rows: AsyncIterable<T>, taken: { count: number }) {
  for await (const row of rows) {
    taken.count += 1
    yield row
  }
}

type Noted = {
  count: number
  format: Format
  columns: readonly string[]
  q?: string | undefined
  filter?: Condition | undefined
  picked?: number | undefined
  export_id?: string
}

/** What left the house, by whom, by which question: fields and number, never the contents. */
export const noteExport = async (ctx: Ctx, entity: Entity, noted: Noted) => {
  await emit(ctx, [
    {
      kind: `${entity.name}.exported`,
      customer_id: HOME,
      subject_kind: entity.name,
      subject_id: HOME,
      payload: { ...noted },
    },
  ])
}

/** 客户_20261121_张三.xlsx, as people here name such files. */
export const fileName = (ctx: Ctx, entity: Entity, format: string) => {
  const date = today(ctx).replaceAll('-', '')
  return cleanFileName(`${entity.label[ctx.actor.locale]}_${date}_${ctx.actor.name}.${format}`)
}
