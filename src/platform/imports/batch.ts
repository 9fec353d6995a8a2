import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { refreshSearchOnce } from '../records/searching.ts'
import type { Counts } from './contract.ts'
import { withCustomers } from './customerOf.ts'
import { decide, type Step } from './decide.ts'
import { tallied } from './decisions.ts'
import { find, keepClaims } from './find.ts'
import { foretold } from './foretell.ts'
import { type Plan, readRow } from './reading.ts'
import { withReferences } from './references.ts'
import { write } from './write.ts'

export type TableRow = { number: number; cells: readonly string[] }
export type Work = 'checking' | 'running'
/** Where the work stands: the first row that is not done, and the sums so far. */
export type Progress = { next: number; counts: Counts }

/**
 * One batch of rows, inside one transaction that also stores problems, sums and the next row, so that
 * whatever is killed, no row is taken twice or left out. Gives undefined, having done nothing, when
 * the import was cancelled or another worker is ahead.
 */
export const batch = async (
  ctx: Ctx,
  plan: Plan,
  job: { id: string; work: Work },
  rows: readonly TableRow[],
  from: Progress,
): Promise<Progress | undefined> => {
  const held = await holdsAt(ctx, job, from.next)
  if (!held) return undefined
  const cells = rows.map((row) => readRow(plan, row.number, row.cells))
  const read = await withReferences(ctx, plan, await withCustomers(ctx, plan, cells))
  const running = job.work === 'running'
  const found = await find(ctx, plan, job.id, read, running)
  const before = new Set(found.claims.values())
  const decided = await foretold(ctx, plan, decide(plan, read, found))
  const writing = () => write(ctx, plan, job.id, decided)
  // What is only made, and made together, writes its documents by itself, from the values at hand.
  const together = !plan.below && decided.every(({ change, amend }) => !change && !amend)
  const run = () => (together ? writing() : refreshSearchOnce(ctx, writing))
  const steps = running ? await run() : decided
  const fallen = new Set(steps.filter((step) => step.outcome === 'failed').map(rowOf))
  const touched = new Set(steps.map((step) => step.claim))
  const kept = [...found.claims].filter(
    ([, claim]) => touched.has(claim) && (before.has(claim) || !fallen.has(claim.row)),
  )
  await keepClaims(ctx, plan, job.id, new Map(kept))
  await keepProblems(ctx, job.id, steps)
  const next = (rows.at(-1)?.number ?? from.next) + 1
  const named = [...new Set([...(held.archive?.used ?? []), ...read.flatMap((row) => row.files)])]
  const unread = read.flatMap((row) => row.unread)
  const progress = { next, counts: added(from.counts, steps) }
  await ctx.db
    .updateTable('import')
    .set({ counts: JSON.stringify(progress.counts), next_row: next, updated_at: ctx.now })
    .$if(named.length > 0, (query) =>
      query.set({ archive: JSON.stringify({ ...held.archive, used: named }) }),
    )
    .$if(unread.length > 0, (query) =>
      query.set({ unread: JSON.stringify(tallied(held.unread, unread)) }),
    )
    .where('customer_id', '=', HOME)
    .where('id', '=', job.id)
    .execute()
  return progress
}

const rowOf = (step: Step) => step.row.number

const holdsAt = async (ctx: Ctx, job: { id: string; work: Work }, next: number) => {
  const held = await ctx.db
    .selectFrom('import')
    .select(['status', 'next_row', 'unread', 'archive'])
    .where('customer_id', '=', HOME)
    .where('id', '=', job.id)
    .forUpdate()
    .executeTakeFirst()
  return held?.status === job.work && held.next_row === next ? held : undefined
}

const keepProblems = async (ctx: Ctx, importId: string, steps: readonly Step[]) => {
  const told = steps.flatMap((step) => step.problems.map((problem) => ({ step, problem })))
  // Sorted, as ids of one millisecond are in no order and problems are read in that of the ids.
  const ids = told.map(() => randomUUIDv7()).sort()
  const rows = told.map(({ step, problem: { column, values, ...rest } }, index) => ({
    ...rest,
    customer_id: HOME,
    id: ids[index],
    import_id: importId,
    row_number: step.row.number,
    column_name: column,
    detail: values && Object.keys(values).length > 0 ? values : null,
  }))
  if (rows.length === 0) return
  await sql`insert into import_problem
    select * from jsonb_populate_recordset(null::import_problem, ${JSON.stringify(rows)}::jsonb)`.execute(
    ctx.db,
  )
}

const added = (counts: Counts, steps: readonly Step[]): Counts => {
  const sums = { ...counts, read: counts.read + steps.length }
  for (const step of steps) {
    sums[step.outcome] += 1
    if (step.outcome !== 'failed' && step.problems.length > 0) sums.warned += 1
  }
  return { ...sums, rows: Math.max(sums.rows, sums.read) }
}
