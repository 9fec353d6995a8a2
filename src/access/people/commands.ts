import { randomUUIDv7 } from 'node:crypto'
import { weaknessOf } from '#platform/accounts/passwords.ts'
import { createAccount, endSessions, setPassword } from '#platform/accounts/stored.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { regrant } from '#platform/records/regrant.ts'
import { holdOrganisation } from '../departments/commands.ts'
import * as departments from '../departments/queries.ts'
import { roles } from '../roles/rules.ts'
import type { people } from './contract.ts'
import { accountNamed, find, organisation } from './queries.ts'

/** Makes a person with an account to sign in with. */
export const create = async (ctx: Ctx, input: InputOf<typeof people.create>) => {
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
  const userId = randomUUIDv7()
  await createAccount(ctx.db, { userId, now: ctx.now, ...input })
  const { id } = await ctx.db
    .insertInto('person')
    .values({
      username: input.username,
      name: input.name,
      department_id: input.department_id,
      role: input.role,
      scope: input.scope ?? roles[input.role].defaultScope,
      scope_departments: input.scope_departments ?? [],
      locale: 'zh',
      active: true,
      email: input.email ?? null,
      password_given: ctx.actor.id !== null,
      auth_user_id: userId,
      version: 1,
      created_at: ctx.now,
      created_by: ctx.actor.id,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await record(ctx, 'created', { id, name: input.name, role: input.role })
  return find(ctx, id)
}

/** Changes a person; one who is put out of service loses every session at once. */
export const update = async (ctx: Ctx, input: InputOf<typeof people.update>) => {
  const { id, version, password, ...given } = input
  await holdOrganisation(ctx)
  const before = await find(ctx, id)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  if (given.department_id !== undefined) await requireDepartment(ctx, given.department_id)
  if (password) await requireStrong(ctx, 'password', { username: before.username, password })
  await requireFreeEmail(ctx, given.email, id)
  const values = {
    ...given,
    ...(password && { password_given: ctx.actor.id !== id }),
    ...(given.role && !given.scope && { scope: roles[given.role].defaultScope }),
  }
  const demoted =
    before.role === 'administrator' &&
    before.active &&
    (values.active === false || (values.role ?? before.role) !== 'administrator')
  if (demoted) await requireAnotherAdministrator(ctx, id)
  await ctx.db
    .updateTable('person')
    .set({ ...values, version: version + 1, updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('id', '=', id)
    .execute()
  if (values.department_id !== undefined && values.department_id !== before.department_id)
    await regrant(ctx, id, before.department_id, values.department_id)
  const account = await accountNamed(ctx, id)
  if (account && password) await setPassword(ctx.db, account, password, ctx.now)
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

const requireAnotherAdministrator = async (ctx: Ctx, id: number) => {
  const other = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'administrator')
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
