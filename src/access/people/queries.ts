import { type Ctx, today } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'
import { mayName } from '#platform/records/known.ts'
import { mayMake } from '#platform/records/prepare.ts'
import { entities } from '#platform/records/registry.ts'
import * as roles from '../roles/queries.ts'
import { permissionKeys } from '../roles/rules.ts'

const known = ['id', 'username', 'name', 'department_id', 'active'] as const
const managed = ['roles', 'post_id', 'scope', 'scope_departments', 'email', 'version'] as const
const shown = [...known, ...managed] as const

/** All people: whoever manages them is told of their access, the others who there is. */
export const list = async (ctx: Ctx) => ({
  items: ctx.actor.reach('people.manage')
    ? await ctx.db.selectFrom('person').select(shown).orderBy('id').execute()
    : await colleagues(ctx),
})

/** Who there is, for whatever names a person. */
export const colleagues = ({ db }: Pick<Ctx, 'db'>) =>
  db.selectFrom('person').select(known).orderBy('id').execute()

export const find = async (ctx: Ctx, id: number) => {
  const row = await ctx.db
    .selectFrom('person')
    .select(shown)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw missing()
  return row
}

/** The sign-in account of a person; a person without one cannot sign in. */
export const accountNamed = async (ctx: Ctx, id: number) => {
  const row = await ctx.db
    .selectFrom('person')
    .select('auth_user_id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.auth_user_id ?? undefined
}

const signingIn = ['id', 'username', 'active', 'password_given', 'auth_user_id'] as const

/** Who signs in by this account. */
export const personOf = async (ctx: Pick<Ctx, 'db'>, account: string) =>
  ctx.db
    .selectFrom('person')
    .select(signingIn)
    .where('auth_user_id', '=', account)
    .executeTakeFirst()

/** Who signs in by this name; undefined also tells that nobody does. */
export const personCalled = async (ctx: Pick<Ctx, 'db'>, username: string) =>
  ctx.db
    .selectFrom('person')
    .select(signingIn)
    .where((where) => where(where.fn('lower', ['username']), '=', username.trim().toLowerCase()))
    .executeTakeFirst()

/** Whose e-mail this is. */
export const personAt = async (ctx: Pick<Ctx, 'db'>, email: string) =>
  ctx.db
    .selectFrom('person')
    .select(signingIn)
    .where((where) => where(where.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst()

/** The caller's own account. */
export const accountOf = async (ctx: Ctx) => {
  const account = await accountNamed(ctx, ctx.actor.id ?? 0)
  if (!account) throw missing()
  return account
}

/**
 * The departments of these people, for the rows they are responsible for. Nobody of them moves before
 * this transaction ends: who moves takes along the rows that are there by then.
 */
export const departmentsOf = async (ctx: Ctx, ids: readonly number[]) => {
  const rows = await ctx.db
    .selectFrom('person')
    .select(['id', 'department_id'])
    .where('id', 'in', [...ids])
    .where('active', '=', true)
    .orderBy('id')
    .forShare()
    .execute()
  return new Map(rows.map((row) => [row.id, row.department_id]))
}

export const me = async (ctx: Ctx) => {
  const person = await ctx.db
    .selectFrom('person')
    .select([...shown, 'locale'])
    .where('id', '=', ctx.actor.id ?? 0)
    .executeTakeFirstOrThrow()
  const { id, name, username, department_id, locale } = person
  const vain = entities().flatMap((each) => (mayMake(ctx, each) ? [] : [`${each.plural}.create`]))
  return {
    ...{ id, name, username, department_id, locale },
    ...{ roles: person.roles, post_id: person.post_id },
    organisation: await organisation(ctx),
    permissions: permissionKeys(roles.kinds()).filter(
      (key) => ctx.actor.reach(key) && !vain.includes(key),
    ),
    rights: Object.fromEntries(
      entities().map((entity) => [
        entity.name,
        Object.fromEntries(
          Object.entries(entity.fields)
            .filter(([key, field]) => mayName(ctx, entity.name, key, field))
            .map(([key, field]) => [key, ctx.actor.right(entity.name, key, field)]),
        ),
      ]),
    ),
    today: today(ctx),
    time_zone: 'Asia/Shanghai',
  }
}

/** The name of the firm: that of the department on top. */
export const organisation = async (ctx: Ctx) => {
  const top = await ctx.db
    .selectFrom('department')
    .select('name')
    .where('parent_id', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return top?.name ?? ''
}
