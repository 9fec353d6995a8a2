import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

export type Database = {
  db: Db
  pool: pg.Pool
  close: () => Promise<void>
}

/** A request that waits longer for a connection is told that the server is busy. */
const patience = 10_000

/** How long, in milliseconds, one statement may run and a transaction may stand idle (0: as it likes). */
export type Limits = { statement: number; idle: number }
/** Somebody waits for the answer, and others for the connection. */
export const requestLimits: Limits = { statement: 30_000, idle: 60_000 }
/** Jobs and exports; an export stands idle for as long as its reader is slow. */
export const choreLimits: Limits = { statement: 600_000, idle: 0 }

const int8 = 20
const date = 1082
const timestamp = 1184

/**
 * Opens a pool on a PostgreSQL of version 15 or later. int8 becomes a safe integer, date stays
 * `2026-11-21` and timestamptz becomes an ISO string in UTC. `onError` hears of idle connections
 * that broke; without it they would end the process. `limits` hold for every connection (those of
 * chores): what takes longer is refused as `took_too_long`, who finds no connection as `server_busy`.
 */
export const openDatabase = (
  url: string,
  options: { max?: number; onError?: (error: Error) => void; limits?: Limits } = {},
): Database => {
  const { max = 16, onError = () => undefined, limits = choreLimits } = options
  const types = { getTypeParser: parserOf }
  const pool = openPool({ connectionString: url, max, types }, onError, limits)
  const db = onPool(pool)
  const own: { db?: Db } = {}
  const beside = () =>
    onPool(
      openPool(
        // What is written here is on disk no later than what goes by it, which is written afterwards.
        { connectionString: url, max: 2, types, options: '-c synchronous_commit=off' },
        onError,
        limits,
      ),
    )
  besides.set(db.getExecutor().adapter, () => (own.db ??= beside()))
  return {
    db,
    pool,
    close: async () => {
      await own.db?.destroy()
      await db.destroy()
      // Kysely ends only a pool that it has used.
      if (!pool.ended) await pool.end()
    },
  }
}

const besides = new WeakMap<object, () => Db>()

/**
 * The same database on lines of its own, two of them: what is written there is committed at once, whatever
 * becomes of the transaction that asks. Only for one statement that waits for nobody else's transaction, or
 * two could wait for each other unseen.
 */
export const apartFrom = (db: Db): Db => besides.get(db.getExecutor().adapter)?.() ?? db

const onPool = (pool: pg.Pool): Db => {
  const dialect = new PostgresDialect({
    pool,
    // A generic plan for `grants && $1` was 400 times slower than a custom one. Compiling what reads a
    // few rows of a tree, whose plan looks costly, took 1.7 s where running it took 0.01 s.
    onCreateConnection: async (connection) => {
      await connection.executeQuery(
        CompiledQuery.raw(
          "set plan_cache_mode = force_custom_plan; set jit = off; set time zone 'UTC'",
        ),
      )
    },
  })
  return new Kysely<Tables>({
    dialect,
    log: (event) => {
      if (event.level === 'query') statements.getStore()?.push(event.query.sql)
    },
  })
}

/**
 * A pool whose broken connections are heard of, idle or at work: an error that nobody listens to
 * ends the process.
 */
export const openPool = (
  config: pg.PoolConfig,
  onError: (error: Error) => void,
  { statement, idle }: Limits,
): pg.Pool => {
  const pool = new pg.Pool({
    connectionTimeoutMillis: patience,
    statement_timeout: statement,
    idle_in_transaction_session_timeout: idle,
    ...config,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

/** A connection on which a statement may take as long as it needs: an index on millions of rows. */
export const unhurried = <T>(db: Db, work: (line: Db) => Promise<T>): Promise<T> =>
  db.connection().execute(async (line) => {
    await sql`set statement_timeout = 0`.execute(line)
    try {
      return await work(line)
    } finally {
      await sql`reset statement_timeout`.execute(line)
    }
  })

const statements = new AsyncLocalStorage<string[]>()

/** Runs `work` and tells which SQL statements it sent; tests hold endpoints to a fixed number. */
export const countStatements = async <T>(
  work: () => Promise<T>,
): Promise<{ value: T; sql: string[] }> => {
  const sql: string[] = []
  const value = await statements.run(sql, work)
  return { value, sql }
}

const parserOf = ((oid: number, format?: 'text' | 'binary') => {
  if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
  if (oid === int8) return safeInteger
  if (oid === date) return (value: string) => value
  if (oid === timestamp) return instant
  return pg.types.getTypeParser(oid, 'text')
}) as typeof pg.types.getTypeParser

const safeInteger = (value: string) => {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond exact integers`)
  return number
}

const instant = (value: string) => {
  const at = new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  return Number.isNaN(at.getTime()) ? value : at.toISOString()
}
