import { sql } from 'kysely'
import { type Ctx, everyone, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { departmentUses } from '#platform/records/departmentUses.ts'
import { rootEntity } from '#platform/records/registry.ts'
import { viewsFor } from '#platform/views/uses.ts'
import { actorFrom, everybody, type Held } from '../holders/queries.ts'
import { holdOrganisation } from '../roles/commands.ts'
import { kinds } from '../roles/queries.ts'
import { administers, gainBeyond } from '../roles/rules.ts'
import type { departments } from './contract.ts'
import { find, list, under } from './queries.ts'

/** Makes a department; only the first one, the organisation itself, has no parent. */
export const create = async (ctx: Ctx, input: { name: string; parent_id: number | null }) => {
  await holdOrganisation(ctx)
  if (input.parent_id !== null) await find(ctx, input.parent_id)
  const row = await ctx.db
    .insertInto('department')
    .values({ ...input, version: 1, ...stamps(ctx), deleted_at: null })
    .returning(['id', 'name', 'parent_id', 'version'])
    .executeTakeFirstOrThrow()
  await record(ctx, 'created', { id: row.id, name: row.name })
  return row
}

/**
 * Changes a department. Moving it shows what is its own to those above, and what is shared with those
 * above to its people: nobody moves what they do not see, nor gives anybody more by it than they hold.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof departments.update>) => {
  const before = await unchanged(ctx, input)
  const { id, version, ...values } = input
  const moves = values.parent_id !== undefined && values.parent_id !== before.parent_id
  if (values.parent_id !== undefined) await requireTree(ctx, id, values.parent_id, before.parent_id)
  if (moves) await requireSeen(ctx, id)
  const held = moves ? await everybody(ctx) : []
  const row = await ctx.db
    .updateTable('department')
    .set({ ...values, version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('id', '=', id)
    .returning(['id', 'name', 'parent_id', 'version'])
    .executeTakeFirstOrThrow()
  if (moves) await requireNoGain(ctx, held)
  await record(ctx, 'updated', { id, ...values })
  return row
}

/**
 * Puts an empty department away: people and departments in it must move first; records that name it, and
 * whatever reaches it or is shared with it, has to be given another, as its name would be lost to them.
 */
export const remove = async (ctx: Ctx, input: InputOf<typeof departments.remove>) => {
  const before = await unchanged(ctx, input)
  if (before.parent_id === null) throw new AppError('conflict', 'organisation_stays')
  const below = await ctx.db
    .selectFrom('department')
    .select('id')
    .where('parent_id', '=', input.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const inside = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('department_id', '=', input.id)
    .executeTakeFirst()
  if (below || inside) throw new AppError('conflict', 'department_not_empty')
  const uses = {
    ...(await departmentUses(ctx, input.id)),
    views: await viewsFor(ctx, input.id),
    ...(await reaching(ctx, input.id)),
  }
  if (Object.values(uses).some((count) => count > 0))
    throw new AppError('conflict', 'department_in_use', { facts: uses })
  await ctx.db
    .updateTable('department')
    .set({ deleted_at: ctx.now, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('id', '=', input.id)
    .execute()
  await record(ctx, 'deleted', { id: input.id, name: before.name })
  return { ok: true as const }
}

/** The roles, and the people in service, whose listed departments this one is among. */
const reaching = async ({ db }: Ctx, id: number) => {
  const { rows } = await sql<{ roles: number; people: number }>`select
    (select count(*)::int from role where deleted_at is null and ${id} = any(departments)) as roles,
    (select count(*)::int from person where active and ${id} = any(scope_departments)) as people
  `.execute(db)
  return rows[0] ?? { roles: 0, people: 0 }
}

const unchanged = async (ctx: Ctx, input: { id: number; version: number }) => {
  await holdOrganisation(ctx)
  const before = await find(ctx, input.id)
  if (before.version !== input.version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return before
}

/** A department may not come to stand below itself, and the organisation stays on top. */
const requireTree = async (ctx: Ctx, id: number, parent: number, before: number | null) => {
  if (before === null) throw badField('parent_id', 'organisation_stays')
  const { items } = await list(ctx)
  const parents = new Map(items.map((each) => [each.id, each.parent_id]))
  if (!parents.has(parent)) throw badField('parent_id', 'department_unknown')
  for (let at: number | null | undefined = parent; at; at = parents.get(at))
    if (at === id) throw badField('parent_id', 'department_below_itself')
}

const requireSeen = async (ctx: Ctx, id: number) => {
  if (ctx.actor.reach(administers)) return
  const permission = `${rootEntity().plural}.view`
  const reach = ctx.actor.reach(permission) ?? []
  const { rows } = await sql<{ id: number }>`${under(id)}`.execute(ctx.db)
  if (!reach.includes(everyone) && !rows.every((each) => reach.includes(each.id)))
    throw beyondOwn(permission)
}

const requireNoGain = async (ctx: Ctx, held: readonly Held[]) => {
  const actors = new Map(held.map((each) => [each.id, actorFrom(each)]))
  for (const each of await everybody(ctx)) {
    const change = { before: actors.get(each.id), after: actorFrom(each) }
    const permission = gainBeyond(ctx.actor, change, kinds())
    if (permission) throw beyondOwn(permission)
  }
}

const beyondOwn = (permission: string) =>
  new AppError('forbidden', 'rights_beyond_own', { facts: { permission } })

const stamps = (ctx: Ctx) => ({
  created_at: ctx.now,
  created_by: ctx.actor.id,
  updated_at: ctx.now,
  updated_by: ctx.actor.id,
})

const record = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `department.${verb}`,
      customer_id: HOME,
      subject_kind: 'department',
      subject_id: HOME,
      payload,
    },
  ])
