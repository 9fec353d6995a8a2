import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { weaknessOf } from '#platform/accounts/passwords.ts'
import { createAccount, endSessions, removeKeys, setPassword } from '#platform/accounts/stored.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { regrant } from '#platform/records/regrant.ts'
import * as departments from '../departments/queries.ts'
import { rightsOf } from '../holders/queries.ts'
import * as posts from '../posts/queries.ts'
import { holdOrganisation } from '../roles/commands.ts'
import * as roles from '../roles/queries.ts'
import { administrator, scopes } from '../roles/rules.ts'
import type { people } from './contract.ts'
import { accountNamed, find, organisation } from './queries.ts'

/**
 * Makes a person with an account to sign in with, who may do no more than their maker. A password that
 * was `given` by somebody else is changed at the first sign-in.
 */
export const create = async (
  ctx: Ctx,
  input: InputOf<typeof people.create>,
  given = ctx.actor.id !== null,
) => {
  await holdOrganisation(ctx)
  await requireDepartment(ctx, input.department_id)
  const taken = await ctx.db
    .selectFrom('person')
    .select('id')
    .where((where) => where(where.fn('lower', ['username']), '=', input.username.toLowerCase()))
    .executeTakeFirst()
  if (taken) throw badField('username', 'username_taken')
  await requireStrong(ctx, 'password', input)
  await requireFreeEmail(ctx, input.email)
  const post_id = input.post_id ?? null
  const usual = await usualScope(ctx, input.roles, post_id)
  const userId = randomUUIDv7()
  await createAccount(ctx.db, { userId, now: ctx.now, ...input })
  const { id } = await ctx.db
    .insertInto('person')
    .values({
      username: input.username,
      name: input.name,
      department_id: input.department_id,
      ...{ roles: input.roles, post_id },
      scope: input.scope ?? usual,
      scope_departments: input.scope_departments ?? [],
      locale: 'zh',
      active: true,
      email: input.email ?? null,
      password_given: given,
      auth_user_id: userId,
      version: 1,
      created_at: ctx.now,
      created_by: ctx.actor.id,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await requireNotBeyond(ctx, id)
  await record(ctx, 'created', { id, name: input.name, roles: input.roles, post_id })
  return find(ctx, id)
}

/**
 * Changes a person; one who is put out of service loses every session at once. Neither before nor after
 * may the person do more than the caller, who could else sign in as them.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof people.update>) => {
  const { id, version, password, ...given } = input
  await holdOrganisation(ctx)
  const before = await find(ctx, id)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  await requireNotBeyond(ctx, id)
  if (given.department_id !== undefined) await requireDepartment(ctx, given.department_id)
  if (password) await requireStrong(ctx, 'password', { username: before.username, password })
  await requireFreeEmail(ctx, given.email, id)
  const held = {
    roles: given.roles ?? before.roles,
    post_id: given.post_id === undefined ? before.post_id : given.post_id,
  }
  const values = {
    ...given,
    ...(password && { password_given: ctx.actor.id !== id }),
    ...((given.roles || given.post_id !== undefined) && {
      scope: given.scope ?? (await usualScope(ctx, held.roles, held.post_id)),
    }),
  }
  const demoted =
    before.roles.includes(administrator) &&
    before.active &&
    (values.active === false || !held.roles.includes(administrator))
  if (demoted) await requireAnotherAdministrator(ctx, id)
  if (values.active === false && ctx.actor.id === id) throw new AppError('conflict', 'own_account')
  await ctx.db
    .updateTable('person')
    .set({ ...values, version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('id', '=', id)
    .execute()
  await requireNotBeyond(ctx, id)
  if (values.department_id !== undefined && values.department_id !== before.department_id)
    await regrant(ctx, id, before.department_id, values.department_id)
  const account = await accountNamed(ctx, id)
  if (account && password) await setPassword(ctx.db, account, password, ctx.now)
  // Who needs a password from somebody else may have lost more than the old one.
  if (account && password && ctx.actor.id !== id) await removeKeys(ctx.db, account)
  if (account && values.active === false) await endSessions(ctx.db, account)
  await record(ctx, 'updated', { id, changes: values, ...(password && { password: true }) })
  return find(ctx, id)
}

export const updateMe = async (ctx: Ctx, input: InputOf<typeof people.updateMe>) => {
  await ctx.db
    .updateTable('person')
    .set({ locale: input.locale })
    .where('id', '=', ctx.actor.id ?? 0)
    .execute()
  return { ok: true as const }
}

/** The person takes a password of their own; every session ends but the one that is kept. */
export const choosePassword = async (
  ctx: Ctx,
  field: string,
  chosen: { id: number; account: string; username: string; password: string; keep?: string },
) => {
  await requireStrong(ctx, field, chosen)
  await setPassword(ctx.db, chosen.account, chosen.password, ctx.now, chosen.keep)
  await ctx.db
    .updateTable('person')
    .set({ password_given: false })
    .where('id', '=', chosen.id)
    .execute()
  await record(ctx, 'updated', { id: chosen.id, password: true })
}

const requireStrong = async (
  ctx: Ctx,
  field: string,
  { username, password }: { username: string; password: string },
) => {
  const weakness = await weaknessOf(password, [username, await organisation(ctx)])
  if (weakness) throw badField(field, weakness)
}

const requireFreeEmail = async (ctx: Ctx, email: string | null | undefined, id = 0) => {
  if (!email) return
  const taken = await ctx.db
    .selectFrom('person')
    .select('id')
    .where((where) => where(where.fn('lower', ['email']), '=', email.toLowerCase()))
    .where('id', '!=', id)
    .executeTakeFirst()
  if (taken) throw badField('email', 'email_taken')
}

const requireDepartment = async (ctx: Ctx, id: number) => {
  const { items } = await departments.list(ctx)
  if (!items.some((each) => each.id === id)) throw badField('department_id', 'department_unknown')
}

/** What the roles usually reach, the widest of them; refuses roles and posts that are not there. */
const usualScope = async (ctx: Ctx, ids: readonly string[], post_id: string | null) => {
  const post = (await posts.list(ctx)).items.find(({ id }) => id === post_id)
  if (post_id !== null && !post) throw badField('post_id', 'post_unknown')
  if (ids.length === 0 && !post) throw badField('roles', 'required')
  const items = await roles.all(ctx)
  const usual = [...ids, ...(post?.roles ?? [])].map((id) => {
    const role = items.find((each) => each.id === id)
    if (!role) throw badField('roles', 'role_unknown', { role: id })
    return scopes.indexOf(role.default_scope)
  })
  return scopes[Math.max(...usual)] ?? 'own'
}

/** By password or roles, who manages people could else come to what they do not hold themselves. */
export const requireNotBeyond = async (ctx: Ctx, id: number) => {
  const permission = roles.beyondCaller(ctx, await rightsOf(ctx, id))
  if (permission) throw new AppError('forbidden', 'rights_beyond_own', { facts: { permission } })
}

const requireAnotherAdministrator = async (ctx: Ctx, id: number) => {
  const other = await ctx.db
    .selectFrom('person')
    .select('id')
    .where(sql<boolean>`${administrator} = any(roles)`)
    .where('active', '=', true)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (!other) throw new AppError('conflict', 'last_administrator')
}

const record = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `person.${verb}`,
      customer_id: HOME,
      subject_kind: 'person',
      subject_id: HOME,
      payload,
    },
  ])
