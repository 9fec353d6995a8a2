import { sql } from 'kysely'
import type { Db } from '#platform/database/database.ts'

/** Where any row of any table of the database, all columns as text, holds one of these texts. */
export const everywhere = async (db: Db, texts: readonly string[]): Promise<string[]> => {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`.execute(db)
  const found: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.id(schema, name)} t
      where t::text ilike any(${texts.map((text) => `%${text}%`)})`.execute(db)
    found.push(...rows.map(({ row }) => `${schema}.${name}: ${row.slice(0, 400)}`))
  }
  return found
}
