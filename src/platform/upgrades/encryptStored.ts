import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { turnedFilter, turnedPayload } from '../encryption/values.ts'
import { closedSalt, saltBefore } from '../events/salt.ts'
import { turnedLeaves } from './conditions.ts'
import { encryptKept } from './encryptKept.ts'
import { type Affected, affected, closedValue, type Values } from './names.ts'

export type Work = { db: Db; signal?: Pick<AbortSignal, 'throwIfAborted'> | undefined }

const batch = 500
const customers = 200

/**
 * Encrypts what lies in the database as it was typed before its kind was encrypted: in records, live or
 * put away, in events, in what imports, bulk changes, exports and views keep. Some hundred rows a
 * transaction; begun again it goes on, as what is done already stays. No version moves and the chain of
 * events still holds.
 */
export const encryptStored = async (work: Work): Promise<void> => {
  const all = await affected(work)
  for (const each of all) await walked(work, (db, from) => records(db, each, from))
  if (all.length > 0) await walked(work, (db, from) => events(db, all, from))
  work.signal?.throwIfAborted()
  await encryptKept(work.db, all)
}

type At = { customer_id: string; id: string }
const none = '00000000-0000-0000-0000-000000000000'

const walked = async (
  { db, signal }: Work,
  step: (db: Db, from: At) => Promise<At | undefined>,
) => {
  let from: At | undefined = { customer_id: none, id: none }
  while (from) {
    signal?.throwIfAborted()
    const at: At = from
    from = await db.transaction().execute((tx) => step(tx, at))
  }
}

type Row = At & { custom: Values }

const records = async (db: Db, each: Affected, from: At): Promise<At | undefined> => {
  const { entity, names, results } = each
  const table = sql.table(entity.name)
  const key = entity.root ? sql`id` : sql`customer_id, id`
  const beyond = entity.root
    ? sql`id > ${from.id}::uuid`
    : sql`(customer_id, id) > (${from.customer_id}::uuid, ${from.id}::uuid)`
  const { rows } = await sql<Row>`select ${key}, custom from ${table}
    where ${beyond} and custom ?| ${[...names, ...results]}
    order by ${key} limit ${batch} for no key update`.execute(db)
  const changed = rows.map(({ id, custom }) => ({ id, custom: closedCustom(each, id, custom) }))
  if (changed.length > 0)
    await sql`update ${table} t set custom = r.custom
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(id uuid, custom jsonb)
      where t.id = r.id`.execute(db)
  return rows.length < batch ? undefined : rows.at(-1)
}

/** What formulas made of such a value goes: they are refused now, and nothing would make it anew. */
const closedCustom = ({ entity, names, results }: Affected, id: string, custom: Values): Values => {
  const gone = new Set(results.flatMap((name) => [name, `${name}_key`]))
  const kept = Object.entries(custom).filter(([name]) => !gone.has(name))
  return Object.fromEntries(
    kept.map(([field, value]) => [
      field,
      names.includes(field) ? closedValue({ entity: entity.name, field, id }, value) : value,
    ]),
  )
}

type EventRow = At & {
  subject_kind: string
  subject_id: string
  payload: Values
  salt: Buffer
}

/** The digests in the chain are those of the former payloads, which the encrypted ones still give. */
const events = async (db: Db, all: readonly Affected[], from: At): Promise<At | undefined> => {
  const { rows: some } = await sql<{ id: string }>`select id from customer
    where id > ${from.id}::uuid order by id limit ${customers}`.execute(db)
  const names = [...new Set(all.flatMap((each) => [...each.names, ...each.results]))]
  const { rows } = await sql<EventRow>`
    select customer_id, id, subject_kind, subject_id, payload, salt from event
    where customer_id = any(${some.map(({ id }) => id)}::uuid[]) and payload is not null
      and (payload -> 'values' ?| ${names} or payload -> 'changes' ?| ${names} or payload ? 'filter'
        or payload #>> '{definition,when,field}' = any(${names}))
    for update`.execute(db)
  const changed = rows.flatMap((row) => {
    const payload = closedPayload(all, row)
    if (JSON.stringify(payload) === JSON.stringify(row.payload)) return []
    const salt = saltBefore(row.id, row.salt) ? row.salt : closedSalt(row.id, row.salt)
    return [{ customer_id: row.customer_id, id: row.id, payload, salt: salt.toString('hex') }]
  })
  if (changed.length > 0)
    await sql`update event e set payload = r.payload, salt = decode(r.salt, 'hex')
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
        as r(customer_id uuid, id uuid, payload jsonb, salt text)
      where e.customer_id = r.customer_id and e.id = r.id`.execute(db)
  const last = some.at(-1)
  return some.length < customers || !last ? undefined : { customer_id: last.id, id: last.id }
}

const closedPayload = (
  all: readonly Affected[],
  { subject_kind, subject_id, payload }: EventRow,
) => {
  // The history of a field tells in its payload which kind of record has it.
  const kind = subject_kind === 'custom_field' ? payload.entity : subject_kind
  const own = all.find(({ entity }) => entity.name === kind)
  const names = [...(own?.names ?? []), ...(own?.results ?? [])]
  const close = (field: string, value: unknown) =>
    closedValue({ entity: subject_kind, field, id: subject_id }, value)
  const turned = turnedPayload(payload, (field, value) =>
    names.includes(field) ? close(field, value) : value,
  )
  if (!('filter' in payload)) return turned
  const filter = turnedLeaves(all, subject_kind, payload.filter, (leaf) =>
    Object(turnedFilter(leaf, close)),
  )
  return { ...turned, filter }
}
