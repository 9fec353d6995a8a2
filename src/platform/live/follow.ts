import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { everSeen } from '../records/deletions.ts'

/** A row that changed, and the principals that may see its customer now, or might when it was deleted. */
export type Change = {
  entity: string
  /** The kind of the event that tells of it, such as `customer.updated`. */
  kind: string
  id: string
  customer_id: string
  version: number | null
  grants: number[]
}

type Listener = (changes: readonly Change[] | undefined) => void
type Place = { era: number; tx: string; id: string }
type Reader = { listeners: Set<Listener>; place?: Place }

const every = 400
// One reading tells of so many; an import of more is told in several.
const most = 2000

const state: { readers: Map<Db, Reader> } = { readers: new Map() }

/** Follows what is committed on this database: one reader for all who listen to it. */
export const follow = (db: Db) => {
  const waiting: Change[] = []
  const held: { wake?: () => void; ended?: true } = {}
  const listener: Listener = (changes) => {
    if (changes) waiting.push(...changes)
    else held.ended = true
    held.wake?.()
  }
  const reader = state.readers.get(db) ?? begin(db)
  reader.listeners.add(listener)
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
    /** Where one goes on who heard all that `next` has given so far; undefined before the first reading. */
    place: (): string | undefined => (waiting.length === 0 ? written(reader.place) : undefined),
    /** What has changed since a place; undefined where that is too much to tell, or is no place of here. */
    since: async (text: string): Promise<readonly Change[] | undefined> => {
      const place = readPlace(text)
      if (!place || place.era !== (await horizon(db)).era) return undefined
      const { changes } = await since(db, place)
      return changes.length < most ? changes : undefined
    },
    /** Whoever waits for the next change waits no more. */
    leave: () => {
      reader.listeners.delete(listener)
      held.ended = true
      held.wake?.()
    },
  }
}

const begin = (db: Db) => {
  const reader: Reader = { listeners: new Set() }
  state.readers.set(db, reader)
  // The first listener is there before the first reading.
  queueMicrotask(() => void read(db, reader))
  return reader
}

const written = (place: Place | undefined) => place && `${place.era}.${place.tx}.${place.id}`

const readPlace = (text: string): Place | undefined => {
  const [, era, tx, id] = /^(\d{1,9})\.(\d{1,18})\.([\da-f-]{36})$/.exec(text) ?? []
  return era && tx && id && uuid.test(id) ? { era: Number(era), tx, id } : undefined
}
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** Ends every line to this database, before the server stops. */
export const stopFollowing = (db: Db) => {
  const listeners = state.readers.get(db)?.listeners
  for (const listener of listeners ?? []) listener(undefined)
  listeners?.clear()
}

const read = async (db: Db, reader: Reader) => {
  const { listeners } = reader
  while (listeners.size > 0) {
    try {
      reader.place ??= await horizon(db)
      const found = await since(db, reader.place)
      reader.place = found.place
      if (found.changes.length > 0) for (const listener of listeners) listener(found.changes)
    } catch {
      // The database is away for a moment; what happens meanwhile is told afterwards.
    }
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  if (state.readers.get(db) === reader) state.readers.delete(db)
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
    select e.era, e.tx::text as tx, e.id as event_id, e.subject_kind as entity, e.kind, e.subject_id as id,
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
