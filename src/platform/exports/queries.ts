import type { Selectable } from 'kysely'
import { type Ctx, everyone, HOME } from '../database/ctx.ts'
import type { Download, InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Entity } from '../fields/entity.ts'
import { storage } from '../files/storage.ts'
import { digestId } from '../imports/digestId.ts'
import { mayName } from '../records/known.ts'
import { entities, entityNamed } from '../records/registry.ts'
import { reachesStill } from '../records/visible.ts'
import type { ExportRun, exportRuns } from './contract.ts'
import { columnsOf, plainAmong, reachOf } from './exports.ts'
import { settingsOf } from './settings.ts'
import type { ExportRunTable } from './table.ts'

export type Run = Selectable<ExportRunTable>

const pageSize = 50

/** The caller's exports, newest first; everybody's with `exports.all`. */
export const list = async (ctx: Ctx, { after }: InputOf<typeof exportRuns.list>) => {
  if (after !== undefined && !/^[0-9a-f-]{36}$/.test(after))
    throw badField('after', 'cursor_not_of_this_list')
  const rows = await runs(ctx)
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const items = rows.slice(0, pageSize).map((row) => answerOf(ctx, row))
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}

export const get = async (ctx: Ctx, { id }: InputOf<typeof exportRuns.get>) =>
  answerOf(ctx, await ownRun(ctx, id))

/**
 * The file, to nobody but who asked for it, and only as long as they may still take those records and
 * fields out.
 */
export const content = async (
  ctx: Ctx,
  { id }: InputOf<typeof exportRuns.content>,
): Promise<Download> => {
  requireExport(ctx, entities())
  const run = await ownRun(ctx, id)
  if (run.created_by !== ctx.actor.id) throw missing()
  const entity = entityNamed(run.entity)
  requireExport(ctx, [entity])
  const expired = run.expires_at !== null && Date.parse(run.expires_at) <= Date.parse(ctx.now)
  if (run.status !== 'done' || run.file_id === null || expired)
    throw new AppError('conflict', expired ? 'export_expired' : 'export_not_ready', {
      facts: { status: run.status },
    })
  requireStill(ctx, entity, run)
  const file = await ctx.db
    .selectFrom('file')
    .select(['sha256', 'size', 'media_type'])
    .where('customer_id', '=', HOME)
    .where('id', '=', run.file_id)
    .executeTakeFirst()
  if (!file) throw new AppError('conflict', 'export_expired')
  await emit(ctx, [
    {
      kind: 'export.downloaded',
      customer_id: HOME,
      subject_kind: 'export',
      subject_id: id,
      payload: { entity: run.entity, count: run.done },
    },
  ])
  return {
    name: run.file_name,
    mediaType: file.media_type,
    size: file.size,
    body: await storage().read(file.sha256),
  }
}

/** Refuses what was made when the person could take out more than they may now. */
const requireStill = (ctx: Ctx, entity: Entity, { columns, plain: then, reach }: Run) => {
  columnsOf(ctx, entity, columns)
  const plain = plainAmong(ctx, entity, then)
  const covered = then.find((name) => !plain.includes(name))
  if (covered !== undefined)
    throw new AppError('forbidden', 'export_covered_since', { facts: { field: covered } })
  if (!reachesStill(reachOf(ctx, entity), reach ?? [[everyone]]))
    throw new AppError('forbidden', 'export_narrowed_since')
}

/** Why the file of a finished export is kept from who asked for it; null where it is not. */
const withheld = (ctx: Ctx, run: Run): string | null => {
  if (run.status !== 'done' || run.created_by !== ctx.actor.id) return null
  try {
    const entity = entityNamed(run.entity)
    requireExport(ctx, [entity])
    requireStill(ctx, entity, run)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.detail.errors?.[0]?.reason ?? error.reason
    throw error
  }
}

const requireExport = ({ actor }: Ctx, kinds: readonly Entity[]) => {
  const permissions = kinds.map(({ plural }) => `${plural}.export`)
  if (!permissions.some((permission) => actor.reach(permission)))
    throw new AppError('forbidden', 'permission_missing', { facts: { permission: permissions[0] } })
}

export const settings = (ctx: Ctx) => settingsOf(ctx)

/** The fields that this person exported last, as far as they still may. */
export const choosing = (entity: Entity) => ({
  exportChoice: async (ctx: Ctx) => {
    const { large_rows } = await settingsOf(ctx)
    const kept = await ctx.db
      .selectFrom('export_choice')
      .select(['columns', 'format'])
      .where('customer_id', '=', HOME)
      .where('id', '=', digestId(entity.name, String(ctx.actor.id)))
      .executeTakeFirst()
    const may = new Set(columnsOf(ctx, entity, 'every').map(([name]) => name))
    const columns = kept?.columns.filter((name) => may.has(name)) ?? []
    return {
      columns: columns.length > 0 ? columns : null,
      format: kept?.format ?? ('xlsx' as const),
      large_rows,
    }
  },
})

const runs = (ctx: Ctx) =>
  ctx.db
    .selectFrom('export_run')
    .selectAll()
    .where('customer_id', '=', HOME)
    .$if(ctx.actor.reach('exports.all') === undefined, (query) =>
      query.where('created_by', '=', ctx.actor.id ?? 0),
    )

export const ownRun = async (ctx: Ctx, id: string): Promise<Run> => {
  const found = await runs(ctx).where('id', '=', id).executeTakeFirst()
  if (!found) throw missing()
  return found
}

export const runById = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Run> =>
  ctx.db
    .selectFrom('export_run')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Fields that the reader may not know of are not among its columns. */
export const answerOf = (ctx: Ctx, run: Run): ExportRun => ({
  id: run.id,
  entity: run.entity,
  status: run.status,
  reason: run.reason,
  withheld: withheld(ctx, run),
  format: run.format,
  columns: run.columns.filter((name) => mayNameColumn(ctx, run.entity, name)),
  total: run.total,
  done: run.done,
  file_name: run.file_name,
  expires_at: run.expires_at,
  created_at: run.created_at,
  created_by: run.created_by,
})

const mayNameColumn = (ctx: Pick<Ctx, 'actor'>, entity: string, name: string) => {
  const fields = entities().find((each) => each.name === entity)?.fields ?? {}
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  return field === undefined || mayName(ctx, entity, name, field)
}
