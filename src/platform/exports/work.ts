import { type Actor, type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { isRetriable, refusalOf } from '../door/problem.ts'
import { AppError } from '../errors/error.ts'
import { keep, receive } from '../files/commands.ts'
import { entityNamed, ports } from '../records/registry.ts'
import { exportFile, noteExport, plainAmong, reachOf, requireAmount } from './exports.ts'
import { type Run, runById } from './queries.ts'
import { settingsOf } from './settings.ts'

type Working = { db: Db; signal?: AbortSignal | undefined; clock?: () => string }

/** Thrown inside the making when somebody has cancelled it. */
const stopped = new Error('cancelled')

/**
 * Makes the file of an export as the person who asked for it, from one snapshot of the database. The
 * file is offered only when it is whole: called again after a crash it begins anew.
 */
export const workExport = async (working: Working, id: string): Promise<void> => {
  const run = await runById(working, id).catch(() => undefined)
  if (run?.status !== 'running') return
  try {
    await make(working, run)
  } catch (error) {
    if (error === stopped) return
    const refusal = refusalOf(error)
    if (working.signal?.aborted || isRetriable(error) || refusal?.code === 'unavailable')
      throw error
    await end(working, id, { status: 'failed', reason: refusal?.reason ?? 'unexpected_fault' })
    if (!refusal) throw error
  }
}

const make = async (working: Working, run: Run) => {
  const { db } = working
  const actor = await ports().actorOf({ db, now: nowOf(working) }, run.created_by ?? 0)
  if (!actor) throw new AppError('forbidden', 'person_inactive')
  const entity = entityNamed(run.entity)
  const permission = `${entity.plural}.export`
  if (!actor.reach(permission))
    throw new AppError('forbidden', 'permission_missing', { facts: { permission } })
  const taken = { count: 0 }
  const content = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const ctx: Ctx = { db: snapshot, actor, now: nowOf(working) }
      const { q, filter, sort, ids } = run.question
      const asked = { q, filter, sort, ids, format: run.format, columns: run.columns }
      const total = await requireAmount(ctx, entity, asked)
      const { body } = await exportFile(ctx, entity, asked, { total, taken })
      return receive(watched(working, run.id, taken, body))
    })
  await finish(working, run, actor, content, taken.count)
}

/** The file as it grows; every so often it is said how far it is, and heard whether it is still wanted. */
const watched = async function* (
  working: Working,
  id: string,
  taken: { count: number },
  body: AsyncIterable<Uint8Array>,
) {
  let told = 0
  for await (const piece of body) {
    yield piece
    working.signal?.throwIfAborted()
    if (taken.count - told < toldEvery) continue
    told = taken.count
    if (!(await progress(working, id, told))) throw stopped
  }
  if (!(await progress(working, id, taken.count))) throw stopped
}

const toldEvery = 1000

const progress = async (working: Working, id: string, done: number): Promise<boolean> => {
  const { numUpdatedRows } = await working.db
    .updateTable('export_run')
    .set({ done, updated_at: nowOf(working) })
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows) > 0
}

type Content = Awaited<ReturnType<typeof receive>>

const finish = async (
  working: Working,
  run: Run,
  actor: Actor,
  content: Content,
  count: number,
) => {
  const now = nowOf(working)
  await working.db.transaction().execute(async (db) => {
    const ctx: Ctx = { db, actor, now }
    const { kept_days } = await settingsOf(ctx)
    const held = await db
      .selectFrom('export_run')
      .select('status')
      .where('customer_id', '=', HOME)
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst()
    if (held?.status !== 'running') return
    const file = await keep(ctx, { customer_id: HOME, name: run.file_name, content })
    const expires_at = new Date(Date.parse(now) + kept_days * 86_400_000).toISOString()
    const plain = plainAmong(ctx, entityNamed(run.entity), run.columns)
    const reach = JSON.stringify(reachOf(ctx, entityNamed(run.entity)))
    await end({ db, clock: () => now }, run.id, {
      ...{ status: 'done', file_id: file.id, done: count, total: count, expires_at, plain, reach },
    })
    await noteExport(ctx, entityNamed(run.entity), {
      ...{ count, format: run.format, columns: run.columns, export_id: run.id },
      ...{ q: run.question.q, filter: run.question.filter, picked: run.question.ids?.length },
    })
  })
}

type Ending = {
  status: 'done' | 'failed'
  reason?: string
  file_id?: string
  done?: number
  total?: number
  expires_at?: string
  plain?: string[]
  reach?: string
}

const end = async (working: Working, id: string, ending: Ending) => {
  await working.db
    .updateTable('export_run')
    .set({ ...ending, updated_at: nowOf(working) })
    .where('customer_id', '=', HOME)
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}

const nowOf = ({ clock }: Working) => clock?.() ?? new Date().toISOString()
