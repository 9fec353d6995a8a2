import { sql } from 'kysely'
import { writersOf } from '../bulk/row.ts'
import { type Ctx, everyone } from '../database/ctx.ts'
import { isRetriable, refusalOf } from '../door/problem.ts'
import type { FieldError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { addOnce, attach, receive } from '../files/commands.ts'
import { holdOwners } from '../records/prepare.ts'
import { change as changeRecord, insert } from '../records/records.ts'
import { failed, type Step } from './decide.ts'
import { firstOf, orphanOf, refusal } from './foretell.ts'
import { type Entry, note } from './journal.ts'
import type { Plan, Values } from './reading.ts'
import { makerOf } from './settings.ts'

/**
 * Writes the decided steps: all new records together, changes one by one. When the batch is refused
 * as a whole, each row is tried alone, so that one bad row costs no other. Gives the steps as they
 * came out.
 */
export const write = async (
  ctx: Ctx,
  plan: Plan,
  importId: string,
  steps: readonly Step[],
): Promise<Step[]> => {
  if (plan.entity.root)
    await holdOwners(
      ctx,
      steps.map(({ change }) => change?.values.owner_id),
    )
  const together = await guarded(ctx, () => apply(ctx, plan, importId, steps))
  if (!together) return [...steps]
  for (const step of steps) if (step.create && step.claim) step.claim.id = null
  const done: Step[] = []
  for (const step of steps) {
    const refused = orphaned(step) ?? (await guarded(ctx, () => apply(ctx, plan, importId, [step])))
    done.push(refused ? failed(step.row, [refusal(plan, plan.entity, refused)]) : step)
  }
  return done
}

const orphaned = ({ claim, row }: Step) =>
  claim && claim.row !== row.number && claim.id === null ? orphanOf(claim) : undefined

const guarded = async (ctx: Ctx, work: () => Promise<void>): Promise<FieldError | undefined> => {
  await sql`savepoint import_rows`.execute(ctx.db)
  try {
    await work()
    await sql`release savepoint import_rows`.execute(ctx.db)
    return undefined
  } catch (error) {
    const known = isRetriable(error) ? undefined : refusalOf(error)
    if (!known || known.code === 'unavailable') throw error
    await sql`rollback to savepoint import_rows`.execute(ctx.db)
    return firstOf(known)
  }
}

const apply = async (ctx: Ctx, plan: Plan, importId: string, steps: readonly Step[]) => {
  const ids = new Map<Step, string>()
  const creates = steps.filter((step) => step.create)
  const records = creates.map((step) => step.create)
  const inserted = await made(ctx, plan, records)
  const entries: Entry[] = []
  for (const [index, step] of creates.entries()) {
    const record = inserted[index]
    if (!record) throw new Error('A record was not made')
    ids.set(step, record.id)
    if (step.claim) step.claim.id = record.id
    entries.push(creation(plan.entity, step, record))
  }
  const idOf = (step: Step) => ids.get(step) ?? step.claim?.id ?? ''
  const begun = (step: Step) => step.create !== undefined || step.claim?.row !== step.row.number
  const own = steps.filter((step) => !begun(step))
  entries.push(...(await bring(asMaker(ctx), plan, steps.filter(begun), idOf)))
  entries.push(...(await bring(ctx, plan, own, idOf)))
  for (const step of steps)
    if (step.amend && plan.beside)
      entries.push(...(await changed(ctx, plan.beside, step, step.amend)))
  // Last, as a change may hand the record to somebody whose records this person does not see.
  for (const step of steps)
    if (step.change)
      entries.push(...(await changed(ctx, plan.entity, step, step.change, plan.below)))
  for (const step of steps)
    entries.push(...(await attached(ctx, plan, step, step.found ?? idOf(step))))
  await note(ctx, importId, entries)
}

/**
 * Roots come together in a fixed number of statements. What stands below them is made by the command
 * of its kind, one by one, as that may have rules of its own.
 */
const made = async (
  ctx: Ctx,
  { entity, below }: Plan,
  records: readonly (Values | undefined)[],
): Promise<Written[]> => {
  if (!below) return insert(ctx, entity, records as never, () => makerOf(ctx, entity))
  const { create } = writersOf(entity)
  const all: Written[] = []
  for (const record of records) all.push((await create(ctx, record as never)) as Written)
  return all
}

const bring = async (
  ctx: Ctx,
  plan: Plan,
  steps: readonly Step[],
  idOf: (step: Step) => string,
): Promise<Entry[]> => {
  const { beside } = plan
  const bringing = steps.filter((step) => step.bring)
  if (!beside || bringing.length === 0) return []
  const list = bringing.map((step) => ({ ...step.bring, customer_id: idOf(step) }))
  const inserted = await insert(ctx, beside, list as never)
  return bringing.flatMap((step, index) => {
    const record = inserted[index]
    return record ? [creation(beside, step, record)] : []
  })
}

type Written = { id: string; version: number; customer_id?: unknown }

/**
 * The files of a row become files of its customer, and hang on the record where that stands below one;
 * what the customer has already does not come again.
 */
const attached = async (
  ctx: Ctx,
  { attachments, entity, below }: Plan,
  { row, outcome }: Step,
  id: string,
): Promise<Entry[]> => {
  const entries: Entry[] = []
  if (!attachments || outcome === 'failed' || outcome === 'skipped') return entries
  const customer_id = below ? String(row.values.customer_id) : id
  for (const path of row.files) {
    const content = await receive(attachments.read(path))
    const file = await addOnce(ctx, { customer_id, name: path, content })
    if (file && below) await attach(ctx, customer_id, [file.id], { kind: entity.name, id })
    if (file)
      entries.push({
        ...{ row: row.number, entity: 'file', customer_id, record_id: file.id },
        ...{ created: true, version: file.version, version_before: 0, before: {} },
      })
  }
  return entries
}

const creation = (entity: Entity, step: Step, record: Written): Entry => ({
  ...addressOf(entity, step, record),
  created: true,
  version_before: 0,
  before: {},
})

const changed = async (
  ctx: Ctx,
  entity: Entity,
  step: Step,
  { record, values }: NonNullable<Step['change']>,
  below?: Entity,
): Promise<Entry[]> => {
  const key = entity.root ? { id: record.id, version: record.version } : keyOf(record)
  const after = below
    ? ((await writersOf(entity).update(ctx, { ...values, ...key } as never)) as Written)
    : await changeRecord(ctx, entity, key, values)
  if (after.version === record.version) return []
  const names = Object.keys(values)
  // Who is responsible decides the department; of nobody's records it is told by nothing else.
  if ('owner_id' in values) names.push('department_id')
  const before = Object.fromEntries(names.map((name) => [name, record[name] ?? null]))
  const at = addressOf(entity, step, { ...record, ...after })
  return [{ ...at, created: false, version_before: record.version, before }]
}

const addressOf = (entity: Entity, step: Step, { id, version, customer_id }: Written) => ({
  row: step.row.number,
  entity: entity.name,
  customer_id: entity.root ? id : String(customer_id),
  record_id: id,
  version,
})

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
