import { type RawBuilder, sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { closed, opened } from '../encryption/values.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, isList } from '../fields/field.ts'
import { flat } from '../records/custom.ts'
import { visible } from '../records/visible.ts'
import type { Claim, Found, Known } from './decide.ts'
import { digestId } from './digestId.ts'
import { customerIn, keyAlone, keyWithin } from './keyWithin.ts'
import { keysOf, type Plan, type ReadRow } from './reading.ts'

/**
 * Everything that is stored already for the keys of a batch, in three statements whatever its size.
 * Only records that the person may see are found; fields they may not read plain are left out of what
 * rows are compared with. In a run (`lock`) nobody else changes them until the batch is written.
 */
export const find = async (
  ctx: Ctx,
  plan: Plan,
  importId: string,
  rows: readonly ReadRow[],
  lock: boolean,
): Promise<Found> => {
  const keys = [...new Set(rows.flatMap((row) => row.keys))]
  const stored = keys.length > 0 ? await recordsOf(ctx, plan, keys, lock) : []
  const records = stored.map((row) => readable(ctx, plan.entity, row))
  const byKey = new Map<string, Known[]>()
  for (const record of records)
    for (const each of keysOf(record[plan.key ?? ''])) {
      const key = plan.below ? keyWithin(record.customer_id, each) : each
      byKey.set(key, [...(byKey.get(key) ?? []), record])
    }
  const { claims, claimed } = await claimsOf(ctx, plan, importId, keys, records)
  const ids = [...records.map((each) => each.id), ...claimed.keys()]
  const beside =
    plan.beside && rows.some((row) => Object.keys(row.beside).length > 0)
      ? await besideOf(ctx, plan.beside, ids)
      : []
  return {
    claims,
    claimed,
    records: byKey,
    whole: new Map(stored.map((row) => [row.id, row])),
    beside: Map.groupBy(beside, (each) => String(each.customer_id)),
  }
}

/** Remembers what the keys of a batch stood for. */
export const keepClaims = async (
  ctx: Ctx,
  { entity, beside }: Plan,
  importId: string,
  claims: ReadonlyMap<string, Claim>,
) => {
  if (claims.size === 0) return
  const rows = [...claims].map(([key, claim]) => ({
    customer_id: HOME,
    id: digestId(importId, key),
    import_id: importId,
    row_number: claim.row,
    record_id: claim.id,
    made: claim.made,
    given: closed(entity, importId, claim.given),
    beside: beside ? claim.beside.map((each) => closed(beside, importId, each)) : [],
  }))
  await sql`insert into import_key
    select * from jsonb_populate_recordset(null::import_key, ${JSON.stringify(rows)}::jsonb)
    on conflict (customer_id, id) do update set beside = excluded.beside`.execute(ctx.db)
}

const recordsOf = async (
  ctx: Ctx,
  { entity, key, below }: Plan,
  keys: readonly string[],
  lock: boolean,
): Promise<Known[]> => {
  const field = entity.fields[key ?? '']
  if (key === null || !field) return []
  const sight = (verb: string) => visible(ctx, `${entity.plural}.${verb}`, below ? 'v' : 't')
  const sought = below ? [...new Set(keys.map(keyAlone))] : keys
  const within = [...new Set(below ? keys.map(customerIn) : [])]
  const { rows } =
    await sql<Known>`select t.*, ${sight('edit')} as can_edit, ${sight('transfer')} as can_transfer
    from ${sql.table(entity.name)} t ${below ? sql`join customer v on v.id = t.customer_id` : sql``}
    where t.deleted_at is null and ${sight('view')}
      ${below ? sql`and t.customer_id = any(${within}::uuid[])` : sql``}
      and ${matches(key, field, sought)}
    order by t.id ${lock ? sql`for update of t` : sql``}`.execute(ctx.db)
  return rows.map((row) => flat(entity, row))
}

/** Whether the field of a row `t` holds any of these keys. */
export const matches = (
  key: string,
  field: Field,
  keys: readonly string[],
): RawBuilder<unknown> => {
  const column = columnOf(key, field)
  // Behind a select, as the planner expects almost every row of so many constants and reads the whole table.
  if (isList(field)) return sql`${column} && (select ${keys}::text[])`
  // Sortable codes are indexed by code point, see the order of lists.
  const collated = field.sort && field.kind !== 'text' ? sql`${column} collate "C"` : column
  return sql`${collated} = any(${keys}::text[])`
}

const claimsOf = async (
  ctx: Ctx,
  { entity, beside }: Plan,
  importId: string,
  keys: readonly string[],
  records: readonly Known[],
) => {
  const claims = new Map<string, Claim>()
  const claimed = new Map<string, Claim>()
  if (keys.length === 0) return { claims, claimed }
  const keyOf = new Map(keys.map((key) => [digestId(importId, key), key]))
  const known = ctx.db
    .selectFrom('import_key')
    .selectAll()
    .where('customer_id', '=', HOME)
    .where('import_id', '=', importId)
  const ids = records.map((each) => each.id)
  const rows = await known
    .where('id', 'in', [...keyOf.keys()])
    .$if(ids.length > 0, (query) =>
      query.union(known.where('record_id', 'in', ids.length > 0 ? ids : [HOME])),
    )
    .execute()
  // Keys of one row share one claim, as what is added to it must show under each of them.
  const byRow = new Map<number, Claim>()
  for (const row of rows) {
    const claim = byRow.get(row.row_number) ?? {
      row: row.row_number,
      id: row.record_id,
      made: row.made,
      given: opened(entity, importId, row.given),
      beside: beside ? row.beside.map((each) => opened(beside, importId, each)) : [],
    }
    byRow.set(row.row_number, claim)
    const key = keyOf.get(row.id)
    if (key !== undefined) claims.set(key, claim)
    if (row.record_id !== null) claimed.set(row.record_id, claim)
  }
  return { claims, claimed }
}

const besideOf = async (ctx: Ctx, beside: Entity, ids: readonly string[]): Promise<Known[]> => {
  if (ids.length === 0) return []
  const { rows } = await sql<Known>`
    select t.*, ${visible(ctx, `${beside.plural}.edit`, 'v')} as can_edit
    from ${sql.table(beside.name)} t join customer v on v.id = t.customer_id
    where t.customer_id = any(${ids}::uuid[]) and t.deleted_at is null
      and ${visible(ctx, `${beside.plural}.view`, 'v')}`.execute(ctx.db)
  return rows.map((row) => readable(ctx, beside, flat(beside, row)))
}

const readable = (ctx: Ctx, entity: Entity, row: Known): Known => {
  const plain = { ...row }
  for (const [name, field] of Object.entries<Field>(entity.fields)) {
    const right = ctx.actor.right(entity.name, name, field)
    if (right === 'hidden' || right === 'masked') plain[name] = null
  }
  return plain
}

/**
 * Figures of the table for the planner: while an import fills it, those it has are soon far off. Read
 * anew only where `written` rows are a tenth of those known, as on a large table it takes seconds.
 */
export const refreshStatistics = async (db: Db, { entity }: Plan, written: number) => {
  const table = sql.table(entity.name)
  const { rows } = await sql<{ known: number }>`select reltuples as known from pg_class
    where oid = ${entity.name}::regclass`.execute(db)
  const known = rows[0]?.known ?? 0
  if (known <= 0 || written * 10 >= known) await sql`analyze ${table}`.execute(db)
}
