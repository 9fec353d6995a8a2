import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { refusalOf } from '../door/problem.ts'
import { missing } from '../errors/error.ts'
import { bringBack } from '../records/bringBack.ts'
import { binnedNamed, type DeletionTable, everSeen } from '../records/deletions.ts'
import { eraseFor } from '../records/erase.ts'
import type { BinOutcome, bin } from './contract.ts'
import { titleOf } from './queries.ts'
import { restorable } from './reach.ts'
import { keepDays } from './settings.ts'

type Address = { customer_id: string; id: string }

/** Brings back each of these, as far as it can be; what cannot is told with its reason. */
export const restore = (ctx: Ctx, { rows, owner_id }: InputOf<typeof bin.restore>) =>
  each(ctx, rows, async (deletion) => {
    const kind = binnedNamed(deletion.entity)
    if (!kind) throw missing()
    await bringBack(ctx, kind, deletion, owner_id)
  })

/** Erases these for good, now. */
export const erase = (ctx: Ctx, { rows }: InputOf<typeof bin.erase>) =>
  each(ctx, rows, async (deletion) => {
    const kind = binnedNamed(deletion.entity)
    if (!kind) throw missing()
    await eraseFor(ctx, kind, deletion, 'hand')
  })

export const settings = async (ctx: Ctx, { kept_days }: InputOf<typeof bin.settings>) => {
  await keepDays(ctx, kept_days)
  return { kept_days }
}

/**
 * Customers come first, so that what was deleted before them can follow in the same request. A row
 * that is refused leaves nothing behind and does not stop those after it.
 */
const each = async (
  ctx: Ctx,
  rows: readonly Address[],
  act: (deletion: DeletionTable) => Promise<void>,
): Promise<BinOutcome> => {
  const outcome: BinOutcome = { done: [], problems: [] }
  const found = await locked(ctx, rows)
  for (const { id } of rows)
    if (!found.some((deletion) => deletion.id === id))
      outcome.problems.push({ id, reason: 'not_found' })
  for (const deletion of found) {
    const { customer_id, id, entity, subject_id } = deletion
    await sql`savepoint bin_row`.execute(ctx.db)
    try {
      await act(deletion)
      await sql`release savepoint bin_row`.execute(ctx.db)
      outcome.done.push({ customer_id, id, entity, subject_id })
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal || refusal.code === 'unavailable') throw error
      await sql`rollback to savepoint bin_row`.execute(ctx.db)
      const title = titleOf(ctx, deletion)
      outcome.problems.push({
        ...{ id, reason: refusal.reason },
        ...(title !== undefined && { title }),
        ...(refusal.detail.facts && { facts: refusal.detail.facts }),
      })
    }
  }
  return outcome
}

const locked = async (ctx: Ctx, rows: readonly Address[]): Promise<DeletionTable[]> => {
  const asked = JSON.stringify(rows)
  const found = await sql<DeletionTable>`
    select d.* from deletion d join ${everSeen} v on v.id = d.customer_id
    where (d.customer_id, d.id) in (select r.customer_id, r.id
        from jsonb_to_recordset(${asked}::jsonb) as r(customer_id uuid, id uuid))
      and ${restorable(ctx)}
    order by d.id for update of d`.execute(ctx.db)
  const isRoot = ({ subject_id, customer_id }: DeletionTable) => subject_id === customer_id
  return [...found.rows.filter(isRoot), ...found.rows.filter((row) => !isRoot(row))]
}
