import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { everSeen } from '../records/deletions.ts'

/** A row that changed, and the principals that may see its customer now, or might when it was deleted. */
export type Change = {
  entity: string
  id: string
  customer_id: string
  version: number | null
  grants: number[]
}

type Listener = (changes: readonly Change[] | undefined) => void
type Place = { era: number; tx: string; id: string }

const every = 400
// One reading tells of so many; an import of more is told in several.
const most = 2000

const state: { listeners: Map<Db, Set<Listener>> } = { listeners: new Map() }

/** Follows what is committed on this database: one reader for all who listen to it. */
export const follow = (db: Db) => {
  const waiting: Change[] = []
  const held: { wake?: () => void; ended?: true } = {}
  const listener: Listener = (changes) => {
    if (changes) waiting.push(...changes)
    else held.ended = true
    held.wake?.()
  }
  const known = state.listeners.get(db)
  const listeners = known ?? new Set<Listener>()
  listeners.add(listener)
  if (!known) {
    state.listeners.set(db, listeners)
    void read(db, listeners)
  }
  return {
    /** What has changed since the last time, at most so many milliseconds from now; undefined: no more. */
    next: async (milliseconds: number): Promise<readonly Change[] | undefined> => {
      if (waiting.length === 0 && !held.ended)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds)
          held.wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      return held.ended ? undefined : waiting.splice(0)
    },
    leave: () => {
      listeners.delete(listener)
      held.wake?.()
    },
  }
}

/** Ends every line to this database, before the server stops. */
export const stopFollowing = (db: Db) => {
  for (const listener of state.listeners.get(db) ?? []) listener(undefined)
  state.listeners.get(db)?.clear()
}

const read = async (db: Db, listeners: Set<Listener>) => {
  let place: Place | undefined
  while (listeners.size > 0) {
    try {
      place ??= await horizon(db)
      const found = await since(db, place)
      place = found.place
      if (found.changes.length > 0) for (const listener of listeners) listener(found.changes)
    } catch {
      // The database is away for a moment; what happens meanwhile is told afterwards.
    }
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  if (state.listeners.get(db) === listeners) state.listeners.delete(db)
}

const nowhere = '00000000-0000-0000-0000-000000000000'

/** Every transaction below it has ended, so that no later commit can come before what was read. */
const horizon = async (db: Db): Promise<Place> => {
  const { rows } = await sql<{ tx: string; era: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as tx,
      coalesce((select (value)::int from setting where key = 'event_era'), 1) as era`.execute(db)
  return { era: rows[0]?.era ?? 1, tx: rows[0]?.tx ?? '0', id: nowhere }
}

type Row = Change & { era: number; tx: string; event_id: string }

const since = async (db: Db, place: Place) => {
  const { tx } = await horizon(db)
  const { rows } = await sql<Row>`
    select e.era, e.tx::text as tx, e.id as event_id, e.subject_kind as entity, e.subject_id as id,
      e.customer_id, (e.payload ->> 'version')::int as version, coalesce(c.grants, '{}') as grants
    from event e left join ${everSeen} c on c.id = e.customer_id
    where (e.era, e.tx, e.id) > (${place.era}, ${place.tx}::text::xid8, ${place.id}::uuid)
      and e.tx < ${tx}::text::xid8
    order by e.era, e.tx, e.id limit ${most}`.execute(db)
  const last = rows.at(-1)
  return {
    changes: rows,
    place: last ? { era: last.era, tx: last.tx, id: last.event_id } : place,
  }
}
