import { sql } from 'kysely'
import { type Ctx, today } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { missing } from '#platform/errors/error.ts'
import { unshared } from '#platform/records/shares.ts'
import { covers, requireCustomers } from '#platform/records/visible.ts'
import type { Member, members } from './contract.ts'

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
