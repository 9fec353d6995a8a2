import { type Ctx, HOME } from '../database/ctx.ts'
import { entities } from '../records/registry.ts'
import { excerpt } from '../search/excerpt.ts'
import { list } from './lists.ts'

/** Records of every kind below a customer that hold a text themselves: the latest of each kind, so many. */
export const foundBelow = async (ctx: Ctx, q: string, limit: number) => {
  const found = []
  for (const kind of entities()) {
    if (kind.root || !ctx.actor.reach(`${kind.plural}.view`)) continue
    const { items } = await list(ctx, kind, { q, own: true, limit })
    for (const row of items as readonly Record<string, unknown>[])
      found.push({
        ...{ entity: kind.name, id: String(row.id), customer_id: String(row.customer_id) },
        title: excerpt(String(row[kind.title] ?? ''), q),
        customer_name: row.customer_id === HOME ? '' : String(row.customer_name ?? ''),
      })
  }
  return found
}
