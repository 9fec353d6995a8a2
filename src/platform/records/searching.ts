import { type RawBuilder, sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import type { Entity } from '../fields/entity.ts'
import type { SearchClass } from '../fields/field.ts'
import { documentOf, type SearchPart } from '../search/tokens.ts'
import { entities } from './registry.ts'

/** The fields of an entity that search looks at. */
export const searched = (entity: Entity): string[] =>
  Object.keys(entity.fields).filter((name) => entity.fields[name]?.search)

/**
 * Writes the search documents of these customers anew from the rows they have now: the customer's
 * own searched fields and those of everything below it. Two statements per entity, whatever the count.
 * The first of them holds the customers, as two who write at once would each miss what the other wrote.
 */
export const refreshSearch = async (ctx: Ctx, customers: readonly string[]) => {
  const later = waiting.get(ctx.db)
  if (later) {
    for (const id of customers) later.add(id)
    return
  }
  const ids = [...new Set(customers)]
  if (ids.length === 0) return
  const parts = new Map<string, SearchPart[]>(ids.map((id) => [id, []]))
  const grants = new Map<string, number[]>()
  for (const entity of entities()) {
    if (searched(entity).length === 0) continue
    for (const row of await rowsOf(ctx, entity, ids)) {
      parts.get(row.customer_id)?.push(...partsOf(entity, row))
      if (entity.root) grants.set(row.customer_id, row.grants ?? [])
    }
  }
  const documents = ids
    .filter((id) => (grants.get(id)?.length ?? 0) > 0)
    .map((id) => ({ customer_id: id, grants: grants.get(id), ...documentOf(parts.get(id) ?? []) }))
  const live = new Set(documents.map((each) => each.customer_id))
  const gone = ids.filter((id) => !live.has(id))
  if (gone.length > 0)
    await sql`delete from search_document where customer_id = any(${gone}::uuid[])`.execute(ctx.db)
  if (documents.length === 0) return
  await sql`insert into search_document (customer_id, grants, tokens, text)
    select customer_id, grants, tokens, text
    from jsonb_populate_recordset(null::search_document, ${JSON.stringify(documents)}::jsonb)
    on conflict (customer_id) do update
      set grants = excluded.grants, tokens = excluded.tokens, text = excluded.text`.execute(ctx.db)
}

/** The customers of a transaction whose documents are written at its end. */
const waiting = new WeakMap<Db, Set<string>>()

/**
 * Runs `work`, many writes in one transaction, and then writes the search document of each customer
 * it touched once: an import that makes customers and contacts would write them twice.
 */
export const refreshSearchOnce = async <T>(ctx: Ctx, work: () => Promise<T>): Promise<T> => {
  const later = new Set<string>()
  waiting.set(ctx.db, later)
  try {
    const done = await work()
    waiting.delete(ctx.db)
    await refreshSearch(ctx, [...later])
    return done
  } finally {
    waiting.delete(ctx.db)
  }
}

type SearchedRow = Record<string, unknown> & { customer_id: string; grants?: number[] }

const rowsOf = async (ctx: Ctx, entity: Entity, ids: string[]): Promise<SearchedRow[]> => {
  const columns = searched(entity).map((name) => {
    const field = entity.fields[name]
    return field?.custom ? sql`${columnOf(name, field)} as ${sql.ref(name)}` : sql.ref(`t.${name}`)
  })
  const key: RawBuilder<unknown> = entity.root ? sql`id` : sql`customer_id`
  const { rows } = await sql<SearchedRow>`
    select ${key} as customer_id, ${sql.join(columns)}${entity.root ? sql`, grants` : sql``}
    from ${sql.table(entity.name)} t where ${key} = any(${ids}::uuid[]) and deleted_at is null
    ${entity.root ? sql`order by id for no key update` : sql``}`.execute(ctx.db)
  return rows
}

const partsOf = (entity: Entity, row: SearchedRow): SearchPart[] =>
  searched(entity).flatMap((name) => {
    const value = row[name]
    const texts = Array.isArray(value) ? value : [value]
    return texts
      .filter((text) => typeof text === 'string' && text !== '')
      .map((text: string) => ({
        class: classOf(entity, name),
        text,
        person: true,
      }))
  })

const classOf = (entity: Entity, name: string): SearchClass => entity.fields[name]?.search ?? 'name'

/** The classes of tokens that this person may search: all fields of a class must be readable plain. */
export const allowedClasses = (ctx: Ctx): Set<SearchClass> => {
  const allowed = new Set<SearchClass>(['name', 'phone', 'email', 'number', 'code'])
  for (const entity of entities())
    for (const name of searched(entity)) {
      const field = entity.fields[name]
      if (!field?.search) continue
      const right = ctx.actor.right(entity.name, name, field)
      if (right === 'masked' || right === 'hidden') allowed.delete(field.search)
    }
  return allowed
}
