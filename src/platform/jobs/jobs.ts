import { Logger, type Runner, run, runMigrations, runOnce } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'

/** A job: a short entry that calls a command. It gets a database, not a transaction. */
export type Job = {
  name: string
  /** Cron line in UTC for chores, such as `0 18 * * *`. */
  schedule?: string
  run: (
    input: { db: Db; now: string; signal: AbortSignal | undefined },
    payload: Record<string, unknown>,
  ) => Promise<void>
}

/** Adds a job in the transaction of the change. Jobs with the same key replace each other while they wait. */
export const addJob = async (
  ctx: Pick<Ctx, 'db'>,
  name: string,
  payload: Record<string, unknown> = {},
  options: { key?: string; queue?: string; attempts?: number } = {},
) => {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json,
    job_key := ${options.key ?? null}, queue_name := ${options.queue ?? null},
    max_attempts := ${options.attempts ?? 8})`.execute(ctx.db)
}

/** Makes or upgrades the worker's own schema. */
export const prepareJobs = (pool: pg.Pool) => runMigrations({ pgPool: pool, logger: quiet })

/** Starts working off jobs; `stop` lets the running ones finish. */
export const startJobs = async (
  pool: pg.Pool,
  db: Db,
  jobs: readonly Job[],
  options: { concurrency?: number; onError?: (name: string, error: unknown) => void } = {},
): Promise<{ stop: () => Promise<void> }> => {
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: options.concurrency ?? 2,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quiet,
    crontab: jobs
      .filter((job) => job.schedule)
      .map((job) => `${job.schedule} ${job.name}`)
      .join('\n'),
    taskList: tasksOf(db, jobs, options.onError),
  })
  return { stop: () => runner.stop() }
}

/** Works off every job that is due, then returns; commands and tests use it. The first failure is thrown. */
export const runJobs = async (pool: pg.Pool, db: Db, jobs: readonly Job[]) => {
  const failures: unknown[] = []
  const taskList = tasksOf(db, jobs, (_name, error) => failures.push(error))
  await runOnce({ pgPool: pool, logger: quiet, noHandleSignals: true, taskList })
  if (failures.length > 0) throw failures[0]
}

const tasksOf = (db: Db, jobs: readonly Job[], onError?: (name: string, error: unknown) => void) =>
  Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown, helpers: { abortSignal?: AbortSignal | undefined }) => {
        const now = new Date().toISOString()
        try {
          await job.run({ db, now, signal: helpers.abortSignal }, objectOf(payload))
        } catch (error) {
          onError?.(job.name, error)
          throw error
        }
      },
    ]),
  )

const objectOf = (payload: unknown): Record<string, unknown> =>
  payload !== null && typeof payload === 'object' ? { ...payload } : {}

const quiet = new Logger(() => () => undefined)
