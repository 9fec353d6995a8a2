import { sql } from 'kysely'
import { type Ctx, everyone } from '../database/ctx.ts'
import { isRetriable, refusalOf } from '../door/problem.ts'
import type { AppError } from '../errors/error.ts'
import { change as changeRecord, insert } from '../records/records.ts'
import { failed, type Step } from './decide.ts'
import { columnOf, type Plan } from './reading.ts'

/**
 * Writes the decided steps: all new records together, changes one by one. When the batch is refused
 * as a whole, each row is tried alone, so that one bad row costs no other. Gives the steps as they
 * came out.
 */
export const write = async (ctx: Ctx, plan: Plan, steps: readonly Step[]): Promise<Step[]> => {
  const together = await guarded(ctx, () => apply(ctx, plan, steps))
  if (!together) return [...steps]
  for (const step of steps) if (step.create && step.claim) step.claim.id = null
  const done: Step[] = []
  for (const step of steps) {
    const refusal = orphaned(step) ?? (await guarded(ctx, () => apply(ctx, plan, [step])))
    done.push(refusal ? refused(plan, step, refusal) : step)
  }
  return done
}

/** A row that adds to a record which did not come into being cannot be written either. */
const orphaned = (step: Step) =>
  step.claim && step.claim.row !== step.row.number && step.claim.id === null
    ? { reason: 'duplicate_in_file', path: '', values: { row: step.claim.row } }
    : undefined

type Refusal = { reason: string; path: string; values?: Record<string, string | number> }

const guarded = async (ctx: Ctx, work: () => Promise<void>): Promise<Refusal | undefined> => {
  await sql`savepoint import_rows`.execute(ctx.db)
  try {
    await work()
    await sql`release savepoint import_rows`.execute(ctx.db)
    return undefined
  } catch (error) {
    const refusal = isRetriable(error) ? undefined : refusalOf(error)
    if (!refusal || refusal.code === 'unavailable') throw error
    await sql`rollback to savepoint import_rows`.execute(ctx.db)
    return reasonOf(refusal)
  }
}

const reasonOf = (refusal: AppError): Refusal => {
  const [first] = refusal.detail.errors ?? []
  return first ?? { reason: refusal.reason, path: '' }
}

const refused = (plan: Plan, step: Step, { reason, path, values }: Refusal): Step => {
  const known = path !== '' && Object.hasOwn(plan.entity.fields, path)
  return failed(step.row, [
    {
      column: known ? columnOf(plan, plan.entity, path) : null,
      level: 'error',
      reason,
      value: null,
      ...(values && { values }),
    },
  ])
}

const apply = async (ctx: Ctx, plan: Plan, steps: readonly Step[]) => {
  const ids = new Map<Step, string>()
  const creates = steps.filter((step) => step.create)
  const records = creates.map((step) => step.create)
  const inserted = records.length > 0 ? await insert(ctx, plan.entity, records as never) : []
  for (const [index, step] of creates.entries()) {
    const id = inserted[index]?.id
    if (id === undefined) throw new Error('A record was not made')
    ids.set(step, id)
    if (step.claim) step.claim.id = id
  }
  const idOf = (step: Step) => ids.get(step) ?? step.claim?.id ?? ''
  const begun = (step: Step) => step.create !== undefined || step.claim?.row !== step.row.number
  await bring(asMaker(ctx), plan, steps.filter(begun), idOf)
  await bring(
    ctx,
    plan,
    steps.filter((step) => !begun(step)),
    idOf,
  )
  for (const { amend } of steps)
    if (amend && plan.beside)
      await changeRecord(ctx, plan.beside, keyOf(amend.record), amend.values)
  // Last, as a change may hand the record to somebody whose records this person does not see.
  for (const { change } of steps)
    if (change) await changeRecord(ctx, plan.entity, change.record, change.values)
}

const bring = async (
  ctx: Ctx,
  plan: Plan,
  steps: readonly Step[],
  idOf: (step: Step) => string,
) => {
  const list = steps.flatMap((step) =>
    step.bring ? [{ ...step.bring, customer_id: idOf(step) }] : [],
  )
  if (plan.beside && list.length > 0) await insert(ctx, plan.beside, list as never)
}

const keyOf = (record: { id: string; version: number } & Record<string, unknown>) => ({
  id: record.id,
  version: record.version,
  customer_id: String(record.customer_id),
})

/**
 * Who makes or changes a record may make what belongs to it in the same import, even when it goes to
 * somebody whose records they do not see. A permission that the person lacks altogether stays lacking.
 */
const asMaker = (ctx: Ctx): Ctx => ({
  ...ctx,
  actor: {
    ...ctx.actor,
    reach: (permission) => ctx.actor.reach(permission) && [everyone],
  },
})
