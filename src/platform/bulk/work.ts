import { type RawBuilder, sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { isRetriable } from '../door/problem.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { holdOwners } from '../records/prepare.ts'
import { find } from '../records/records.ts'
import { entityNamed, ports } from '../records/registry.ts'
import { openedAction } from './action.ts'
import type { Problem, Target } from './contract.ts'
import { actOn, ownerIn } from './row.ts'

/** Rows of one transaction: about a tenth of a second, so that nobody waits long for a row in it. */
const batchRows = 20

/** The rows of the next batch alone: a run may have ten thousand. */
const ahead = sql<Target[]>`jsonb_path_query_array(targets, '$[$from to $to]',
  jsonb_build_object('from', next, 'to', next + ${sql.lit(batchRows - 1)}))`

type Run = { db: Db; signal?: AbortSignal | undefined }

/** Works a run off from where it stands, batch by batch, until it is done or the server stops. */
export const work = async (run: Run, id: string) => {
  for (;;) {
    run.signal?.throwIfAborted()
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
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  const now = new Date().toISOString()
  const actor = await ports().actorOf({ db, now }, row.created_by ?? 0)
  if (!actor) return finish(db, id, { status: 'failed', updated_at: now })
  const ctx: Ctx = { db, actor, now }
  const entity = entityNamed(row.entity)
  const action = openedAction(entity, id, row.action)
  await holdOwners(ctx, [ownerIn(entity, action)])
  const problems: Problem[] = []
  for (const target of row.targets) {
    const problem = await tried(ctx, entity, target, () => actOn(ctx, entity, target, action, id))
    if (problem) problems.push(problem)
  }
  const next = row.next + row.targets.length
  const left = next < row.total
  await finish(db, id, {
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
  updated_at: string
}

const finish = async (db: Db, id: string, progress: Progress) => {
  await db
    .updateTable('bulk_run')
    .set(progress)
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .execute()
  return false
}

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
    if (!(error instanceof AppError)) throw error
    await sql`rollback to savepoint bulk_row`.execute(ctx.db)
    const [first] = error.detail.errors ?? []
    return {
      id: target.id,
      title: await titleOf(ctx, entity, target),
      reason: first?.reason ?? error.reason,
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
