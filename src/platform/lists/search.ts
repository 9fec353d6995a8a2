import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { allowedClasses } from '../records/searching.ts'
import { visible } from '../records/visible.ts'
import { queryOf } from '../search/tokens.ts'
import { estimate } from './estimate.ts'

type Sql = RawBuilder<unknown>
export type Found = { ids: Sql; exists: (id: Sql) => Sql; frequent: boolean }

/** Above this many documents the sort index is walked and each row looked up, instead of the other way. */
const frequentRows = 5000

/**
 * What a search text finds: rare texts by the token index, then sorted; frequent ones (by the rarest
 * token's estimate, never a product) row by row along the sort index.
 */
export const found = async (ctx: Ctx, permission: string, q: string): Promise<Found> => {
  const query = queryOf(q, allowedClasses(ctx))
  if (!query) return none
  const matches = sql.join(
    query.anyOf.map(
      (each) =>
        sql`(s.tokens @> ${each.tokens} ${sql.join(
          each.like.map((like) => sql`and s.text like ${like}`),
          sql` `,
        )})`,
    ),
    sql` or `,
  )
  const seen = visible(ctx, permission, 's')
  const ids = sql`select s.customer_id from search_document s where ${seen} and (${matches})`
  const rarest = await Promise.all(
    query.anyOf.map((each) =>
      estimate(
        ctx,
        sql`select 1 from search_document s where s.tokens @> ${each.tokens.slice(0, 1)}`,
      ),
    ),
  )
  return {
    ids,
    exists: (id) =>
      sql`exists (select 1 from search_document s where s.customer_id = ${id} and (${matches}) offset 0)`,
    frequent: Math.max(...rarest) > frequentRows,
  }
}

const none: Found = {
  ids: sql`select null::uuid as customer_id where false`,
  exists: () => sql`false`,
  frequent: false,
}
