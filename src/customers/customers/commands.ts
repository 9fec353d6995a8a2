import type { Ctx } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError } from '#platform/errors/error.ts'
import { writes } from '#platform/lists/standard.ts'
import { setFacts } from '#platform/records/records.ts'
import type { customers } from './contract.ts'
import { customer } from './fields.ts'
import { get } from './queries.ts'
import { stageMoves } from './rules.ts'

export const { create, remove } = writes(customer)

/** Changes a customer; a stage only along its moves. */
export const update = async (ctx: Ctx, input: InputOf<typeof customers.update>) => {
  if (input.stage) {
    const before = await get(ctx, input)
    if (before.stage !== input.stage && !stageMoves[before.stage].includes(input.stage))
      throw new AppError('conflict', 'stage_not_reachable', {
        errors: [{ path: 'stage', reason: 'stage_not_reachable' }],
        facts: { from: before.stage, to: stageMoves[before.stage] },
      })
  }
  return writes(customer).update(ctx, input)
}

/** Takes over what contact with the customer tells: facts, so neither version nor event. */
export const noteContact = (
  ctx: Ctx,
  id: string,
  facts: { last_contact_at?: string | null; next_due_on?: string | null },
) => setFacts(ctx, customer, { id }, facts)
