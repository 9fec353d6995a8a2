import type pg from 'pg'

/** The schema as text, in a fixed order, so that a difference shows what a migration did. */
export const describeSchema = async (pool: pg.Pool): Promise<string> => {
  const tables = await pool.query<{
    schema: string
    name: string
    oid: number
    partition: string
  }>(`
    select n.nspname as schema, c.relname as name, c.oid,
      coalesce(' partition by ' || pg_get_partkeydef(c.oid), '') as partition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
    order by 1, 2`)
  const parts = await Promise.all(tables.rows.map((table) => describeTable(pool, table)))
  const sequences = await pool.query<{ name: string }>(`
    select sequencename as name from pg_sequences where schemaname = 'public' order by 1`)
  return [
    '-- The schema after all migrations, written by `npm run schema`. Read it, do not edit it.\n',
    ...sequences.rows.map(({ name }) => `create sequence ${name};\n`),
    ...parts,
  ].join('\n')
}

type Table = { schema: string; name: string; oid: number; partition: string }

const describeTable = async (pool: pg.Pool, { schema, name, oid, partition }: Table) => {
  const columns = await pool.query<{ line: string }>(
    `select quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
        || case when attcollation <> 0 and collname <> 'default' then ' collate ' || quote_ident(collname) else '' end
        || case when attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') as line
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        left join pg_collation on pg_collation.oid = attcollation
      where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`,
    [oid],
  )
  // PostgreSQL 18 keeps NOT NULL as constraints too; they stand with their columns.
  const constraints = await pool.query<{ line: string }>(
    `select pg_get_constraintdef(oid) as line from pg_constraint
      where conrelid = $1 and contype <> 'n' order by contype desc, conname`,
    [oid],
  )
  const indexes = await pool.query<{ line: string }>(
    `select replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') || ';' as line from pg_index
      where indrelid = $1 and not exists (select 1 from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
      order by 1`,
    [oid],
  )
  const full = schema === 'public' ? name : `${schema}."${name}"`
  const lines = [...columns.rows, ...constraints.rows].map(({ line }) => `  ${line}`).join(',\n')
  const rest = indexes.rows.map(({ line }) => `${line}\n`).join('')
  return `create table ${full} (\n${lines}\n)${partition};\n${rest}`
}
