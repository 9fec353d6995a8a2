import { randomUUIDv7 } from 'node:crypto'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { holdOrganisation, requireOwn } from '../roles/commands.ts'
import * as roles from '../roles/queries.ts'
import { administrator } from '../roles/rules.ts'
import type { posts } from './contract.ts'
import { find } from './queries.ts'

/** Makes a post; its roles together hold no more than its maker does. */
export const create = async (ctx: Ctx, input: InputOf<typeof posts.create>) => {
  await holdOrganisation(ctx)
  const id = randomUUIDv7()
  await requireFreeName(ctx, id, input.name)
  await requireRoles(ctx, input.roles)
  await ctx.db
    .insertInto('post')
    .values({
      ...{ id, ...input, version: 1 },
      ...{ created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .execute()
  await record(ctx, 'created', { id, ...input })
  return find(ctx, id)
}

/** Changes a post for everybody who holds it, from their next request on. */
export const update = async (ctx: Ctx, input: InputOf<typeof posts.update>) => {
  const { id, version, ...given } = input
  const before = await unchanged(ctx, id, version)
  if (given.name !== undefined) await requireFreeName(ctx, id, given.name)
  if (given.roles) await requireRoles(ctx, [...before.roles, ...given.roles])
  await ctx.db
    .updateTable('post')
    .set({ ...given, version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('id', '=', id)
    .execute()
  await record(ctx, 'updated', { id, name: before.name, before: before.roles, ...given })
  return find(ctx, id)
}

/** Puts a post away that nobody holds any more. */
export const remove = async (ctx: Ctx, { id, version }: InputOf<typeof posts.remove>) => {
  const before = await unchanged(ctx, id, version)
  await requireRoles(ctx, before.roles)
  const held = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('post_id', '=', id)
    .executeTakeFirst()
  if (held) throw new AppError('conflict', 'post_in_use')
  await ctx.db
    .updateTable('post')
    .set({ deleted_at: ctx.now, version: version + 1, updated_at: ctx.now })
    .set({ updated_by: ctx.actor.id })
    .where('id', '=', id)
    .execute()
  await record(ctx, 'deleted', { id, name: before.name })
  return { ok: true as const }
}

const unchanged = async (ctx: Ctx, id: string, version: number) => {
  await holdOrganisation(ctx)
  const before = await find(ctx, id)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return before
}

/** Administrators are named one by one, so that nobody becomes one by a change of post. */
const requireRoles = async (ctx: Ctx, ids: readonly string[]) => {
  if (ids.includes(administrator)) throw badField('roles', 'administrator_by_hand')
  const items = await roles.all(ctx)
  for (const id of ids) {
    const role = items.find((each) => each.id === id)
    if (!role) throw badField('roles', 'role_unknown', { role: id })
    requireOwn(ctx, role)
  }
}

const requireFreeName = async (ctx: Ctx, id: string, name: string) => {
  const taken = await ctx.db
    .selectFrom('post')
    .select('id')
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (taken) throw badField('name', 'name_taken')
}

const record = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `post.${verb}`,
      customer_id: HOME,
      subject_kind: 'post',
      subject_id: HOME,
      payload,
    },
  ])
