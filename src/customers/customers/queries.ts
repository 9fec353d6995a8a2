import type { Ctx } from '#platform/database/ctx.ts'
import { foundBelow } from '#platform/lists/foundBelow.ts'
import { list as page } from '#platform/lists/lists.ts'
import { reads } from '#platform/lists/standard.ts'
import { customer } from './fields.ts'

export const { list, count, get } = reads(customer)

const looked = 30
const shown = 10
const shownOfKind = 4

/**
 * The likeliest customers for what is being typed: names that begin with it first, then short ones; and
 * the records below customers that hold it themselves, the latest of each kind.
 */
export const search = async (ctx: Ctx, { q }: { q: string }) => {
  const { items } = await page(ctx, customer, { q, limit: looked })
  const wanted = q.trim().toLowerCase()
  // A name may be hidden from whoever finds its customer by number.
  const rank = ({ name = '' }: { name?: string }) =>
    (name.toLowerCase().startsWith(wanted) ? 0 : 1000) + name.length
  return {
    items: items.sort((a, b) => rank(a) - rank(b)).slice(0, shown),
    records: await foundBelow(ctx, q, shownOfKind),
  }
}
