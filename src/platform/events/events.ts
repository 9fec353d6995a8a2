import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { inTurn } from '../database/locks.ts'
import { canonical } from './canonical.ts'

type NewEvent = {
  kind: string
  customer_id: string
  subject_kind: string
  subject_id: string
  payload?: Record<string, unknown>
}
export type Event = NewEvent & { id: string; at: string; actor_id: number | null }

/**
 * `now` runs in the transaction of the change and can refuse it; slow work is a job that a reaction
 * adds. A reaction gets all events of its kind that one command wrote, so that imports stay fast.
 */
export type Reaction = { on: string; run: (ctx: Ctx, events: Event[]) => Promise<void> }

const reactions = new Map<string, Reaction[]>()

/** Fills the register of reactions; called once, by the composition. */
export const registerReactions = (list: readonly Reaction[]) => {
  reactions.clear()
  for (const each of list) reactions.set(each.on, [...(reactions.get(each.on) ?? []), each])
}

/** Writes events in the transaction of the change and runs the reactions to them. */
export const emit = async (ctx: Ctx, list: readonly NewEvent[]): Promise<Event[]> => {
  if (list.length === 0) return []
  const events = list.map((each) => ({
    ...each,
    id: randomUUIDv7(),
    at: ctx.now,
    actor_id: ctx.actor.id,
  }))
  for (let start = 0; start < events.length; start += batch)
    await insert(ctx, events.slice(start, start + batch))
  for (const kind of new Set(events.map((event) => event.kind)))
    for (const reaction of reactions.get(kind) ?? [])
      await reaction.run(
        ctx,
        events.filter((event) => event.kind === kind),
      )
  return events
}

const batch = 1000

const insert = async (ctx: Ctx, events: Event[]) => {
  const rows = events.map((event) => {
    const salt = randomBytes(16)
    const payload = event.payload ?? {}
    return { ...event, payload, salt: salt.toString('hex'), digest: digestOf(salt, payload) }
  })
  await sql`
    insert into event (customer_id, id, at, kind, actor_id, subject_kind, subject_id, payload, salt, digest, tx, era)
    select customer_id, id, at, kind, actor_id, subject_kind, subject_id, payload,
      decode(salt, 'hex'), decode(digest, 'hex'), pg_current_xact_id(),
      coalesce((select (value)::int from setting where key = 'event_era'), 1)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(customer_id uuid, id uuid, at timestamptz,
      kind text, actor_id int, subject_kind text, subject_id uuid, payload jsonb, salt text, digest text)
  `.execute(ctx.db)
}

/** sha256(salt ‖ payload), so that a payload can be erased and the chain over digests still holds. */
export const digestOf = (salt: Buffer, payload: unknown): string =>
  createHash('sha256').update(salt).update(canonical(payload)).digest('hex')

/**
 * Makes the partitions of this month and the next two; the time of an id is its first 48 bits.
 * Servers that start together take turns, as `if not exists` does not hold between them. A month
 * whose events already lie in the rest stays there: PostgreSQL would refuse its partition.
 */
export const ensurePartitions = async (ctx: Pick<Ctx, 'db' | 'now'>) => {
  const start = new Date(ctx.now)
  const month = (ahead: number) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + ahead, 1)
  await ctx.db.transaction().execute(async (tx) => {
    await inTurn(tx, 'partitions')
    for (let ahead = 0; ahead < 3; ahead++)
      await ensurePartition(tx, month(ahead), month(ahead + 1))
  })
}

const ensurePartition = async (tx: Db, from: number, to: number) => {
  const name = `event_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`
  const { rows } = await sql<{ settled: boolean }>`
    select to_regclass(${name}) is not null or exists (select 1 from event_rest
      where id >= ${idAt(from)}::uuid and id < ${idAt(to)}::uuid) as settled`.execute(tx)
  if (rows[0]?.settled) return
  await sql`create table ${sql.table(name)} partition of event
    for values from (${sql.lit(idAt(from))}) to (${sql.lit(idAt(to))})`.execute(tx)
}

const idAt = (time: number) => {
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
