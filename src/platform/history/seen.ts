import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import { binned } from '../records/deletions.ts'
import { visible } from '../records/visible.ts'

/**
 * The kinds of records of this customer that the reader may see, files among them; refuses where the
 * customer itself is out of reach of the permission.
 */
export const seenKinds = async (
  ctx: Ctx,
  customer_id: string,
  permission: string,
): Promise<string[]> => {
  const seen = binned().map(
    ({ name, plural }) => sql`case when ${visible(ctx, `${plural}.view`)} then ${name}::text end`,
  )
  const { rows } = await sql<{ kinds: string[] }>`
    select array_remove(array[${sql.join(seen)}], null) as kinds
    from customer t where t.id = ${customer_id}::uuid and ${visible(ctx, permission)}`.execute(
    ctx.db,
  )
  if (!rows[0]) throw missing()
  return rows[0].kinds
}
