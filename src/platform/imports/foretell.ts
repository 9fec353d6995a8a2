import { writersOf } from '../bulk/row.ts'
import type { Ctx } from '../database/ctx.ts'
import { AppError, type FieldError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { requireChoices } from '../records/choices.ts'
import {
  complete,
  notHandedOver,
  requireAsked,
  requireHanding,
  requireSound,
} from '../records/prepare.ts'
import { type Claim, failed, type Step } from './decide.ts'
import { columnOf, type Plan, type RowProblem } from './reading.ts'

/**
 * The rules of a record as a whole, before it is written: what its kind does not allow, stages that may
 * follow and what each of them needs, who may hand it over.
 */
export const foreteller =
  (ctx: Ctx, plan: Plan): NonNullable<Plan['foretell']> =>
  (entity, before, values) => {
    try {
      const after = before ? { ...before, ...values } : complete(entity, values)
      requireSound(ctx, entity, before, after)
      requireAsked(ctx, entity, after, before === undefined)
      requireChoices(ctx, entity, before, after)
      if (!before) requireHanding(ctx, entity, after)
      else if ('owner_id' in values && before.can_transfer !== true) throw notHandedOver(entity)
      return []
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return [refusal(plan, entity, firstOf(error))]
    }
  }

/** The decided steps, those failed that the commands of the kind would refuse, and what hangs on them. */
export const foretold = async (ctx: Ctx, plan: Plan, steps: readonly Step[]): Promise<Step[]> => {
  const { foretell } = plan.below ? writersOf(plan.entity) : {}
  const judged = steps.flatMap((step) => {
    const values = step.create ?? step.change?.values
    return values ? [{ step, values, before: step.change?.record }] : []
  })
  if (!foretell || judged.length === 0) return [...steps]
  const errors = await foretell(ctx, judged)
  const refused = new Map(
    judged.flatMap(({ step }, at) => {
      const [first] = errors[at] ?? []
      return first ? [[step, refusal(plan, plan.entity, first)]] : []
    }),
  )
  const unmade = new Set([...refused.keys()].map((step) => step.create && step.claim))
  return steps.map((step) => {
    const orphan = step.claim && unmade.has(step.claim) && orphanOf(step.claim)
    const problem = refused.get(step) ?? (orphan && refusal(plan, plan.entity, orphan))
    return problem ? failed(step.row, [problem]) : step
  })
}

/** A row that adds to a record which does not come into being cannot be written either. */
export const orphanOf = ({ row }: Pick<Claim, 'row'>): FieldError => ({
  reason: 'duplicate_in_file',
  path: '',
  values: { row },
})

/** A refusal as a problem of its row, under the heading of the column that fills the field. */
export const refusal = (
  plan: Plan,
  entity: Entity,
  { path, reason, values }: FieldError,
): RowProblem => ({
  column: Object.hasOwn(entity.fields, path) ? columnOf(plan, entity, path) : null,
  level: 'error',
  reason,
  value: null,
  ...(values && { values }),
})

export const firstOf = ({ reason, detail }: AppError): FieldError =>
  detail.errors?.[0] ?? { reason, path: '' }
