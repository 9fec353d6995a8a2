import { sql } from 'kysely'
import * as holders from '#access/holders/queries.ts'
import { sourcesOf } from '#access/roles/rules.ts'
import { type Ctx, today } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { missing } from '#platform/errors/error.ts'
import type { Access } from '#platform/records/access.ts'
import { unshared } from '#platform/records/shares.ts'
import { covers, requireCustomers, visible } from '#platform/records/visible.ts'
import type { Member, members, Why } from './contract.ts'

/** The team of one customer, those let in first on top; who was let in until a day that is over is out. */
export const list = async (ctx: Ctx, { customer_id }: InputOf<typeof members.list>) => {
  const grants = await requireCustomers(ctx, [customer_id], 'customers.view')
  const items = await membersOf(ctx, [customer_id])
  return {
    items,
    can: { manage: covers(unshared(ctx), 'customers.edit', grants.get(customer_id)) },
  }
}

/** One of them, if it still counts. */
export const find = async (ctx: Ctx, key: { customer_id: string; id: string }): Promise<Member> => {
  const found = (await membersOf(ctx, [key.customer_id])).find(({ id }) => id === key.id)
  if (!found) throw missing()
  return found
}

/** The members of these customers as they count today; one statement. */
export const membersOf = async (ctx: Ctx, customers: readonly string[]): Promise<Member[]> => {
  const { rows } = await sql<Member>`
    select m.customer_id, m.id, m.principal_id, s.access, s.until, m.role, m.reason, m.version,
      m.created_at, m.created_by,
      case when exists (select 1 from department d where d.id = m.principal_id)
        then 'department' else 'person' end as kind
    from customer_member m join share s on s.id = m.share_id
    where m.customer_id = any(${[...customers]}::uuid[]) and m.deleted_at is null
      and (s.until is null or s.until >= ${today(ctx)}::date)
    order by m.id`.execute(ctx.db)
  return rows
}

export type Invitation = Pick<Member, 'customer_id' | 'access' | 'until' | 'role' | 'reason'> & {
  id: string
  name: string
  created_by: number | null
}

/** So many at most; what is older than three days is no news. */
const news = 20

/** The customers that others brought the caller in to lately; one statement. */
export const invitations = async (ctx: Ctx): Promise<Invitation[]> => {
  const { rows } = await sql<Invitation>`
    select m.id, m.customer_id, t.name, s.access, s.until, m.role, m.reason, m.created_by
    from customer_member m join share s on s.id = m.share_id join customer t on t.id = m.customer_id
    where m.principal_id = ${ctx.actor.id} and m.deleted_at is null
      and m.created_at > ${ctx.now}::timestamptz - interval '3 days'
      and m.created_by is distinct from ${ctx.actor.id}
      and (s.until is null or s.until >= ${today(ctx)}::date) and ${visible(ctx, 'customers.view')}
    order by m.created_at desc, m.id desc limit ${news}`.execute(ctx.db)
  return rows
}

/** Who sees this customer and who may change it, each with the reasons; and why somebody does not. */
export const access = async (ctx: Ctx, input: InputOf<typeof members.access>) => {
  const { customer_id, person_id } = input
  const grants =
    (await requireCustomers(ctx, [customer_id], 'customers.view')).get(customer_id) ?? []
  const customer = { ...(await standingOf(ctx, customer_id)), grants }
  const everybody = await holders.everybody(ctx)
  const seers = everybody
    .map((held) => ({ id: held.id, ...reasonsOf(held, customer) }))
    .filter(({ view }) => view.length > 0)
  const { owner_id, department_id } = customer
  return {
    ...{ owner_id, department_id, people: seers },
    asked: person_id === undefined ? null : await about(ctx, customer_id, person_id, customer),
  }
}

type Shared = { share_id: number; principal_id: number; access: Access; until: string | null }
type Standing = {
  owner_id: number | null
  department_id: number | null
  grants: readonly number[]
  shares: readonly Shared[]
}

const about = async (ctx: Ctx, customer_id: string, id: number, customer: Standing) => {
  const held = await holders.holderOf(ctx, id)
  const roles = sourcesOf(held, held.roles, 'customer', 'view')
  return {
    ...{ id, active: held.active },
    ...(held.active ? reasonsOf(held, customer) : { view: [], edit: [] }),
    roles: roles.map(({ principals: _, ...source }) => ({
      ...source,
      departments: [...source.departments],
    })),
    ended: await endedFor(ctx, customer_id, id),
  }
}

/** The principals that let somebody in, told apart by what they are; none where `reach` finds none. */
const reasonsOf = (held: holders.Held, { owner_id, grants, shares }: Standing) => {
  const actor = holders.actorFrom(held)
  const why = (verb: 'view' | 'edit'): Why[] => {
    const reach = new Set(actor.reach(`customers.${verb}`) ?? [])
    const sources = sourcesOf(held, held.roles, 'customer', verb)
    return [
      ...sources.flatMap(({ role, scope, principals }): Why[] => {
        if (owner_id === held.id && principals.includes(held.id)) return [{ by: 'owner', role }]
        return principals.some((each) => grants.includes(each))
          ? [{ by: 'scope', role, scope }]
          : []
      }),
      ...shares
        .filter(({ share_id }) => reach.has(share_id) && grants.includes(share_id))
        .map(({ share_id: _, ...share }): Why => ({ by: 'member', ...share })),
    ]
  }
  return { view: why('view'), edit: why('edit') }
}

const standingOf = async (ctx: Ctx, id: string): Promise<Omit<Standing, 'grants'>> => {
  const { rows } = await sql<Omit<Standing, 'grants'>>`
    select t.owner_id, t.department_id, coalesce((
      select jsonb_agg(jsonb_build_object('share_id', s.id, 'principal_id', s.principal_id,
        'access', s.access, 'until', s.until) order by m.id)
      from customer_member m join share s on s.id = m.share_id
      where m.customer_id = t.id and m.deleted_at is null), '[]') as shares
    from customer t where t.id = ${id}::uuid`.execute(ctx.db)
  if (!rows[0]) throw missing()
  return rows[0]
}

/** The last days until which the person, or a department above them, was in the team. */
const endedFor = async (ctx: Ctx, customer_id: string, person: number): Promise<string[]> => {
  const { rows } = await sql<{ until: string }>`
    with recursive above as (
      select d.id, d.parent_id from department d join person p on p.department_id = d.id
      where p.id = ${person}
      union select d.id, d.parent_id from department d join above a on d.id = a.parent_id
    )
    select distinct s.until from customer_member m join share s on s.id = m.share_id
    where m.customer_id = ${customer_id}::uuid and s.until < ${today(ctx)}::date
      and m.principal_id in (select ${person}::int union all select id from above)
    order by 1 desc limit 3`.execute(ctx.db)
  return rows.map(({ until }) => until)
}
