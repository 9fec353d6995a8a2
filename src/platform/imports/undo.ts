import { sql } from 'kysely'
import { withKept } from '../customFields/queries.ts'
import { type Ctx, everyone, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { refusalOf } from '../door/problem.ts'
import { opened } from '../encryption/values.ts'
import { AppError } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { remove as removeFile } from '../files/commands.ts'
import { binnedNamed } from '../records/deletions.ts'
import { change, remove } from '../records/records.ts'
import { entityNamed, ports } from '../records/registry.ts'
import { refreshSearchOnce } from '../records/searching.ts'
import type { Undo } from './contract.ts'
import type { Values } from './reading.ts'
import { type Standing, standingsOf, undone } from './standing.ts'
import { inTransaction, type Run } from './work.ts'

/** Customers of one transaction: about a second, so that nobody waits long for a record in it. */
const batchCustomers = 50

/**
 * Takes an import back, batch by batch, from where it stands: what it made is put away, what it
 * changed gets the values before, both only where nobody was there since. What it finds touched stays
 * and is counted. Called again after a crash it goes on; called after the end it does nothing.
 */
export const undoImport = async (run: Run, id: string): Promise<void> => {
  for (;;) {
    run.signal?.throwIfAborted()
    if (!(await inTransaction(run.db, (db) => batch(db, run, id)))) return
  }
}

const batch = async (db: Db, run: Run, id: string): Promise<boolean> => {
  const row = await db
    .selectFrom('import')
    .select(['undo', 'entity', 'file_name', 'created_by'])
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'undoing')
    .forUpdate()
    .executeTakeFirst()
  if (!row?.undo) return false
  const { undo } = row
  const now = run.clock?.() ?? new Date().toISOString()
  const actor = await ports().actorOf({ db, now }, undo.by ?? 0)
  if (!actor) return store(db, id, { status: undo.from, reason: 'person_inactive', at: now })
  const by: Ctx = { db, actor, now }
  const ctx = row.created_by === actor.id ? asMaker(by) : by
  const customers = await nextCustomers(ctx, id)
  if (customers.length === 0) {
    await store(db, id, { status: 'undone', at: now })
    await emit(ctx, [
      {
        kind: 'import.undone',
        customer_id: HOME,
        subject_kind: 'import',
        subject_id: id,
        payload: { entity: row.entity, file_name: row.file_name, ...sums(undo) },
      },
    ])
    return false
  }
  const outcomes = await refreshSearchOnce(ctx, () => takeBack(ctx, id, customers))
  await keepOutcomes(ctx, outcomes)
  const done = [...outcomes.values()].filter((each) => each === undone).length
  const progress = { ...undo, done: undo.done + done, kept: undo.kept + outcomes.size - done }
  await store(db, id, { status: 'undoing', undo: progress, at: now })
  return true
}

const sums = ({ total, done, kept }: Undo) => ({ total, done, kept })

const nextCustomers = async ({ db }: Ctx, importId: string): Promise<string[]> => {
  const { rows } = await sql<{
    id: string
  }>`select distinct record_customer_id as id from import_row
    where customer_id = ${HOME} and import_id = ${importId} and outcome is null
    order by 1 limit ${batchCustomers}`.execute(db)
  const ids = rows.map(({ id }) => id)
  // Held, so that nothing is hung on them between the look and the deed. Not the firm itself, which stays
  // and on which everybody hangs something all the time.
  await sql`select 1 from customer where id = any(${ids}::uuid[]) and id <> ${HOME}
    order by id for update`.execute(db)
  return ids
}

const takeBack = async (ctx: Ctx, importId: string, customers: readonly string[]) => {
  const outcomes = new Map<string, string>()
  const standings = await standingsOf(ctx, importId, customers)
  for (const all of Map.groupBy(standings, (each) => each.record_customer_id).values()) {
    const open = all.filter((each) => each.blocker !== undone)
    // What hangs on a record goes before it.
    open.sort((one, other) => rankOf(one) - rankOf(other))
    const units = all[0]?.whole ? [open] : open.map((each) => [each])
    for (const unit of units) {
      const outcome = await tried(ctx, importId, unit)
      for (const each of unit) outcomes.set(each.id, each.blocker ?? outcome)
    }
  }
  return outcomes
}

const rankOf = (standing: Standing) => (standing.entity === 'file' ? 0 : isRoot(standing) ? 2 : 1)

const isRoot = ({ entity }: Standing) => binnedNamed(entity)?.root === true

/** All of a unit or nothing; gives the reason when it stays. */
const tried = async (ctx: Ctx, importId: string, unit: readonly Standing[]): Promise<string> => {
  if (unit.some(({ blocker }) => blocker !== null)) return 'kept_with_others'
  await sql`savepoint undo_unit`.execute(ctx.db)
  try {
    // A customer takes along what stands below it, and brings it back from the bin.
    for (const each of unit.some((one) => one.whole) ? unit.filter(isRoot) : unit)
      await putBack(ctx, each, importId)
    await sql`release savepoint undo_unit`.execute(ctx.db)
    return undone
  } catch (error) {
    const refusal = refusalOf(error)
    if (!(refusal instanceof AppError) || refusal.code === 'unavailable') throw error
    await sql`rollback to savepoint undo_unit`.execute(ctx.db)
    return refusal.detail.errors?.[0]?.reason ?? refusal.reason
  }
}

const putBack = async (ctx: Ctx, standing: Standing, importId: string) => {
  const cause = { kind: 'import', id: importId } as const
  const { record_id: id, record_customer_id: customer_id, version } = standing
  if (standing.entity === 'file') return removeFile(ctx, { customer_id, id, version }, cause)
  const entity = entityNamed(standing.entity)
  const key = { id, version, ...(!entity.root && { customer_id }) }
  if (standing.created) return remove(ctx, entity, key, cause)
  const { department_id, ...closed } = standing.before
  // A field that was retired since may be restored, and then shows what it held.
  const kind = await withKept(ctx, entity, Object.keys(closed))
  const before = opened(kind, id, closed)
  const set: Values = department_id === undefined ? {} : { department_id }
  return change(ctx, kind, key, before as never, set, 'updated', true)
}

/**
 * Whoever imported may take it back, also what went to somebody whose records they do not see, and
 * without the right to delete: nothing goes that was not there by this import alone. Others take back
 * only what they might change and delete by hand.
 */
const asMaker = (ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, reach: () => [everyone] },
})

const keepOutcomes = async ({ db }: Ctx, outcomes: ReadonlyMap<string, string>) => {
  const rows = [...outcomes].map(([id, outcome]) => ({ id, outcome }))
  await sql`update import_row t set outcome = r.outcome
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, outcome text)
    where t.customer_id = ${HOME} and t.id = r.id`.execute(db)
}

type Stand = { status: Undo['from']; reason?: string; undo?: Undo; at: string }

const store = async (db: Db, id: string, { status, reason, undo, at }: Stand): Promise<false> => {
  await db
    .updateTable('import')
    .set({ status, ...(reason && { reason }), ...(undo && { undo: JSON.stringify(undo) }) })
    .set({ updated_at: at })
    .set((each) => ({ version: each('version', '+', 1) }))
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .execute()
  return false
}
