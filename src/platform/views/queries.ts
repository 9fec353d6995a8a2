import { sql } from 'kysely'
import { leavesOf } from '../conditions/condition.ts'
import { type Ctx, everyone } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { missing } from '../errors/error.ts'
import type { Fields } from '../fields/field.ts'
import { systemFields } from '../fields/system.ts'
import { entities } from '../records/registry.ts'
import type { views } from './contract.ts'
import type { OwnSettings, SavedView, ViewDefinition } from './model.ts'

const shown = ['id', 'entity', 'name', 'owner_id', 'shared_with', 'definition', 'version'] as const

/** The caller's own views and those shared with them, and how they lay this list out. */
export const list = async (ctx: Ctx, { entity }: InputOf<typeof views.list>) => {
  const rows = await ctx.db
    .selectFrom('list_view')
    .select(shown)
    .where('entity', '=', entity)
    .where('deleted_at', 'is', null)
    .where(mayShow(ctx))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return {
    items: rows.map((row) => told(ctx, row)).filter((view) => view.can.edit || fits(ctx, view)),
    own: await ownSettings(ctx, entity),
  }
}

/** One view, if it is the caller's or shared with them. */
export const find = async (ctx: Ctx, id: string): Promise<SavedView> => {
  const row = await ctx.db
    .selectFrom('list_view')
    .select(shown)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where(mayShow(ctx))
    .executeTakeFirst()
  if (!row) throw missing()
  return told(ctx, row)
}

const ownSettings = async (ctx: Ctx, entity: string): Promise<OwnSettings> => {
  const row = await ctx.db
    .selectFrom('list_setting')
    .select(['columns', 'default_view'])
    .where('person_id', '=', ctx.actor.id ?? 0)
    .where('entity', '=', entity)
    .executeTakeFirst()
  return row ?? { columns: {}, default_view: null }
}

const mayShow = ({ actor }: Ctx) => {
  const among = [everyone, ...(actor.departmentId === null ? [] : [actor.departmentId])]
  return sql<boolean>`(owner_id = ${actor.id} or shared_with && ${among}::int[])`
}

const told = (ctx: Ctx, row: Omit<SavedView, 'can'>): SavedView => ({
  ...row,
  can: { edit: row.owner_id === ctx.actor.id },
})

/** A view over fields that its reader sees masked would tell their values by its very words. */
const fits = (ctx: Ctx, { entity: name, definition }: SavedView) => {
  const entity = entities().find((each) => each.name === name)
  const fields: Fields = { ...entity?.fields, ...systemFields }
  return usedBy(definition).every((each) => {
    const field = fields[each]
    const right = field && ctx.actor.right(name, each, field)
    return right === 'write' || right === 'read'
  })
}

const usedBy = ({ filter, sort, group, sum }: ViewDefinition): string[] => [
  ...(filter ? leavesOf(filter).map((leaf) => leaf.field) : []),
  ...[sort?.replace(/^-/, ''), group, sum].filter((each) => each !== undefined),
]
