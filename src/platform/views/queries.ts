import { sql } from 'kysely'
import { dependenciesOf } from '../conditions/depends.ts'
import { relationsOf } from '../conditions/relations.ts'
import { type Ctx, everyone } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { missing } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { type Fields, fieldNamed } from '../fields/field.ts'
import { systemFields } from '../fields/system.ts'
import { entities } from '../records/registry.ts'
import type { views } from './contract.ts'
import type { OwnSettings, SavedView, ViewDefinition } from './model.ts'

const shown = ['id', 'entity', 'name', 'owner_id', 'shared_with', 'definition', 'version'] as const

/** The caller's own views and those shared with them, and how they lay this list out. */
export const list = async (ctx: Ctx, { entity, others }: InputOf<typeof views.list>) => {
  const rows = await ctx.db
    .selectFrom('list_view')
    .select(shown)
    .where('entity', '=', entity)
    .where('deleted_at', 'is', null)
    .where(others ? mayPutRight(ctx) : mayShow(ctx))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return {
    items: rows.map((row) => told(ctx, row)).filter((view) => isFor(ctx, view)),
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
    .where(sql<boolean>`(${mayShow(ctx)} or ${mayPutRight(ctx)})`)
    .executeTakeFirst()
  const view = row && told(ctx, row)
  if (!view || !isFor(ctx, view)) throw missing()
  return view
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

/** What is shared is put right, when its owner is gone, by whoever may share as far. */
const mayPutRight = ({ actor }: Ctx) => {
  const reach = actor.reach('views.share') ?? []
  return sql<boolean>`(cardinality(shared_with) > 0 and
    (${reach.includes(everyone)} or shared_with <@ ${[...reach]}::int[]))`
}

const putsRight = ({ actor }: Ctx, sharedWith: readonly number[]) => {
  const reach = actor.reach('views.share') ?? []
  const covered = (each: number) => reach.includes(everyone) || reach.includes(each)
  return sharedWith.length > 0 && sharedWith.every(covered)
}

const told = (ctx: Ctx, row: Omit<SavedView, 'can'>): SavedView => ({
  ...row,
  definition: withoutHidden(ctx, row),
  can: { edit: row.owner_id === ctx.actor.id || putsRight(ctx, row.shared_with) },
})

/** Columns that its reader may not know of are left out; without them a view is still the same. */
const withoutHidden = (ctx: Ctx, { entity, definition }: Omit<SavedView, 'can'>) => {
  const { columns, ...rest } = definition
  const known = columns?.filter(({ name }) => !isHidden(ctx, entity, name))
  return { ...rest, ...(known && { columns: known }) }
}

/** Whether a column may not be known of; whoever changes a view leaves such columns in it. */
export const isHidden = (ctx: Ctx, entity: string, name: string) => {
  const fields = entities().find((each) => each.name === entity)?.fields ?? {}
  const field = fieldNamed(fields, name)
  return field !== undefined && ctx.actor.right(entity, name, field) === 'hidden'
}

const isFor = (ctx: Ctx, view: SavedView) => view.owner_id === ctx.actor.id || fits(ctx, view)

/** A view over what its reader may not see plain would tell of it by its very words. */
const fits = (ctx: Ctx, { entity: name, definition }: SavedView) => {
  const entity = entities().find((each) => each.name === name)
  if (!entity) return false
  const { fields, relations } = usedBy(entity, definition)
  return (
    fields.every((each) => readsPlain(ctx, each)) &&
    relations.every(({ entity: from, relation }) => {
      const along = relationsOf({ name: from }).find((each) => each.name === relation)
      return along !== undefined && ctx.actor.reach(`${along.to.plural}.view`) !== undefined
    })
  )
}

/** The fields and relations that a view cannot do without. */
export const usedBy = (entity: Entity, { filter, sort, group, sum }: ViewDefinition) => {
  const { fields, relations } = dependenciesOf(entity, filter ?? { all: [] })
  const own = [sort?.replace(/^-/, ''), group, sum].filter((each) => each !== undefined)
  return {
    fields: [...fields, ...own.map((field) => ({ entity: entity.name, field }))],
    relations,
  }
}

const readsPlain = (ctx: Ctx, { entity, field: name }: { entity: string; field: string }) => {
  const target = entities().find((each) => each.name === entity)
  const fields: Fields = { ...target?.fields, ...systemFields }
  const field = fieldNamed(fields, name)
  // Related things that are no entity show all that their permission shows.
  if (!target) return entity !== ''
  const right = field && ctx.actor.right(entity, name, field)
  return right === 'write' || right === 'read'
}
