import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { locks } from '../database/locks.ts'
import { openedPayload } from '../encryption/values.ts'
import { canonical } from './canonical.ts'
import { digestOf } from './events.ts'
import { saltBefore } from './salt.ts'

type Meta = {
  id: string
  at: string
  kind: string
  actor_id: number | null
  subject_kind: string
  subject_id: string
}

const lock = locks.seal
const batch = 2000
const start = Buffer.alloc(32)

/**
 * Chains what has been committed since the last time, in the order (tx, id). The horizon is read
 * first and passed as a value: every transaction below it has ended, so no later commit can come
 * before what is sealed. One server seals at a time. Gives how many events it sealed.
 */
export const seal = async (db: Db, now: string): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      mine: boolean
    }>`select pg_try_advisory_xact_lock(${lock}) as mine`.execute(tx)
    if (!rows[0]?.mine) return 0
    const horizon = await sql<{
      xmin: string
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(tx)
    const last = await lastSeal(tx)
    const open = await sql<Meta & { customer_id: string; tx: string; era: number; digest: Buffer }>`
      select customer_id, id, at, kind, actor_id, subject_kind, subject_id, digest, tx::text as tx, era
      from event
      where (era, tx, id) > (${last.era}, ${last.tx}::text::xid8, ${last.event_id}::uuid)
        and tx < ${horizon.rows[0]?.xmin ?? '0'}::text::xid8
      order by era, tx, id limit ${batch}`.execute(tx)
    if (open.rows.length === 0) return 0
    let chain = last.chain
    let position = last.position
    const seals = open.rows.map((event) => {
      chain = link(chain, event.digest, event)
      position += 1
      return {
        position,
        era: event.era,
        tx: event.tx,
        customer_id: event.customer_id,
        event_id: event.id,
        digest: event.digest.toString('hex'),
        chain: chain.toString('hex'),
      }
    })
    await sql`insert into event_seal (position, era, tx, customer_id, event_id, digest, chain, sealed_at)
      select position, era, tx::xid8, customer_id, event_id, decode(digest, 'hex'), decode(chain, 'hex'), ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) as r(position bigint, era int, tx text,
        customer_id uuid, event_id uuid, digest text, chain text)`.execute(tx)
    return seals.length
  })

export type Verdict = {
  sealed: number
  broken?: { position: number; reason: 'chain' | 'payload' | 'missing' | 'unsealed' }
}

/**
 * Walks the whole chain and tells the first place that does not hold, and what stands among the
 * sealed events without a seal. A payload that was erased together with its salt is no break.
 */
export const verify = async (db: Db): Promise<Verdict> => {
  let chain: Buffer = start
  let position = 0
  for (;;) {
    const { rows } = await sql<
      Meta & {
        position: number
        sealed: Buffer
        chain: Buffer
        digest: Buffer | null
        salt: Buffer | null
        payload: unknown
      }
    >`select s.position, s.digest as sealed, s.chain, e.digest, e.salt, e.payload,
        e.id, e.at, e.kind, e.actor_id, e.subject_kind, e.subject_id
      from event_seal s left join event e on e.id = s.event_id and e.customer_id = s.customer_id
        and e.era = s.era and e.tx = s.tx
      where s.position > ${position} order by s.position limit ${batch}`.execute(db)
    for (const row of rows) {
      position += 1
      if (row.position !== position || !row.digest)
        return { sealed: position, broken: { position, reason: 'missing' } }
      chain = link(chain, row.sealed, row)
      if (!chain.equals(row.chain) || !row.sealed.equals(row.digest))
        return { sealed: position, broken: { position, reason: 'chain' } }
      if (!isProven(row, row.digest))
        return { sealed: position, broken: { position, reason: 'payload' } }
    }
    if (rows.length < batch) break
  }
  const broken = await slippedIn(db)
  return { sealed: position, ...(broken && { broken }) }
}

type Told = Pick<Meta, 'id' | 'subject_kind' | 'subject_id'> & {
  salt: Buffer | null
  payload: unknown
}

const isProven = ({ id, subject_kind, subject_id, salt, payload }: Told, digest: Buffer) => {
  if (salt === null) return payload === null
  const proves = (by: Buffer, told: unknown) => digestOf(by, told) === digest.toString('hex')
  const before = saltBefore(id, salt)
  // Encrypted after it was sealed: what it told then is what the chain holds.
  return before
    ? proves(before, openedPayload(subject_kind, subject_id, Object(payload)))
    : proves(salt, payload)
}

/** The sealer never looks back: what stands before the last seal without one was put there. */
const slippedIn = async (db: Db): Promise<Verdict['broken']> => {
  const last = await lastSeal(db)
  const { rows } = await sql<{ position: number }>`
    select coalesce((select min(s.position) from event_seal s
        where (s.era, s.tx, s.event_id) > (e.era, e.tx, e.id)), ${last.position}) as position
      from event e
      where (e.era, e.tx, e.id) <= (${last.era}, ${last.tx}::text::xid8, ${last.event_id}::uuid)
        and not exists (select 1 from event_seal s
          where s.era = e.era and s.tx = e.tx and s.event_id = e.id)
      order by e.era, e.tx, e.id limit 1`.execute(db)
  const [first] = rows
  return first && { position: first.position, reason: 'unsealed' }
}

const link = (before: Buffer, digest: Buffer, meta: Meta): Buffer =>
  createHash('sha256')
    .update(before)
    .update(digest)
    .update(
      canonical([meta.id, meta.at, meta.kind, meta.actor_id, meta.subject_kind, meta.subject_id]),
    )
    .digest()

const lastSeal = async (db: Db) => {
  const { rows } = await sql<{
    position: number
    era: number
    tx: string
    event_id: string
    chain: Buffer
  }>`
    select position, era, tx::text as tx, event_id, chain from event_seal order by position desc limit 1`.execute(
    db,
  )
  return (
    rows[0] ?? {
      position: 0,
      era: 0,
      tx: '0',
      event_id: '00000000-0000-0000-0000-000000000000',
      chain: start,
    }
  )
}
