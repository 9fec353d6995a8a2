import { type RawBuilder, sql } from 'kysely'
import { accounts } from '#platform/accounts/current.ts'
import { type Actor, type Ctx, type Move, today } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'
import { type Shares, withShares } from '#platform/records/shares.ts'
import * as roles from '../roles/queries.ts'
import type { Holder } from '../roles/rules.ts'

/**
 * The actor of an active person, by id or by account; one statement, which reads the roles too, so
 * that a right taken away is gone at the next request.
 */
export const actorOf = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  by: { id: number } | { userId: string },
): Promise<Actor | undefined> => {
  const [held] = await holdersOf(
    ctx,
    'id' in by ? sql`p.id = ${by.id}` : sql`p.auth_user_id = ${by.userId}`,
  )
  return held?.active ? actorFrom(held) : undefined
}

/** Who asks with these headers; an API key counts only while its person may use keys. */
export const callerOf = async (ctx: Pick<Ctx, 'db' | 'now'>, headers: Headers) => {
  const known = await accounts().identify(headers)
  const actor = known && (await actorOf(ctx, { userId: known.userId }))
  const cookie = known?.by === 'session'
  return actor && (cookie || actor.reach('api_keys.own')) ? { actor, cookie } : undefined
}

/** Somebody who holds roles, and shares, as they may act. */
export const actorFrom = (held: Held): Actor =>
  withShares({ ...roles.actorOf(held), moves: held.moves }, held)

/**
 * The rights of somebody, in service or not, to compare with the caller's: what they hold by themselves
 * counts as their department's.
 */
export const rightsOf = async (ctx: Ctx, id: number): Promise<Actor> => {
  const held = await holderOf(ctx, id)
  return roles.actorOf(id === ctx.actor.id ? held : { ...held, id: held.department_id })
}

/** What one person holds, in service or not. */
export const holderOf = async (ctx: Pick<Ctx, 'db' | 'now'>, id: number): Promise<Held> => {
  const [held] = await holdersOf(ctx, sql`p.id = ${id}`)
  if (!held) throw missing()
  return held
}

/** What everybody in service holds; one statement. */
export const everybody = (ctx: Pick<Ctx, 'db' | 'now'>) => holdersOf(ctx, sql`p.active`)

export type Held = Holder &
  Shares &
  Pick<Actor, 'name' | 'locale'> & { active: boolean; moves: Move[] }

const holdersOf = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  whose: RawBuilder<unknown>,
): Promise<Held[]> => {
  const { rows } = await sql<Held>`
    select p.id, p.name, p.department_id, p.scope, p.scope_departments, p.locale, p.active,
      carried.readable, carried.writable, held.roles, covered.below,
      (select coalesce(jsonb_agg(jsonb_build_object('owner', m.owner_id, 'from', m.from_id,
        'to', m.to_id)), '[]') from department_move m) as moves
    from person p left join post o on o.id = p.post_id and o.deleted_at is null,
    lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'departments', r.departments,
          'rights', r.rights) order by r.id), '[]') as roles,
        coalesce(bool_or(r.rights::text like '%"subtree"%'), false) as below
      from role r where r.deleted_at is null and (r.id = any(p.roles) or r.id = any(o.roles))
    ) held,
    lateral (
      with recursive reached as (
        select d.id as root, d.id from department d where
          (d.id = p.department_id and (p.scope = 'subtree' or held.below))
          or (p.scope = 'listed' and d.id = any(p.scope_departments))
          or d.id in (select unnest(r.departments) from role r
            where r.deleted_at is null and (r.id = any(p.roles) or r.id = any(o.roles)))
        union
        select c.root, d.id from department d join reached c on d.parent_id = c.id
      )
      select coalesce(jsonb_object_agg(root, ids), '{}') as below
      from (select root, array_agg(id) as ids from reached group by root) each
    ) covered,
    lateral (${heldShares(today(ctx))}) carried
    where ${whose} order by p.id`.execute(ctx.db)
  return rows
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
