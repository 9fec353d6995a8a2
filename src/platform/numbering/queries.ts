import type { Ctx } from '../database/ctx.ts'
import { ruleOf } from '../records/numbers.ts'
import { entities } from '../records/registry.ts'

/** The rule of every kind of record that numbers itself. */
export const list = async (ctx: Ctx) => {
  const numbered = entities().filter(({ number }) => number)
  return {
    items: await Promise.all(
      numbered.map(async (entity) => ({ id: entity.name, ...(await ruleOf(ctx, entity)) })),
    ),
  }
}
