import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { SearchClass } from '../fields/field.ts'
import { entities } from '../records/registry.ts'
import { allowedClasses, searched } from '../records/searching.ts'
import { reachesAsFar, visible } from '../records/visible.ts'
import { type Alternative, queryOf, type SearchQuery } from '../search/query.ts'
import { estimates, shapes } from './estimate.ts'

type Sql = RawBuilder<unknown>
export type Found = { ids: Sql; exists: (id: Sql) => Sql; frequent: boolean }

/**
 * What a search text finds: rare texts by the token index, then sorted; frequent ones (by the rarest
 * token's estimate, never a product) row by row along the sort index.
 */
export const found = async (ctx: Ctx, permission: string, q: string): Promise<Found> => {
  const classes = allowedClasses(ctx)
  const query = queryOf(q, classes)
  if (!query) return none
  const matches = all(query.allOf.map(({ anyOf }) => any(anyOf.map(matching))))
  const told = all([matches, ...alsoSeen(ctx, permission, classes)])
  const seen = visible(ctx, permission, 's')
  const ids = sql`select s.customer_id from search_document s where ${seen} and ${told}`
  return {
    ids,
    exists: (id) =>
      sql`exists (select 1 from search_document s where s.customer_id = ${id} and ${told} offset 0)`,
    frequent: (await expected(ctx, query)) > shapes.rare,
  }
}

/**
 * A document holds all that is searched of a customer and of what belongs to it, so it counts only where
 * the reader sees all of that; most roles see each kind as far as the others.
 */
const alsoSeen = (ctx: Ctx, permission: string, classes: ReadonlySet<SearchClass>): Sql[] =>
  entities()
    .filter((entity) =>
      searched(entity).some((name) => classes.has(entity.fields[name]?.search ?? 'name')),
    )
    .map(({ plural }) => `${plural}.view`)
    .filter((each) => !reachesAsFar(ctx, each, permission))
    .map((each) => visible(ctx, each, 's'))

const matching = ({ tokens, like }: Alternative): Sql =>
  all([sql`s.tokens @> ${tokens}`, ...like.map((each) => sql`s.text like ${each}`)])

const all = (list: Sql[]): Sql => sql`(${sql.join(list, sql` and `)})`
const any = (list: Sql[]): Sql =>
  list.length === 0 ? sql`false` : sql`(${sql.join(list, sql` or `)})`

/** By the rarest token of each alternative: multiplied selectivities call every long name rare. */
const expected = async (ctx: Ctx, query: SearchQuery): Promise<number> => {
  const tokens = query.allOf.flatMap(({ anyOf }) => anyOf.flatMap((each) => each.tokens))
  const distinct = [...new Set(tokens)]
  const rows = await estimates(
    ctx,
    distinct.map((token) => sql`select 1 from search_document s where s.tokens @> ${[token]}`),
  )
  const rowsOf = new Map(distinct.map((token, index) => [token, rows[index] ?? 0]))
  const ofAlternative = ({ tokens: own }: Alternative) =>
    Math.min(...own.map((token) => rowsOf.get(token) ?? 0))
  const ofGroup = (anyOf: Alternative[]) =>
    anyOf.reduce((sum, each) => sum + ofAlternative(each), 0)
  return Math.min(...query.allOf.map(({ anyOf }) => ofGroup(anyOf)))
}

const none: Found = {
  ids: sql`select null::uuid as customer_id where false`,
  exists: () => sql`false`,
  frequent: false,
}
