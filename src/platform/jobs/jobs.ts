import { Logger, type Runner, run, runMigrations, runOnce } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { locks } from '../database/locks.ts'

/** A job: a short entry that calls a command. It gets a database, not a transaction. */
export type Job = {
  name: string
  /** Cron line in UTC for chores, such as `0 18 * * *`. */
  schedule?: string
  run: (
    input: {
      db: Db
      now: string
      signal: AbortSignal | undefined
      /** Whether this is the last attempt: nobody tries again what it throws. */
      last?: boolean
    },
    payload: Record<string, unknown>,
  ) => Promise<void>
}

/**
 * Adds a job in the transaction of the change, to be run after `delay` seconds. Jobs with the same key
 * replace each other while they wait, those of one queue are run one after the other.
 */
export const addJob = async (
  ctx: Pick<Ctx, 'db'>,
  name: string,
  payload: Record<string, unknown> = {},
  options: { key?: string; queue?: string; attempts?: number; delay?: number } = {},
) => {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json,
    job_key := ${options.key ?? null}, queue_name := ${options.queue ?? null},
    max_attempts := ${options.attempts ?? 8},
    run_at := now() + make_interval(secs => ${options.delay ?? 0}))`.execute(ctx.db)
}

/**
 * Adds a job that goes through all records of a kind, and the same once more a minute later: it catches
 * what was being written when the change came, or by a server that had not heard of it yet.
 */
export const addJobTwice = async (ctx: Pick<Ctx, 'db'>, name: string, entity: string) => {
  const key = `${name}:${entity}`
  await addJob(ctx, name, { entity }, { key })
  await addJob(ctx, name, { entity }, { key: `${key}:again`, delay: 60 })
}

/** Makes or upgrades the worker's own schema. */
export const prepareJobs = (pool: pg.Pool) => runMigrations({ pgPool: pool, logger: quiet })

/** Starts working off jobs, also those that a killed server left; `stop` lets the running ones finish. */
export const startJobs = async (
  pool: pg.Pool,
  db: Db,
  jobs: readonly Job[],
  options: { concurrency?: number; onError?: (name: string, error: unknown) => void } = {},
): Promise<{ stop: () => Promise<void> }> => {
  const leave = await takeUpLeft(pool)
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
  return {
    stop: async () => {
      await runner.stop()
      leave()
    },
  }
}

/** The lock that every working server shares: whoever gets it alone knows that no other works. */
const presence = locks.workers

/**
 * A killed server leaves its jobs locked, and the worker would free them only after four hours. A server
 * that finds itself alone on the database frees them at once.
 */
const takeUpLeft = async (pool: pg.Pool): Promise<() => void> => {
  const client = await pool.connect()
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock($1) as alone',
    [presence],
  )
  if (rows[0]?.alone)
    await client.query(`select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker.jobs where locked_by is not null))`)
  await client.query('select pg_advisory_lock_shared($1)', [presence])
  if (rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [presence])
  // The lock falls with its connection.
  return () => client.release(true)
}

/** Works off every job that is due, then returns; commands and tests use it. The first failure is thrown. */
export const runJobs = async (pool: pg.Pool, db: Db, jobs: readonly Job[]) => {
  const failures: unknown[] = []
  let worked = 0
  const noted = jobs.map((job) => ({
    ...job,
    run: (...given: Parameters<Job['run']>) => {
      worked++
      return job.run(...given)
    },
  }))
  const taskList = tasksOf(db, noted, (_name, error) => failures.push(error))
  // The worker gives up before the queue of the job that it has just done is free again; with a delay it
  // at least ends only when that is written.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }
  do {
    worked = 0
    await runOnce({ pgPool: pool, logger: quiet, noHandleSignals: true, taskList, preset })
  } while (worked > 0)
  if (failures.length > 0) throw failures[0]
}

type Helpers = {
  abortSignal?: AbortSignal | undefined
  job: { attempts: number; max_attempts: number }
}

const tasksOf = (db: Db, jobs: readonly Job[], onError?: (name: string, error: unknown) => void) =>
  Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (
        payload: unknown,
        { abortSignal: signal, job: { attempts, max_attempts } }: Helpers,
      ) => {
        const now = new Date().toISOString()
        try {
          const last = attempts >= max_attempts
          await job.run({ db, now, signal, last }, objectOf(payload))
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
