import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { emit } from '../events/events.ts'
import { type Binned, below, type DeletionTable } from './deletions.ts'
import { eraseElsewhere } from './eraseElsewhere.ts'

/**
 * Erases for good what one deletion put away: the rows, whatever else the database holds by their
 * customer, what imports and bulk runs of the firm keep of them, and what events tell; the chain of hashes still holds. Contents of files go with
 * the next sweep, unless others have the same. The caller has locked the deletion.
 */
export const eraseFor = async (
  ctx: Ctx,
  kind: Binned,
  deletion: DeletionTable,
  why: 'time' | 'hand',
) => {
  await eraseElsewhere(ctx, await goingOf(ctx, kind, deletion))
  if (kind.root) await eraseCustomer(ctx, deletion.customer_id)
  else await eraseBelow(ctx, kind, deletion)
  await emit(ctx, [
    {
      kind: `${kind.name}.erased`,
      customer_id: deletion.customer_id,
      ...{ subject_kind: kind.name, subject_id: deletion.subject_id },
      payload: { why, cause: deletion.cause, along: deletion.along },
    },
  ])
}

/** Every table that names a customer, those that others refer to last. Events stay, emptied. */
const eraseCustomer = async (ctx: Ctx, customer: string) => {
  await sql`update event set payload = null, salt = null where customer_id = ${customer}::uuid`.execute(
    ctx.db,
  )
  for (const table of await tablesBelow(ctx))
    await sql`delete from ${sql.table(table)} where customer_id = ${customer}::uuid`.execute(ctx.db)
  await sql`delete from customer where id = ${customer}::uuid and deleted_at is not null`.execute(
    ctx.db,
  )
}

const eraseBelow = async (ctx: Ctx, kind: Binned, deletion: DeletionTable) => {
  const { customer_id, subject_id, id } = deletion
  for (const { table, column } of await referencesTo(ctx, kind.name))
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = null
      where customer_id = ${customer_id}::uuid and ${sql.ref(column)} = ${subject_id}::uuid`.execute(
      ctx.db,
    )
  await sql`update event set payload = null, salt = null where customer_id = ${customer_id}::uuid
    and subject_id = ${subject_id}::uuid`.execute(ctx.db)
  await sql`delete from ${sql.table(kind.name)} where customer_id = ${customer_id}::uuid
    and deletion_id = ${id}::uuid`.execute(ctx.db)
  await sql`delete from key_claim where customer_id = ${customer_id}::uuid and id = ${subject_id}::uuid`.execute(
    ctx.db,
  )
  await sql`delete from deletion where customer_id = ${customer_id}::uuid and id = ${id}::uuid`.execute(
    ctx.db,
  )
}

/** The records that go: one, or a customer with all that stands below it. */
const goingOf = async (ctx: Ctx, kind: Binned, { customer_id, subject_id }: DeletionTable) => {
  if (!kind.root) return { customer_id, ids: [subject_id] }
  const tables = below().map(
    ({ name }) => sql`select id from ${sql.table(name)}
    where customer_id = ${customer_id}::uuid`,
  )
  const { rows } = await sql<{ id: string }>`${sql.join(tables, sql` union all `)}`.execute(ctx.db)
  return { customer_id, ids: [customer_id, ...rows.map(({ id }) => id)] }
}

type Edge = { table: string; target: string }

const kept = ['event', 'event_seal']

/** The tables with a customer_id, each before those that its foreign keys point at. */
const tablesBelow = async (ctx: Ctx): Promise<string[]> => {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname = 'customer_id' and not a.attisdropped order by 1`.execute(ctx.db)
  const edges = await sql<Edge>`
    select f.conrelid::regclass::text as table, f.confrelid::regclass::text as target
    from pg_constraint f where f.contype = 'f' and f.connamespace = 'public'::regnamespace
      and f.conrelid <> f.confrelid`.execute(ctx.db)
  const left = new Set(tables.rows.map(({ name }) => name).filter((name) => !kept.includes(name)))
  const sorted: string[] = []
  while (left.size > 0) {
    const free = [...left].filter(
      (name) => !edges.rows.some((edge) => edge.target === name && left.has(edge.table)),
    )
    if (free.length === 0) throw new Error(`Foreign keys go round: ${[...left].join(', ')}`)
    for (const name of free) left.delete(name)
    sorted.push(...free)
  }
  return sorted
}

/** Where records of the same customer point at this kind, such as the contact of an interaction. */
const referencesTo = async (ctx: Ctx, name: string) => {
  const { rows } = await sql<{ table: string; column: string }>`
    select f.conrelid::regclass::text as table, a.attname::text as column
    from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any(f.conkey)
    where f.contype = 'f' and f.confrelid = ${`public.${name}`}::regclass
      and a.attname <> 'customer_id'`.execute(ctx.db)
  return rows
}
