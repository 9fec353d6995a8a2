import { sql } from 'kysely'
import { HOME } from '../database/ctx.ts'
import { addJob, type Job } from './jobs.ts'

/** Milliseconds without progress after which a run lost its worker; a batch takes about a second. */
const silence = 90_000

type Runs = {
  table: 'import' | 'export_run' | 'bulk_run'
  /** Those in which its worker makes progress, told by `updated_at`. */
  statuses: readonly string[]
  /** The job that goes on where a run stands, given its `id`. */
  job: string
  /** What the keys of its jobs begin with. */
  key: string
}

/**
 * The chore that takes up the runs of a table whose worker was killed: the job would stay locked for four
 * hours. One that waits for its turn, or for its next attempt, is left alone.
 */
export const resuming = (name: string, { table, statuses, job, key }: Runs): Job => ({
  name,
  schedule: '* * * * *',
  run: async ({ db, now }) => {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} t
      where customer_id = ${HOME} and status in (${sql.join(statuses)})
        and updated_at < ${new Date(Date.parse(now) - silence).toISOString()}
        and not exists (select 1 from graphile_worker.jobs j where j.key = ${`${key}:`} || t.id
          and j.locked_at is null and j.attempts < j.max_attempts)`.execute(db)
    for (const { id } of rows) await addJob({ db }, job, { id }, { key: `${key}:${id}` })
  },
})
