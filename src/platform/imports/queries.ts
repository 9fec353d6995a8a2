import type { Ctx } from '../database/ctx.ts'
import { HOME } from '../database/ctx.ts'
import type { Download, InputOf } from '../door/contract.ts'
import { badField, missing } from '../errors/error.ts'
import { storage } from '../files/storage.ts'
import type { imports } from './contract.ts'
import { failuresFile } from './failures.ts'
import { importSettings } from './keptDays.ts'
import { answerOf, ownImport, ownImports, readsCells, requireCells, requireKept } from './rows.ts'
import { planUndo } from './standing.ts'

const pageSize = 50
const problemPage = 100

/** The caller's imports, newest first. */
export const list = async (
  ctx: Ctx,
  { after, entity, status, created_by }: InputOf<typeof imports.list>,
) => {
  // Ids are UUIDv7: their order is the order in which the imports were made.
  const rows = await ownImports(ctx)
    .$if(after !== undefined, (query) => query.where('id', '<', idOf(after)))
    .$if(entity !== undefined, (query) => query.where('entity', '=', entity ?? ''))
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'done'))
    .$if(created_by !== undefined, (query) => query.where('created_by', '=', created_by ?? 0))
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const items = rows.slice(0, pageSize).map((row) => answerOf(ctx, row))
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}

export const get = async (ctx: Ctx, { id }: InputOf<typeof imports.get>) =>
  answerOf(ctx, await ownImport(ctx, id))

export const settings = (ctx: Ctx) => importSettings(ctx)

/** How many of its records can be taken back and why the others stay; after an undo, what came of it. */
export const undoPlan = async (ctx: Ctx, { id }: InputOf<typeof imports.undoPlan>) =>
  planUndo(ctx, requireKept(await ownImport(ctx, id)))

/** The problems of the last check or run, in the order of the file. */
export const problems = async (
  ctx: Ctx,
  { id, after, level }: InputOf<typeof imports.problems>,
) => {
  const reads = readsCells(ctx, await ownImport(ctx, id))
  const [row = '', last = ''] = after?.split('.', 2) ?? []
  if (after !== undefined && !/^\d{1,9}$/.test(row))
    throw badField('after', 'cursor_not_of_this_list')
  const found = await ctx.db
    .selectFrom('import_problem')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where('import_id', '=', id)
    .$if(level !== undefined, (query) => query.where('level', '=', level ?? 'error'))
    .$if(after !== undefined, (query) =>
      query.where((each) =>
        each(each.refTuple('row_number', 'id'), '>', each.tuple(Number(row), idOf(last))),
      ),
    )
    .orderBy('row_number')
    .orderBy('id')
    .limit(problemPage + 1)
    .execute()
  const shown = found.slice(0, problemPage)
  const end = shown.at(-1)
  return {
    items: shown.map((each) => ({
      row: each.row_number,
      column: each.column_name,
      reason: each.reason,
      value: reads ? each.value : null,
      level: each.level,
      ...(each.detail && { values: reads ? each.detail : toldOf(each.detail) }),
    })),
    next: found.length > problemPage && end ? `${end.row_number}.${end.id}` : null,
  }
}

/** What a problem tells to whom cells are covered: numbers, but no word, as it may be a cell's. */
const toldOf = (detail: Record<string, string | number>) =>
  Object.fromEntries(
    Object.entries(detail).map(([name, one]) => [name, typeof one === 'number' ? one : '***']),
  )

/** The rows that failed, with their reasons in the first column and all columns of the file behind. */
export const failures = async (ctx: Ctx, { id, format }: InputOf<typeof imports.failures>) =>
  failuresFile(ctx, requireKept(requireCells(ctx, await ownImport(ctx, id))), format)

/** The file as it was uploaded, the zip where it came in one. */
export const original = async (
  ctx: Ctx,
  { id }: InputOf<typeof imports.original>,
): Promise<Download> => {
  const stored = requireKept(requireCells(ctx, await ownImport(ctx, id)))
  const file = await ctx.db
    .selectFrom('file')
    .select(['sha256', 'size', 'media_type'])
    .where('customer_id', '=', HOME)
    .where('id', '=', stored.archive_file_id ?? stored.file_id)
    .executeTakeFirst()
  if (!file) throw missing()
  return {
    name: stored.file_name,
    mediaType: file.media_type,
    size: file.size,
    body: await storage().read(file.sha256),
  }
}

const idOf = (text: string | undefined) => {
  if (!text || !/^[0-9a-f-]{36}$/.test(text)) throw badField('after', 'cursor_not_of_this_list')
  return text
}
