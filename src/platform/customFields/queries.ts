import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import * as dictionaryQueries from '../dictionaries/queries.ts'
import { missing } from '../errors/error.ts'
import { customVersion } from '../fields/custom.ts'
import { type Definition, takeDefinitions } from '../fields/definition.ts'
import * as stageQueries from '../stages/queries.ts'

const shown = ['entity', 'position', 'version', 'definition'] as const

/** Everything that administrators shaped, and a number that grows with each change of any of it. */
export const shaped = async (ctx: Pick<Ctx, 'db'>) => {
  // The number first: what changes meanwhile is then looked at once more, never missed.
  const version = await storedVersion(ctx)
  const [items, dictionaries, machines] = [
    await list(ctx),
    await dictionaryQueries.list(ctx),
    await stageQueries.list(ctx),
  ]
  return { version, items, dictionaries, machines }
}

/** Every live definition. */
export const list = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('deleted_at', 'is', null)
    .orderBy('entity')
    .orderBy('position')
    .orderBy('name')
    .execute()
  return rows.map(told)
}

/** The fields that were retired, the latest first; their values are still in the records. */
export const retired = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .orderBy('name')
    .execute()
  return { items: rows.map(told) }
}

export const find = async (ctx: Pick<Ctx, 'db'>, id: string) => {
  const [entity = '', name = ''] = id.split('.')
  const row = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('entity', '=', entity)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw missing()
  return told(row)
}

const told = <R extends { entity: string; definition: Definition }>(row: R) => ({
  ...row,
  id: `${row.entity}.${row.definition.name}`,
})

/** What is there grows by one with every change; what is put away stays as a row. */
const storedVersion = async (ctx: Pick<Ctx, 'db'>) => {
  const { rows } = await sql<{ version: number }>`select (
    select coalesce(sum(version), 0) from custom_field) + (
    select coalesce(sum(version), 0) from dictionary) + (
    select coalesce(sum(version), 0) from stage_machine) as version`.execute(ctx.db)
  return Number(rows[0]?.version ?? 0)
}

let loading: Promise<unknown> = Promise.resolve()

/**
 * Makes what is stored the fields of this process; cheap while nothing has changed. Tells whether
 * something had. One at a time, so that an older answer never comes after a newer one.
 */
export const load = (ctx: Pick<Ctx, 'db'>): Promise<boolean> => {
  const next = loading.then(() => loadNow(ctx))
  loading = next.catch(() => undefined)
  return next
}

const loadNow = async (ctx: Pick<Ctx, 'db'>) => {
  if ((await storedVersion(ctx)) === customVersion()) return false
  takeDefinitions(await shaped(ctx))
  return true
}
