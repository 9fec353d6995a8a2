import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field, SearchClass } from '../fields/field.ts'
import { documentOf } from '../search/tokens.ts'
import { flat } from './custom.ts'
import type { Values } from './prepare.ts'
import { entityNamed } from './registry.ts'

/** Where a record stands; a root's `customer_id` is its own id. */
type RecordKey = { customer_id: string; id: string }

type Kind = Pick<Entity, 'name' | 'fields' | 'title'>

/** In which class search looks at a field; the words that name a record are found without being asked to. */
export const searchClass = (entity: Kind, name: string): SearchClass | undefined => {
  const field = entity.fields[name]
  const named = name === entity.title && (field?.kind === 'text' || field?.kind === 'longText')
  return field?.search ?? (named ? 'words' : undefined)
}

// Fields are the same object until an administrator changes one.
const known = new WeakMap<Entity['fields'], readonly string[]>()

/** The fields of a kind of record that search looks at. */
export const searched = (entity: Kind): readonly string[] => {
  const held = known.get(entity.fields)
  if (held) return held
  const names = Object.keys(entity.fields).filter((name) => searchClass(entity, name))
  known.set(entity.fields, names)
  return names
}

/** What stands before the tokens of a kind, so that the index tells how frequent a word is in this kind. */
export const kindMark = ({ name }: Pick<Entity, 'name'>): string => {
  const mark = marks.get(name) ?? createHash('sha256').update(name).digest('base64url').slice(0, 2)
  marks.set(name, mark)
  return mark
}
const marks = new Map<string, string>()

/** A searched field as rights know it. */
export const searchedField = (entity: Pick<Entity, 'name'>, name: string) =>
  `${entity.name}.${name}`

/** One document per searched field that holds something, so that a right takes away its own part only. */
export const documentsOf = (entity: Kind & Pick<Entity, 'root'>, row: Values) =>
  searched(entity).flatMap((name) => {
    const { tokens, text } = documentOf(partsOf(entity, name, row[name]))
    if (tokens.length === 0) return []
    return {
      ...keyOf(entity, row),
      field: searchedField(entity, name),
      tokens: tokens.map((token) => kindMark(entity) + token),
      text,
    }
  })

const partsOf = (entity: Kind, name: string, value: unknown) => {
  const field: Field | undefined = entity.fields[name]
  const texts: unknown[] = Array.isArray(value) ? value : [value]
  return texts
    .filter((text) => typeof text === 'string')
    .map((text) => ({
      class: searchClass(entity, name) ?? ('words' as const),
      text,
      person: true,
      // Nobody types the sound of a whole note; a third of its tokens is enough.
      silent: field?.kind === 'longText',
    }))
}

const keyOf = (entity: Pick<Entity, 'root'>, row: Values): RecordKey => ({
  customer_id: String(entity.root ? row.id : row.customer_id),
  id: String(row.id),
})

/**
 * Writes what search looks at of records that were just written, from their values at hand, in one
 * statement. The caller holds the rows. `fresh`: the records are new, so nothing of before is looked for.
 */
export const keepSearch = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Entity,
  rows: readonly Values[],
  { fresh = false } = {},
) => {
  if (rows.length === 0 || (fresh && searched(entity).length === 0)) return
  const keys = rows.map((row) => keyOf(entity, row))
  if (later(ctx, entity, keys)) return
  const documents = rows.flatMap((row) => documentsOf(entity, row))
  const gone = fresh
    ? sql``
    : sql`gone as (delete from search_document s using ${keyRows(keys)}
        where s.customer_id = k.customer_id and s.id = k.id and not exists (
          select 1 from d where d.customer_id = s.customer_id and d.id = s.id and d.field = s.field)),`
  await sql`with d as (select * from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
      as d(customer_id uuid, id uuid, field text, tokens text[], text text)),
    ${gone} kept as (
      insert into search_document as s (customer_id, id, field, tokens, text)
      select customer_id, id, field, tokens, text from d order by customer_id, id, field
      on conflict (customer_id, id, field) do update
        set tokens = excluded.tokens, text = excluded.text
        where (s.tokens, s.text) is distinct from (excluded.tokens, excluded.text))
    select 1`.execute(ctx.db)
}

/** What was put away is found no more; with a root goes everything that belongs to it. */
export const dropSearch = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Entity,
  keys: readonly RecordKey[],
) => {
  if (keys.length === 0 || later(ctx, entity, keys)) return
  await sql`delete from search_document s using ${keyRows(keys)}
    where s.customer_id = k.customer_id ${entity.root ? sql`` : sql`and s.id = k.id`}`.execute(
    ctx.db,
  )
}

/** Writes it anew from the rows as they are stored, those that are put away left out. */
export const readSearch = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Entity,
  keys: readonly RecordKey[],
) => {
  if (keys.length === 0) return
  const own = entity.root ? sql`t.id = k.id` : sql`t.customer_id = k.customer_id and t.id = k.id`
  const { rows } = await sql<Values>`select t.* from ${sql.table(entity.name)} t, ${keyRows(keys)}
    where ${own} and t.deleted_at is null`.execute(ctx.db)
  const live = new Set(rows.map(({ id }) => id))
  const gone = keys.filter(({ id }) => !live.has(id))
  await dropSearch(ctx, entity, gone)
  await keepSearch(
    ctx,
    entity,
    rows.map((row) => flat(entity, row)),
  )
}

/** The same of every live record of a kind that belongs to a customer. */
export const readSearchBelow = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Entity,
  customer_id: string,
) => {
  const { rows } = await sql<Values>`select t.* from ${sql.table(entity.name)} t
    where ${sql.ref(entity.root ? 't.id' : 't.customer_id')} = ${customer_id}::uuid
      and t.deleted_at is null`.execute(ctx.db)
  await keepSearch(
    ctx,
    entity,
    rows.map((row) => flat(entity, row)),
  )
}

const keyRows = (keys: readonly RecordKey[]) =>
  sql`unnest(${keys.map(({ customer_id }) => customer_id)}::uuid[], ${keys.map(({ id }) => id)}::uuid[])
    as k(customer_id, id)`

/** The records of a transaction whose documents are written at its end, by kind. */
const waiting = new WeakMap<Db, Map<string, Map<string, RecordKey>>>()

const later = ({ db }: Pick<Ctx, 'db'>, { name }: Entity, keys: readonly RecordKey[]) => {
  const kinds = waiting.get(db)
  if (!kinds) return false
  const own = kinds.get(name) ?? new Map<string, RecordKey>()
  for (const key of keys) own.set(key.id, key)
  kinds.set(name, own)
  return true
}

/**
 * Runs `work`, many writes in one transaction, parts of which may be rolled back, and then writes the
 * documents of each kind of record that it touched once.
 */
export const refreshSearchOnce = async <T>(ctx: Ctx, work: () => Promise<T>): Promise<T> => {
  const kinds = new Map<string, Map<string, RecordKey>>()
  waiting.set(ctx.db, kinds)
  try {
    const done = await work()
    waiting.delete(ctx.db)
    for (const [name, keys] of kinds) await readSearch(ctx, entityNamed(name), [...keys.values()])
    return done
  } finally {
    waiting.delete(ctx.db)
  }
}
