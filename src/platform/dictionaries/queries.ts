import type { Ctx } from '../database/ctx.ts'
import type { Dictionary } from './contract.ts'

/** Every shared list with its entries, retired ones included. */
export const list = async (ctx: Pick<Ctx, 'db'>): Promise<Dictionary[]> =>
  ctx.db
    .selectFrom('dictionary')
    .select(['name as id', 'label', 'version', 'entries'])
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .execute()
