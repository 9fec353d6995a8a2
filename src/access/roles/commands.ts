import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, everyone, HOME } from '#platform/database/ctx.ts'
import { inTurn } from '#platform/database/locks.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { entities } from '#platform/records/registry.ts'
import type { rolesContract } from './contract.ts'
import { actorOf, beyondCaller, find, kinds } from './queries.ts'
import { administrator, furtherKeys, type Rights, type Role } from './rules.ts'

type Given = InputOf<typeof rolesContract.create>

/** Makes a role. It can hold no more than its maker does. */
export const create = async (ctx: Ctx, input: Given) => {
  await holdOrganisation(ctx)
  const id = randomUUIDv7()
  await requireSound(ctx, id, input)
  requireOwn(ctx, { id, ...input })
  await ctx.db
    .insertInto('role')
    .values({
      ...stored(input),
      ...{ id, built_in: false, version: 1 },
      ...{ created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .execute()
  await record(ctx, 'created', { id, ...input })
  return find(ctx, id)
}

/**
 * Changes a role for everybody who holds it, from their next request on. Neither what it held before
 * nor what it will hold may be more than the caller's own; the administrator's rights stay.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof rolesContract.update>) => {
  const { id, version, ...given } = input
  const { people: _people, built_in: _, ...before } = await unchanged(ctx, id, version)
  if (id === administrator && (given.rights || given.departments))
    throw new AppError('conflict', 'administrator_stays')
  const wanted = {
    ...before,
    label: given.label ?? named(before.label),
    description: given.description ?? before.description,
    default_scope: given.default_scope ?? before.default_scope,
    departments: given.departments ?? before.departments,
    rights: given.rights ?? before.rights,
  }
  await requireSound(ctx, id, wanted)
  requireOwn(ctx, before)
  requireOwn(ctx, wanted)
  await ctx.db
    .updateTable('role')
    .set({
      ...stored(wanted),
      ...{ version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id },
    })
    .where('id', '=', id)
    .execute()
  await record(ctx, 'updated', { id, before: only(before, given), after: given })
  return find(ctx, id)
}

/** Puts a role away that nobody holds any more. */
export const remove = async (ctx: Ctx, input: InputOf<typeof rolesContract.remove>) => {
  const before = await unchanged(ctx, input.id, input.version)
  if (before.built_in) throw new AppError('conflict', 'built_in_role_stays')
  requireOwn(ctx, before)
  const { rows } = await sql`select 1 from person where ${input.id} = any(roles) union all
    select 1 from post where deleted_at is null and ${input.id} = any(roles) limit 1`.execute(
    ctx.db,
  )
  if (rows.length > 0) throw new AppError('conflict', 'role_in_use')
  await ctx.db
    .updateTable('role')
    .set({ deleted_at: ctx.now, version: input.version + 1, updated_at: ctx.now })
    .set({ updated_by: ctx.actor.id })
    .where('id', '=', input.id)
    .execute()
  await record(ctx, 'deleted', { id: input.id, label: before.label })
  return { ok: true as const }
}

/**
 * Holds the organisation for this transaction: people, departments, posts and roles change one after
 * the other, as what each change must keep (an administrator, a tree, the version that was seen)
 * spans rows.
 */
export const holdOrganisation = (ctx: Ctx) => inTurn(ctx.db, 'organisation')

/**
 * Refuses a role that holds more than the caller. Who will hold it is open, so each of its scopes
 * counts as everything.
 */
export const requireOwn = (ctx: Ctx, role: Role) => {
  const anybody = {
    id: everyone,
    department_id: everyone,
    scope: 'all',
    name: '',
    locale: 'zh',
  } as const
  const widest = {
    ...anybody,
    ...{ scope_departments: [], roles: [{ ...role, departments: [everyone] }] },
    below: { [everyone]: [everyone] },
  }
  const permission = beyondCaller(ctx, actorOf(widest))
  if (permission) throw new AppError('forbidden', 'rights_beyond_own', { facts: { permission } })
}

const unchanged = async (ctx: Ctx, id: string, version: number) => {
  await holdOrganisation(ctx)
  const before = await find(ctx, id)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return before
}

const named = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })

const stored = ({ label, rights, description, default_scope, departments }: Given) => ({
  label: JSON.stringify({ zh: label.zh, en: label.en || label.zh }),
  rights: JSON.stringify(rights),
  ...{ description, default_scope, departments },
})

const only = (before: Record<string, unknown>, given: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(given).map((name) => [name, before[name]]))

const requireSound = async (ctx: Ctx, id: string, { label, rights, departments }: Given) => {
  const taken = await ctx.db
    .selectFrom('role')
    .select('id')
    .where(sql<string>`label ->> 'zh'`, '=', label.zh)
    .where('deleted_at', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (taken) throw badField('label.zh', 'name_taken')
  requireKnown(rights)
  if (departments.length === 0) return
  const known = await ctx.db
    .selectFrom('department')
    .select('id')
    .where('id', 'in', departments)
    .where('deleted_at', 'is', null)
    .execute()
  if (known.length < new Set(departments).size) throw badField('departments', 'department_unknown')
}

/** A slip in a name would grant nothing, or nothing yet, without anybody noticing. */
const requireKnown = ({ kinds: given, keys, fields }: Rights) => {
  const known = new Set(['*', ...kinds().map(({ name }) => name)])
  for (const name of Object.keys(given))
    if (!known.has(name)) throw badField(`rights.kinds.${name}`, 'entity_unknown', { entity: name })
  for (const key of keys)
    if (!Object.hasOwn(furtherKeys, key))
      throw badField('rights.keys', 'permission_unknown', { key })
  for (const path of Object.keys(fields)) {
    const [entity, name = ''] = path.split('.')
    const own = entities().find((each) => each.name === entity)
    if (!own || !Object.hasOwn(own.fields, name))
      throw badField(`rights.fields.${path}`, 'field_unknown', { field: path })
  }
}

const record = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `role.${verb}`,
      customer_id: HOME,
      subject_kind: 'role',
      subject_id: HOME,
      payload,
    },
  ])
