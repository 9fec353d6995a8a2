import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { compile } from '../conditions/compile.ts'
import { type Ctx, everyone } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField } from '../errors/error.ts'
import { boardable, isTime } from '../lists/groupable.ts'
import { requireGroupable, requireSummable } from '../lists/groups.ts'
import { orderOf } from '../lists/order.ts'
import { entityNamed } from '../records/registry.ts'
import type { views } from './contract.ts'
import type { SavedView, ViewDefinition } from './model.ts'
import { find, isHidden } from './queries.ts'

/** So many views of one list; more tabs than this nobody finds anything in. */
const most = 100

export const create = async (ctx: Ctx, input: InputOf<typeof views.create>) => {
  requireSound(ctx, input.entity, input.definition)
  requireShareable(ctx, input.shared_with)
  const { count } = await ctx.db
    .selectFrom('list_view')
    .select(sql<number>`count(*)`.as('count'))
    .where('owner_id', '=', ctx.actor.id ?? 0)
    .where('entity', '=', input.entity)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count >= most) throw new AppError('conflict', 'views_at_limit', { facts: { most } })
  const id = randomUUIDv7()
  await ctx.db
    .insertInto('list_view')
    .values({
      ...{ id, entity: input.entity, name: input.name, owner_id: ctx.actor.id ?? 0 },
      shared_with: [...new Set(input.shared_with)],
      definition: JSON.stringify(input.definition),
      version: 1,
      ...{ created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id, deleted_at: null },
    })
    .execute()
  return find(ctx, id)
}

export const update = async (ctx: Ctx, input: InputOf<typeof views.update>) => {
  const { before, stored } = await own(ctx, input)
  if (input.definition) requireSound(ctx, before.entity, input.definition)
  if (input.shared_with) requireShareable(ctx, input.shared_with, before.shared_with)
  await ctx.db
    .updateTable('list_view')
    .set({
      name: input.name ?? before.name,
      owner_id: input.owner === 'me' && ctx.actor.id ? ctx.actor.id : before.owner_id,
      shared_with: [...new Set(input.shared_with ?? before.shared_with)],
      definition: JSON.stringify(
        input.definition ? withHidden(ctx, before.entity, input.definition, stored) : stored,
      ),
      version: input.version + 1,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    })
    .where('id', '=', input.id)
    .execute()
  return find(ctx, input.id)
}

export const remove = async (ctx: Ctx, input: InputOf<typeof views.remove>) => {
  await own(ctx, input)
  await ctx.db
    .updateTable('list_view')
    .set({ deleted_at: ctx.now, version: input.version + 1, updated_by: ctx.actor.id })
    .where('id', '=', input.id)
    .execute()
  return { ok: true as const }
}

/** Keeps how the caller lays a list out; it is nobody else's, so the last word counts. */
export const keepOwn = async (ctx: Ctx, input: InputOf<typeof views.keepOwn>) => {
  const { entity, columns, default_view } = input
  entityNamed(entity)
  const kept = { columns: JSON.stringify(columns), default_view, updated_at: ctx.now }
  await ctx.db
    .insertInto('list_setting')
    .values({ person_id: ctx.actor.id ?? 0, entity, ...kept })
    .onConflict((both) => both.columns(['person_id', 'entity']).doUpdateSet(kept))
    .execute()
  return { columns, default_view }
}

const own = async (ctx: Ctx, { id, version }: { id: string; version: number }) => {
  const row = await ctx.db
    .selectFrom('list_view')
    .select('definition')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const before: SavedView = await find(ctx, id)
  if (!before.can.edit) throw new AppError('forbidden', 'view_of_another')
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return { before, stored: row?.definition ?? before.definition }
}

/** The columns that the caller may not know of stay, behind those that they named. */
const withHidden = (ctx: Ctx, entity: string, given: ViewDefinition, stored: ViewDefinition) => {
  const hidden = (stored.columns ?? []).filter(({ name }) => isHidden(ctx, entity, name))
  return given.columns && hidden.length > 0
    ? { ...given, columns: [...given.columns, ...hidden] }
    : given
}

/** What the list itself would refuse is no view. */
const requireSound = (ctx: Ctx, name: string, definition: ViewDefinition) => {
  const { filter, sort, kind, group, sum } = definition
  const entity = entityNamed(name)
  if (filter) compile(ctx, entity, filter, 'definition.filter')
  if (sort) orderOf(ctx, entity, sort)
  if (group) {
    const field = requireGroupable(ctx, entity, group, 'definition.group')
    if ((kind === 'board' && !boardable(field)) || (kind === 'calendar' && !isTime(field)))
      throw badField('definition.group', 'not_groupable', { field: group })
  }
  if (sum) requireSummable(ctx, entity, sum, 'definition.sum')
}

/** Everybody shares with their own department; with others only who may share. */
const requireShareable = (ctx: Ctx, wanted: readonly number[], before: readonly number[] = []) => {
  if (ctx.actor.reach('views.share')) return
  const beyond = wanted.find((each) => each !== ctx.actor.departmentId && !before.includes(each))
  if (beyond === undefined) return
  throw badField('shared_with', 'share_beyond', { with: beyond === everyone ? 0 : beyond })
}
