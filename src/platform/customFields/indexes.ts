import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Db } from '../database/database.ts'
import { unhurried } from '../database/database.ts'
import { blindOf } from '../encryption/encryption.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, isList } from '../fields/field.ts'
import { isFiltered } from '../lists/filtered.ts'
import { sortKey } from '../lists/order.ts'

/** More of them would cost every write of a record more than they spare its readers. */
export const mostFiltered = 30

/** PostgreSQL cuts names at 63 bytes; a digest keeps two long ones apart. */
const indexName = (entity: string, name: string, use: 'sort' | 'filter') =>
  `custom_${entity}_${createHash('sha256').update(name).digest('hex').slice(0, 12)}${use === 'filter' ? '_f' : ''}`

/**
 * Makes the index that the order of an added field needs, or takes it away; what is encrypted has one
 * for its blind index. Beside the use of the table: a list waits for nobody, it is only slower at first.
 */
export const keepSortIndex = async (db: Db, entity: Entity, name: string) => {
  const field = entity.fields[name]
  const index = indexName(entity.name, name, 'sort')
  if (field?.encrypted) {
    const column = columnOf(name, field, entity.name)
    await make(db, entity, index, sql`(${blindOf(column)}) where ${column} is not null`)
  } else if (field?.sort)
    await make(db, entity, index, sql`(${sortKey(name, field, entity.name).key}, id)`)
  else await drop(db, index)
}

/**
 * Makes an index for each added field that was filtered by, the latest first and so many at most; all
 * others go. Numbers that a kind gives itself are looked for with every record, so theirs is always there.
 */
export const keepFilterIndexes = async (db: Db, entity: Entity) => {
  const rows = await db
    .selectFrom('custom_field')
    .select('name')
    .where('entity', '=', entity.name)
    .where('deleted_at', 'is', null)
    .where('filtered_on', 'is not', null)
    .orderBy('filtered_on', 'desc')
    .orderBy('name')
    .limit(mostFiltered)
    .execute()
  const counted = Object.entries<Field>(entity.fields)
    .filter(([, field]) => field.custom && field.counted)
    .map(([name]) => name)
  const names = [...new Set([...counted, ...rows.map(({ name }) => name)])]
  const wanted = new Map(names.map((name) => [indexName(entity.name, name, 'filter'), name]))
  for (const index of await filterIndexes(db, entity)) if (!wanted.has(index)) await drop(db, index)
  for (const [index, name] of wanted) {
    const field = entity.fields[name]
    if (field && isFiltered(field)) await make(db, entity, index, filterKey(entity, name, field))
  }
}

/** What a condition compares, as it compares it. Texts may be too long for a tree, and are only looked for whole. */
const filterKey = (entity: Entity, name: string, field: Field) => {
  const column = columnOf(name, field, entity.name)
  if (isList(field)) return sql`using gin (${column})`
  if (['text', 'longText', 'link', 'email'].includes(field.kind)) return sql`using hash (${column})`
  return field.counted ? sql`((${column} collate "C"))` : sql`(${column})`
}

const filterIndexes = async (db: Db, { name }: Entity): Promise<string[]> => {
  const { rows } = await sql<{ indexname: string }>`select indexname from pg_indexes
    where schemaname = 'public' and tablename = ${name}
      and indexname like 'custom\\_%' and indexname like '%\\_f'`.execute(db)
  return rows.map(({ indexname }) => indexname)
}

const make = async (db: Db, { name }: Entity, index: string, over: RawBuilder<unknown>) => {
  if (await isBroken(db, index)) await drop(db, index)
  await unhurried(db, (line) =>
    sql`create index concurrently if not exists ${sql.id(index)} on ${sql.table(name)} ${over}`.execute(
      line,
    ),
  )
}

/** A build that failed or was killed leaves an index that every write keeps up and no reader goes through. */
const isBroken = async (db: Db, index: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace and c.relname = ${index} and not i.indisvalid`.execute(
    db,
  )
  return rows.length > 0
}

const drop = (db: Db, index: string) =>
  unhurried(db, (line) => sql`drop index concurrently if exists ${sql.id(index)}`.execute(line))
