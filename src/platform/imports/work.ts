import { sql } from 'kysely'
import { load } from '../customFields/queries.ts'
import { type Actor, type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { isRetriable, refusalOf } from '../door/problem.ts'
import { AppError } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { ports } from '../records/registry.ts'
import type { Bundle } from '../tables/bundle.ts'
import type { OpenTable } from '../tables/openTable.ts'
import { indexOf } from './attachments.ts'
import { batch, type Progress, type TableRow, type Work } from './batch.ts'
import { deciderOf } from './decisions.ts'
import { refreshStatistics } from './find.ts'
import { foreteller } from './foretell.ts'
import { targetsOf } from './mapping.ts'
import { requirePermissions } from './permissions.ts'
import { directoryOf, importableOf } from './ports.ts'
import { fillsOf, type Plan } from './reading.ts'
import { bundleOf, type ImportRow, importRow, openStored } from './rows.ts'
import { givenDefaults } from './settings.ts'
import { requireStillMapped } from './stillMapped.ts'
import { storable } from './storable.ts'

/** Rows per transaction: large enough for few statements a row, small enough to cancel at once. */
const batchRows = 500

export type Run = { db: Db; signal?: AbortSignal | undefined; clock?: () => string }

/** The dry run: the same decisions as the run on every row, written nowhere but as problems and sums. */
export const checkImport = (run: Run, id: string) => workOff(run, id, 'checking')

/**
 * Takes over the rows of an import that was started, from where it stands to the end of the file.
 * Returns when it is done, was cancelled, or failed as a whole; called again after a crash it goes on.
 */
export const runImport = (run: Run, id: string) => workOff(run, id, 'running')

const workOff = async (run: Run, id: string, work: Work): Promise<void> => {
  const ctx = { db: run.db, now: now(run) }
  const stored = await importRow(ctx, id)
  if (stored?.status !== work) return
  const table = await prepared(run, stored, work)
  if (!table) return
  try {
    await throughRows(run, id, work, stored, table)
  } catch (error) {
    // What another attempt can mend is left to it. All else, such as a file that turns out broken in
    // the middle, ends the import; what was taken over before stays and is counted.
    const refusal = refusalOf(error)
    const passing = run.signal?.aborted || isRetriable(error) || refusal?.code === 'unavailable'
    if (passing) throw error
    await finish(run, id, work, refusal ? failure(refusal) : fault, table.actor)
    if (!refusal) throw error
  } finally {
    await table.open.close()
    table.bundle?.close()
  }
}

type Prepared = { open: OpenTable; plan: Plan; actor: Actor; bundle: Bundle | undefined }

/** Opens the file as the person who started it; what forbids the whole import ends it as failed. */
const prepared = async (run: Run, stored: ImportRow, work: Work): Promise<Prepared | undefined> => {
  try {
    const base = { db: run.db, now: now(run) }
    const actor = await ports().actorOf(base, stored.updated_by ?? stored.created_by ?? 0)
    if (!actor) throw new AppError('forbidden', 'person_inactive')
    const ctx = { ...base, actor }
    // A choice that was made with the start of this run is known at once.
    await load(ctx)
    const plan = await planOf(ctx, stored)
    const open = await openStored(ctx, stored)
    const serial = open.format !== 'xlsx' ? 'likely' : open.from1904 ? 1904 : true
    const bundle = await bundleOf(ctx, stored)
    const attachments = bundle && { ...indexOf(bundle), read: bundle.read }
    return { open, plan: { ...plan, dates: { ...plan.dates, serial }, attachments }, actor, bundle }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    await finish(run, stored.id, work, failure(error))
    return undefined
  }
}

const planOf = async (ctx: Ctx, stored: ImportRow): Promise<Plan> => {
  const importable = importableOf(stored)
  requirePermissions(ctx, importable, stored.mode, stored.mapping)
  requireStillMapped(ctx, importable, stored)
  const plan: Plan = {
    ...importable,
    mode: stored.mode,
    key: stored.key,
    defaults: givenDefaults(ctx, importable.entity, stored.defaults),
    directory: await directoryOf(ctx),
    dates: stored.dates,
    decide: new Map(
      Object.entries(stored.decisions).map(([path, words]) => [path, deciderOf(words)]),
    ),
    fills: fillsOf(stored.header, stored.mapping, targetsOf(ctx, importable)),
  }
  return { ...plan, foretell: foreteller(ctx, plan) }
}

const throughRows = async (
  run: Run,
  id: string,
  work: Work,
  stored: ImportRow,
  { open, plan, actor }: Prepared,
) => {
  let progress: Progress = { next: stored.next_row, counts: stored.counts }
  let written = 0
  let analyseAt = 0
  for await (const rows of batches(open.rows(stored.next_row))) {
    run.signal?.throwIfAborted()
    if (written >= analyseAt) {
      await refreshStatistics(run.db, plan, written)
      analyseAt = written * 2 + batchRows
    }
    const from = progress
    const base = { db: run.db, now: now(run) }
    // What the person may do and see may change while a long table is taken over, and fields with it.
    const known = await ports().actorOf(base, actor.id ?? 0)
    if (!known) throw new AppError('forbidden', 'person_inactive')
    await load(base)
    const done = await inTransaction(run.db, async (db) => {
      const ctx = { ...base, db, actor: known }
      requireStillMapped(ctx, plan, stored)
      try {
        return await batch(ctx, plan, { id, work }, rows, from)
      } finally {
        // A field that goes in the midst of a batch is why it failed, or why rows of it did.
        requireStillMapped(ctx, plan, stored)
      }
    })
    if (!done) return
    if (work === 'running') written += done.counts.created - from.counts.created
    progress = done
  }
  const counts = { ...progress.counts, rows: progress.counts.read }
  await finish(run, id, work, { status: work === 'checking' ? 'checked' : 'done', counts }, actor)
}

const batches = async function* (rows: AsyncIterable<TableRow>) {
  let held: TableRow[] = []
  for await (const each of rows) {
    const cells = each.cells.map(storable)
    // Spreadsheets end in thousands of rows that hold nothing; they are no rows of the list.
    if (cells.every((cell) => cell.trim() === '')) continue
    held.push({ number: each.number, cells })
    if (held.length < batchRows) continue
    yield held
    held = []
  }
  if (held.length > 0) yield held
}

type Ending = {
  status: 'checked' | 'done' | 'failed'
  reason?: string
  facts?: string
  counts?: Progress['counts']
}

const fault: Ending = { status: 'failed', reason: 'unexpected_fault' }

const failure = ({ reason, detail }: AppError): Ending => ({
  status: 'failed',
  reason,
  ...(detail.facts && { facts: JSON.stringify(detail.facts) }),
})

const finish = async (run: Run, id: string, work: Work, ending: Ending, actor?: Actor) =>
  inTransaction(run.db, async (db) => {
    const at = now(run)
    const { counts, ...rest } = ending
    const ended = await db
      .updateTable('import')
      .set({ ...rest, ...(counts && { counts: JSON.stringify(counts) }), updated_at: at })
      .set((each) => ({ version: each('version', '+', 1) }))
      .where('customer_id', '=', HOME)
      .where('id', '=', id)
      .where('status', '=', work)
      .returningAll()
      .executeTakeFirst()
    if (!ended) return
    await forgetClaims(db, id)
    if (!actor || work === 'checking') return
    const { entity, file_name } = ended
    await emit({ db, actor, now: at }, [
      {
        kind: 'import.finished',
        customer_id: HOME,
        subject_kind: 'import',
        subject_id: id,
        payload: { entity, file_name, counts: ended.counts },
      },
    ])
  })

/** The memory of a file's keys is needed only while it is worked on. */
export const forgetClaims = (db: Db, importId: string) =>
  sql`delete from import_key where customer_id = ${HOME} and import_id = ${importId}`.execute(db)

export const inTransaction = async <T>(
  db: Db,
  work: (db: Db) => Promise<T>,
  tries = 3,
): Promise<T> => {
  try {
    return await db.transaction().execute(work)
  } catch (error) {
    if (tries > 1 && isRetriable(error)) return inTransaction(db, work, tries - 1)
    throw error
  }
}

const now = (run: Run) => run.clock?.() ?? new Date().toISOString()
