import type { Ctx } from '../database/ctx.ts'
import { counterOf, ruleOf } from '../records/numbers.ts'
import { entities } from '../records/registry.ts'

/** How every kind of record numbers itself, and those that do not yet. */
export const list = async (ctx: Ctx) => {
  const items = []
  for (const entity of entities()) {
    const on = counterOf(entity) !== undefined
    items.push({ id: entity.name, on, ...(await ruleOf(ctx, entity)) })
  }
  return { items }
}
