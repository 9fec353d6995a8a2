import { createHmac } from 'node:crypto'
import type pg from 'pg'

export type Limits = { attempts: number; minutes: number }
type Guess = { locked: false; failures: number } | { locked: true; until: string }
type Lock = { until: string; failures: number }

export type Guesses = ReturnType<typeof openGuesses>

/**
 * Wrong passwords by account, whatever the address they come from, for all servers together. A guess
 * is counted before it is checked, each statement by itself, so that many at once do not slip through.
 * Names that nobody has are counted alike, so that a lock does not tell who exists.
 */
export const openGuesses = (pool: pg.Pool, secret: string) => {
  const digest = (login: string) =>
    createHmac('sha256', secret).update(login.trim().toLowerCase()).digest('hex')

  return {
    begin: async (login: string, now: string, { attempts, minutes }: Limits): Promise<Guess> => {
      const stale = before(now, minutes)
      const { rows } = await pool.query<{ failures: number; locked_until: string | Date | null }>(
        `insert into guess as g (login, failures, last_at) values ($1, 1, $2)
          on conflict (login) do update set
            failures = case when g.locked_until > $2 then g.failures
              when g.locked_until is not null or g.last_at < $3 then 1 else g.failures + 1 end,
            locked_until = case when g.locked_until > $2 then g.locked_until end,
            last_at = case when g.locked_until > $2 then g.last_at else $2 end
          returning failures, locked_until`,
        [digest(login), now, stale],
      )
      const { failures = 1, locked_until = null } = rows[0] ?? {}
      if (locked_until) return { locked: true, until: iso(locked_until) }
      // More at once than allowed: those above the limit are not even checked.
      if (failures > attempts) return { locked: true, until: after(now, minutes) }
      return { locked: false, failures }
    },

    /** Says whether this wrong guess locks the account. */
    missed: async (login: string, now: string, { attempts, minutes }: Limits) => {
      const { rowCount } = await pool.query(
        `update guess set locked_until = $2 where login = $1 and failures >= $3 and locked_until is null`,
        [digest(login), after(now, minutes), attempts],
      )
      await pool.query('delete from guess where last_at < $1', [before(now, 7 * 24 * 60)])
      return (rowCount ?? 0) > 0
    },

    /** Takes back what `begin` counted: the guess was right or not a guess. */
    spare: async (login: string) => {
      await pool.query('update guess set failures = greatest(failures - 1, 0) where login = $1', [
        digest(login),
      ])
    },

    forget: async (login: string) => {
      const { rowCount } = await pool.query('delete from guess where login = $1', [digest(login)])
      return (rowCount ?? 0) > 0
    },

    /** The locks that hold now, of those names that are asked for. */
    locks: async (logins: readonly string[], now: string): Promise<Map<string, Lock>> => {
      const { rows } = await pool.query<{ login: string; locked_until: string; failures: number }>(
        'select login, locked_until, failures from guess where locked_until > $1',
        [now],
      )
      const held = new Map(rows.map((row) => [row.login, row]))
      return new Map(
        logins.flatMap((login): [string, Lock][] => {
          const lock = held.get(digest(login))
          return lock ? [[login, { until: iso(lock.locked_until), failures: lock.failures }]] : []
        }),
      )
    },
  }
}

const iso = (time: string | Date) => new Date(time).toISOString()
const after = (now: string, minutes: number) =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString()
const before = (now: string, minutes: number) => after(now, -minutes)
