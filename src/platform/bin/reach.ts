import { type RawBuilder, sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { type Binned, binned } from '../records/deletions.ts'
import { visible } from '../records/visible.ts'

/**
 * Which deletions `d` of customers `v` this person may bring back: own ones of what they could see,
 * and those of what they might delete. Of the firm's own rows everybody has but their own.
 */
export const restorable = (ctx: Ctx): RawBuilder<boolean> => {
  const kinds = binned().map((kind) => sql`(d.entity = ${kind.name} and ${reached(ctx, kind)})`)
  return sql<boolean>`(${sql.join(kinds, sql` or `)})`
}

const reached = (ctx: Ctx, { plural, home }: Binned) => {
  const own = sql`d.created_by = ${ctx.actor.id} and ${visible(ctx, `${plural}.view`, 'v')}`
  const inside = home ? sql`d.customer_id = ${HOME} and d.owner_id = ${ctx.actor.id}` : sql`false`
  return sql`(${visible(ctx, `${plural}.delete`, 'v')} or (${own}) or (${inside}))`
}
