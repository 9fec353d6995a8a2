import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'

/**
 * A person moved to another department, and so did the customers that the person is responsible for:
 * their grants and those of their search documents follow.
 */
export const regrant = async (ctx: Ctx, owner: number, from: number, to: number) => {
  await sql`update customer set department_id = ${to}, grants = array_replace(grants, ${from}::int, ${to}::int)
    where owner_id = ${owner} and department_id = ${from} and deleted_at is null`.execute(ctx.db)
  await sql`update search_document s set grants = c.grants from customer c
    where c.id = s.customer_id and c.owner_id = ${owner} and s.grants <> c.grants`.execute(ctx.db)
}
