import { sql } from 'kysely'
import { type Actor, type Ctx, everyone, system, today } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'
import type { Field } from '#platform/fields/field.ts'
import { entities } from '#platform/records/registry.ts'
import { type Shares, withShares } from '#platform/records/shares.ts'
import { permits, type RoleKey, roles, type Scope } from '../roles/rules.ts'

const shown = [
  'id',
  'username',
  'name',
  'department_id',
  'role',
  'scope',
  'scope_departments',
  'active',
  'email',
  'version',
] as const

export const list = async (ctx: Pick<Ctx, 'db'>) => ({
  items: await ctx.db.selectFrom('person').select(shown).orderBy('id').execute(),
})

export const find = async (ctx: Ctx, id: number) => {
  const row = await ctx.db
    .selectFrom('person')
    .select(shown)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw missing()
  return row
}

type Known = Shares & {
  id: number
  name: string
  department_id: number
  role: RoleKey
  scope: Scope
  locale: 'zh' | 'en'
  /** The departments that the scope covers, those below them included. */
  covered: number[]
}

/** The actor of an active person, by id or by account; one statement. */
export const actorOf = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  by: { id: number } | { userId: string },
): Promise<Actor | undefined> => {
  const whose = 'id' in by ? sql`p.id = ${by.id}` : sql`p.auth_user_id = ${by.userId}`
  const { rows } = await sql<Known>`
    select p.id, p.name, p.department_id, p.role, p.scope, p.locale, array(
      with recursive covered as (
        select d.id from department d where
          (p.scope in ('department', 'subtree') and d.id = p.department_id)
          or (p.scope = 'listed' and d.id = any(p.scope_departments))
        union
        select d.id from department d join covered c on d.parent_id = c.id where p.scope in ('subtree', 'listed')
      ) select id from covered) as covered, held.readable, held.writable
    from person p, lateral (${heldShares(today(ctx))}) held
    where ${whose} and p.active`.execute(ctx.db)
  return rows[0] && withShares(actorFrom(rows[0]), rows[0])
}

/**
 * The shares that the person `p` carries on this day: own ones, and those of the own department and of
 * the departments above it, as what is shared with a department is for those below it too.
 */
const heldShares = (day: string) => sql`
  with recursive carried as (
    select d.id, d.parent_id from department d where d.id = p.department_id
    union select d.id, d.parent_id from department d join carried c on d.id = c.parent_id
  )
  select coalesce(array_agg(s.id), '{}') as readable,
    coalesce(array_agg(s.id) filter (where s.access = 'write'), '{}') as writable
  from share s where (s.until is null or s.until >= ${day}::date)
    and s.principal_id in (select p.id union all select id from carried)`

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
  const { id, name, username, role, department_id, locale } = person
  return {
    ...{ id, name, username, role, department_id, locale },
    organisation: await organisation(ctx),
    permissions: permissionKeys().filter((key) => permits(role, key)),
    rights: Object.fromEntries(
      entities().map((entity) => [
        entity.name,
        Object.fromEntries(
          Object.entries(entity.fields).map(([key, field]) => [
            key,
            ctx.actor.right(entity.name, key, field),
          ]),
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

const permissionKeys = () => [
  ...entities().flatMap((entity) =>
    ['view', 'create', 'edit', 'delete', 'import', 'export'].map(
      (verb) => `${entity.plural}.${verb}`,
    ),
  ),
  ...['files.view', 'files.create', 'files.delete'],
  ...[
    'people.manage',
    'departments.manage',
    'fields.manage',
    'views.share',
    'imports.all',
    'bin.manage',
    'events.view',
    'api_keys.own',
  ],
]

const actorFrom = (person: Known): Actor => {
  const { id, role, scope, covered } = person
  const principals = scope === 'all' ? [id, everyone] : [id, ...covered]
  return {
    ...system,
    id,
    name: person.name,
    departmentId: person.department_id,
    locale: person.locale,
    reach: (permission) => (permits(role, permission) ? principals : undefined),
    right: (_entity, _name, field: Field) => {
      if (field.sensitivity && roles[role].masked.includes(field.sensitivity)) return 'masked'
      return roles[role].writes ? 'write' : 'read'
    },
  }
}
