import { sql } from 'kysely'
import * as customFields from '../customFields/commands.ts'
import { list as definitions, retired as retiredFields } from '../customFields/queries.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { repeats } from '../records/numberRule.ts'
import { ruleOf } from '../records/numbers.ts'
import { entities } from '../records/registry.ts'
import type { numbering } from './contract.ts'

/**
 * Numbers from now on as this says; numbers that records bear stay as they are. A kind that had no
 * number gets an added field for it, or the one back that was retired, and its records are numbered
 * afterwards, the oldest first.
 */
export const update = async (ctx: Ctx, input: InputOf<typeof numbering.update>) => {
  const { id, version, ...rule } = input
  const entity = entities().find(({ name }) => name === id)
  if (!entity) throw missing()
  // Two who change a rule at once would both find the old version.
  await sql`lock table numbering_rule in share row exclusive mode`.execute(ctx.db)
  const on = await isNumbered(ctx, entity)
  const before = await ruleOf(ctx, entity)
  if (before.version !== version)
    throw new AppError('changed', 'record_changed', {
      facts: { current: { id, on, ...before }, changed: [] },
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
  if (!on) await begin(ctx, entity)
  return { id, on: true, ...rule, version: version + 1 }
}

const begin = async (ctx: Ctx, entity: Entity) => {
  const { name, label } = entity
  const retired = (await retiredFields(ctx)).items.find(
    (each) => each.entity === name && each.definition.kind === 'serial',
  )
  if (retired) await customFields.restore(ctx, { id: retired.id, version: retired.version })
  else
    await customFields.create(ctx, {
      entity: name,
      definition: {
        kind: 'serial',
        label: { zh: `${label.zh}编号`, en: `${label.en} no.` },
        search: true,
        list: true,
      },
    })
}

/** As it is stored: another process may have begun a moment ago. */
const isNumbered = async (ctx: Ctx, entity: Entity) => {
  if (Object.values<Field>(entity.fields).some(({ counted, custom }) => counted && !custom))
    return true
  const fields = await definitions(ctx)
  return fields.some((each) => each.entity === entity.name && each.definition.kind === 'serial')
}
