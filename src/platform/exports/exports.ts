import type { Condition } from '../conditions/condition.ts'
import { type Ctx, HOME, today } from '../database/ctx.ts'
import type { Download } from '../door/contract.ts'
import { badField } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { toCell } from '../fields/cell.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { text } from '../fields/kinds.ts'
import type { Directory } from '../fields/names.ts'
import { systemFields } from '../fields/system.ts'
import { cleanFileName } from '../files/fileName.ts'
import { directoryOf } from '../imports/ports.ts'
import * as lists from '../lists/lists.ts'
import { customerName } from '../records/present.ts'
import { writeCsv } from '../tables/writeCsv.ts'
import { type ColumnKind, writeXlsx } from '../tables/writeXlsx.ts'
import { titlesOf } from './titles.ts'

type Asked = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  format: 'csv' | 'xlsx'
  columns?: string | undefined
}

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
  async (ctx: Ctx, asked: Asked): Promise<Download> => {
    const columns = columnsOf(ctx, entity, asked.columns)
    const { locale } = ctx.actor
    // Reading the first page first refuses a wrong question before a byte is sent.
    const taken = { count: 0 }
    const rows = counting(await rowsOf(ctx, entity, asked, columns), taken)
    const ended = (db: Ctx['db']) =>
      noteExport({ ...ctx, db }, entity, { ...taken, format: asked.format, columns })
    const name = fileName(ctx, entity, asked.format)
    const header = columns.map(([, field]) => field.label[locale])
    if (asked.format === 'csv')
      return { name, mediaType: 'text/csv; charset=utf-8', body: writeCsv(header, rows), ended }
    const titled = columns.map(([, field]) => ({
      title: field.label[locale],
      kind: columnKind(field),
    }))
    const body = writeXlsx(titled, rows, { sheet: entity.label[locale] })
    return { name, mediaType: xlsxType, body, ended }
  }

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const columnKind = ({ kind }: Field): ColumnKind => {
  if (kind === 'integer' || kind === 'number' || kind === 'money') return 'number'
  return kind === 'date' || kind === 'dateTime' ? kind : 'text'
}

type Columns = [name: string, field: Field][]

const columnsOf = (ctx: Ctx, entity: Entity, asked: string | undefined): Columns => {
  const named = !entity.root && customerName(ctx, '') !== undefined
  const customer: Columns = named ? [['customer_name', customerColumn]] : []
  const own: Columns = [...customer, ...Object.entries<Field>(entity.fields)]
  const readable = [...own, ...Object.entries<Field>(systemFields)].filter(
    ([name, field]) => ctx.actor.right(entity.name, name, field) !== 'hidden',
  )
  if (asked === undefined) return readable.filter(([name]) => !(name in systemFields))
  const names = [...new Set(asked.split(',').map((name) => name.trim()))]
  return names.map((name) => {
    const column = readable.find(([each]) => each === name)
    if (!column) throw badField('columns', 'field_unknown', { field: name })
    return column
  })
}

const customerColumn: Field = text({ label: { zh: '客户', en: 'Customer' } })

type Row = Record<string, unknown>

const rowsOf = async (ctx: Ctx, entity: Entity, asked: Asked, columns: Columns) => {
  const { q, filter, sort } = asked
  const page = (after?: string) =>
    lists.list(ctx, entity, { q, filter, sort, limit: pageSize, after, verb: 'export' })
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
    for (const row of current.items)
      yield columns.map(([name, field]) =>
        field.kind === 'reference'
          ? (titles.get(String(row[name])) ?? '')
          : toCell(field, row[name], directory, ctx.actor.locale),
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

type Export = { count: number; format: string; columns: Columns }

const noteExport = async (ctx: Ctx, entity: Entity, { count, format, columns }: Export) => {
  await emit(ctx, [
    {
      kind: `${entity.name}.exported`,
      customer_id: HOME,
      subject_kind: entity.name,
      subject_id: HOME,
      payload: { count, format, columns: columns.map(([name]) => name) },
    },
  ])
}

/** 客户_20261121_张三.xlsx, as people here name such files. */
const fileName = (ctx: Ctx, entity: Entity, format: string) => {
  const date = today(ctx).replaceAll('-', '')
  return cleanFileName(`${entity.label[ctx.actor.locale]}_${date}_${ctx.actor.name}.${format}`)
}
