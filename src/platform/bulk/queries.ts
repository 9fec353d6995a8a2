import { type Ctx, HOME } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import type { BulkRun } from './contract.ts'

/** How far a run is and what it could not do; told only to whoever started it. */
export const get = async (ctx: Ctx, { id }: { id: string }): Promise<BulkRun> => {
  const row = await ctx.db
    .selectFrom('bulk_run')
    .select(['id', 'entity', 'status', 'reason', 'total', 'done', 'problems'])
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('created_by', '=', ctx.actor.id)
    .executeTakeFirst()
  if (!row) throw missing()
  return { ...row, failed: row.problems.length }
}
