import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * The advisory locks of the installation, each with a number of its own: two that shared one would
 * wait for each other for good. Every lock that is taken anywhere is written down here.
 */
export const locks = {
  migrate: 7_150_201,
  seal: 7_150_202,
  setup: 7_150_203,
  /** Shared by every server that works off jobs, for as long as it does. */
  workers: 7_150_204,
  organisation: 7_150_205,
  /** How records are shaped: two who shape them at once would else give one label twice. */
  fields: 7_150_208,
  partitions: 7_150_210,
  counters: 7_150_211,
  testTemplate: 7_150_299,
} as const

/** Those who take the same lock go one after the other, each to the end of its transaction. */
export const inTurn = async (db: Db, lock: keyof typeof locks): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${locks[lock]})`.execute(db)
}
