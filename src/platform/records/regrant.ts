import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'

/**
 * A person moved to another department, and so did the customers that the person is responsible for:
 * their grants follow, those of deleted ones too.
 */
export const regrant = async (ctx: Ctx, owner: number, from: number, to: number) => {
  // A hundred thousand rows take longer than a request usually may; half a move would be worse.
  await sql`set local statement_timeout = 0`.execute(ctx.db)
  await sql`update customer set department_id = ${to}, grants = array_replace(grants, ${from}::int, ${to}::int)
    where owner_id = ${owner} and department_id = ${from} and deleted_at is null`.execute(ctx.db)
  await sql`update customer set department_id = ${to},
      former_grants = array_replace(former_grants, ${from}::int, ${to}::int)
    where owner_id = ${owner} and department_id = ${from} and deleted_at is not null`.execute(
    ctx.db,
  )
}

/** A customer is shared anew: its grants follow; deleted ones have none. */
export const regrantShares = async (
  ctx: Ctx,
  customer_id: string,
  { gone, come }: { gone: readonly number[]; come: readonly number[] },
) => {
  await sql`update customer set grants =
      array(select unnest(grants) except select unnest(${[...gone, ...come]}::int[])) || ${[...come]}::int[]
    where id = ${customer_id}::uuid and cardinality(grants) > 0`.execute(ctx.db)
}
