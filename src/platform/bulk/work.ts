import { type RawBuilder, sql } from 'kysely'
import { load } from '../customFields/queries.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { isRetriable, refusalOf } from '../door/problem.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { holdOwners } from '../records/prepare.ts'
import { find } from '../records/records.ts'
import { entityNamed, ports } from '../records/registry.ts'
import { openedAction } from './action.ts'
import type { Problem, Target } from './contract.ts'
import { actOn, heldField, ownerIn } from './row.ts'

/** Rows of one transaction: about a tenth of a second, so that nobody waits long for a row in it. */
const batchRows = 20

/** The rows of the next batch alone: a run may have ten thousand. */
const ahead = sql<Target[]>`jsonb_path_query_array(targets, '$[$from to $to]',
  jsonb_build_object('from', next, 'to', next + ${sql.lit(batchRows - 1)}))`

type Run = {
  db: Db
  signal?: AbortSignal | undefined
  /** Nobody tries again after this: whatever stops the run ends it. */
  last?: boolean | undefined
}

/**
 * Works a run off from where it stands, batch by batch, until it is done, failed as a whole, or the
 * server stops. What another attempt can mend is thrown and left to it; what was done before stays done.
 */
export const work = async (run: Run, id: string) => {
  try {
    await throughBatches(run, id)
  } catch (error) {
    const refusal = refusalOf(error)
    const passing = isRetriable(error) || refusal?.code === 'unavailable'
    if (run.signal?.aborted || (passing && !run.last)) throw error
    await fail(run.db, id, refusal?.reason ?? 'unexpected_fault')
    if (!refusal) throw error
  }
}

const throughBatches = async (run: Run, id: string) => {
  for (;;) {
    run.signal?.throwIfAborted()
    // A field may be new to this server, or have been retired since the last batch.
    await load(run)
    if (!(await inTransaction(run.db, (db) => batch(db, id)))) return
  }
}

/**
 * One batch: what is done to its rows and how far the run is are one transaction, so that no row is
 * done twice. The person acts with the rights they have now. Gives whether rows are left.
 */
const batch = async (db: Db, id: string): Promise<boolean> => {
  const row = await db
    .selectFrom('bulk_run')
    .select(['entity', 'action', 'total', 'next', 'done', 'created_by', ahead.as('targets')])
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'running')
    // Whoever finds another server at it leaves it to that one, and the place to other work.
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return false
  const now = new Date().toISOString()
  const actor = await ports().actorOf({ db, now }, row.created_by ?? 0)
  if (!actor) throw new AppError('forbidden', 'person_inactive')
  const ctx: Ctx = { db, actor, now }
  const entity = entityNamed(row.entity)
  if (row.action.kind !== 'delete' && row.action.kind !== 'share') heldField(entity, row.action)
  const action = openedAction(entity, id, row.action)
  await holdOwners(ctx, [ownerIn(entity, action)])
  const problems: Problem[] = []
  for (const target of row.targets) {
    const problem = await tried(ctx, entity, target, () => actOn(ctx, entity, target, action, id))
    if (problem) problems.push(problem)
  }
  const next = row.next + row.targets.length
  const left = next < row.total
  await store(db, id, {
    next,
    done: row.done + row.targets.length - problems.length,
    ...(problems.length > 0 && { problems: sql`problems || ${JSON.stringify(problems)}::jsonb` }),
    status: left ? 'running' : 'done',
    updated_at: now,
  })
  return left
}

type Progress = {
  next?: number
  done?: number
  problems?: RawBuilder<string>
  status: 'running' | 'done' | 'failed'
  reason?: string
  updated_at: string
}

const fail = (db: Db, id: string, reason: string) =>
  store(db, id, { status: 'failed', reason, updated_at: new Date().toISOString() })

const store = (db: Db, id: string, progress: Progress) =>
  db
    .updateTable('bulk_run')
    .set(progress)
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()

/** A row that is refused leaves nothing behind and does not stop those after it. */
const tried = async (
  ctx: Ctx,
  entity: Entity,
  target: Target,
  act: () => Promise<unknown>,
): Promise<Problem | undefined> => {
  await sql`savepoint bulk_row`.execute(ctx.db)
  try {
    await act()
    await sql`release savepoint bulk_row`.execute(ctx.db)
    return undefined
  } catch (error) {
    const refusal = isRetriable(error) ? undefined : refusalOf(error)
    if (!refusal || refusal.code === 'unavailable') throw error
    await sql`rollback to savepoint bulk_row`.execute(ctx.db)
    const [first] = refusal.detail.errors ?? []
    return {
      id: target.id,
      title: await titleOf(ctx, entity, target),
      reason: first?.reason ?? refusal.reason,
      ...(first && { path: first.path }),
      ...(first?.values && { values: first.values }),
    }
  }
}

/** What the person may call the record; of one out of reach nothing is told. */
const titleOf = async (ctx: Ctx, entity: Entity, target: Target) => {
  const seen = await find(ctx, entity, target).catch((error: unknown) => {
    if (error instanceof AppError) return undefined
    throw error
  })
  const row: Record<string, unknown> = { ...seen }
  return String(row[entity.title] ?? '')
}

const inTransaction = async <T>(db: Db, act: (db: Db) => Promise<T>, tries = 3): Promise<T> => {
  try {
    return await db.transaction().execute(act)
  } catch (error) {
    if (tries > 1 && isRetriable(error)) return inTransaction(db, act, tries - 1)
    throw error
  }
}
