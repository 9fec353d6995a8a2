import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { repeats } from '../records/numberRule.ts'
import { ruleOf } from '../records/numbers.ts'
import { entities } from '../records/registry.ts'
import type { numbering } from './contract.ts'

/** Numbers from now on as this says; numbers that records bear stay as they are. */
export const update = async (ctx: Ctx, input: InputOf<typeof numbering.update>) => {
  const { id, version, ...rule } = input
  const entity = entities().find(({ name, number }) => name === id && number)
  if (!entity) throw missing()
  // Two who change a rule at once would both find the old version.
  await sql`lock table numbering_rule in share row exclusive mode`.execute(ctx.db)
  const before = await ruleOf(ctx, entity)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', {
      facts: { current: { id, ...before }, changed: [] },
    })
  if (repeats(rule)) throw badField('reset', 'number_repeats')
  const stored = {
    ...rule,
    version: version + 1,
    updated_at: ctx.now,
    updated_by: ctx.actor.id,
  }
  await ctx.db
    .insertInto('numbering_rule')
    .values({ entity: id, ...stored })
    .onConflict((conflict) => conflict.column('entity').doUpdateSet(stored))
    .execute()
  await emit(ctx, [
    {
      kind: 'numbering_rule.updated',
      customer_id: HOME,
      subject_kind: 'numbering_rule',
      subject_id: HOME,
      payload: { entity: id, rule },
    },
  ])
  return { id, ...rule, version: version + 1 }
}
