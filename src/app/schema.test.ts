import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { getMigrations } from 'better-auth/db/migration'
import { library } from '#platform/accounts/library.ts'
import { choreLimits, type Database, openDatabase, openPool } from '#platform/database/database.ts'
import { describeSchema } from '#platform/database/describe.ts'
import type { Field } from '#platform/fields/field.ts'
import { isList } from '#platform/fields/field.ts'
import { type TestDatabase, testDatabase } from '#platform/testing/database.ts'
import { entityList } from './house.ts'

let own: TestDatabase
let database: Database
before(async () => {
  own = await testDatabase()
  database = openDatabase(own.url)
})
after(async () => {
  await database.close()
  await own.drop()
})

type Column = { name: string; type: string; nullable: boolean; collation: string | null }

const columnsOf = async (table: string): Promise<Map<string, Column>> => {
  const { rows } = await database.pool.query<Column>(
    `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable, collation_name as collation
      from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  )
  return new Map(rows.map((row) => [row.name, row]))
}

const indexesOf = async (table: string): Promise<string[]> => {
  const { rows } = await database.pool.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where schemaname = 'public' and tablename = $1`,
    [table],
  )
  return rows.map(({ indexdef }) => indexdef)
}

const systemColumns = {
  id: 'uuid',
  version: 'int4',
  created_at: 'timestamptz',
  created_by: 'int4',
  updated_at: 'timestamptz',
  updated_by: 'int4',
  deleted_at: 'timestamptz',
  deletion_id: 'uuid',
}

describe('drift: tables follow the fields', () => {
  for (const entity of entityList) {
    it(`${entity.name} has exactly the columns of its fields`, async () => {
      const columns = await columnsOf(entity.name)
      const expected = new Map<string, string>(Object.entries(systemColumns))
      expected.set('custom', 'jsonb')
      if (entity.root) expected.set('grants', '_int4').set('former_grants', '_int4')
      else expected.set('customer_id', 'uuid')
      for (const [name, field] of Object.entries(entity.fields)) {
        expected.set(name, field.column)
        if (sortsByPinyin(field)) expected.set(`${name}_key`, 'text')
        if (field.kind === 'region') expected.set(`${name}_name`, 'text')
      }
      assert.deepEqual(
        [...columns].map(([name, { type }]) => `${name} ${type}`).sort(),
        [...expected].map(([name, type]) => `${name} ${type}`).sort(),
      )
    })

    it(`${entity.name} is null where its fields may be`, async () => {
      const columns = await columnsOf(entity.name)
      for (const [name, field] of Object.entries(entity.fields)) {
        const maybe = !field.required && !isList(field)
        assert.equal(columns.get(name)?.nullable, maybe, `${entity.name}.${name}`)
      }
    })

    it(`${entity.name} has an index for each order and its pinyin keys sort by code point`, async () => {
      const indexes = await indexesOf(entity.name)
      const columns = await columnsOf(entity.name)
      const sortable = Object.entries(entity.fields).filter(([, field]) => field.sort)
      for (const [name, field] of [
        ...sortable,
        ['created_at', undefined],
        ['updated_at', undefined],
      ] as const) {
        const column = field && sortsByPinyin(field) ? `${name}_key` : name
        const found = indexes.some((index) =>
          new RegExp(`\\((COALESCE\\()?${column}\\b[^,]*(, [^,)]*\\))?, id\\)`).test(index),
        )
        assert.ok(found, `no index (${column}, id) on ${entity.name}:\n${indexes.join('\n')}`)
        if (column.endsWith('_key')) assert.equal(columns.get(column)?.collation, 'C')
      }
    })
  }

  it('lets what is deleted take no unique value', async () => {
    const { rows } = await database.pool.query<{ name: string; blocks: boolean }>(
      `select i.indexrelid::regclass::text as name,
          coalesce(pg_get_expr(i.indpred, i.indrelid), '') not like '%deleted_at IS NULL%' as blocks
        from pg_index i join pg_class c on c.oid = i.indrelid
        where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
          and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'deleted_at')`,
    )
    assert.ok(rows.some(({ name }) => name === 'department_name'))
    assert.deepEqual(
      rows.filter(({ blocks }) => blocks).map(({ name }) => name),
      [],
    )
  })

  it('schema.sql shows the schema as it is', async () => {
    const kept = await readFile(new URL('../../migrations/schema.sql', import.meta.url), 'utf8')
    assert.equal(kept, await describeSchema(database.pool), 'run npm run schema')
  })

  it('the sign-in library finds nothing to add', async () => {
    // A pool has ended before its lines are closed: what dropping the database says to them is heard.
    const config = { connectionString: own.url, options: '-c search_path=auth' }
    const pool = openPool(config, () => undefined, choreLimits)
    const { options } = library(pool, {
      secret: 'a secret that only tests know, 32 letters',
      origin: 'http://localhost',
      secure: false,
    })
    const { toBeCreated, toBeAdded } = await getMigrations(options)
    await pool.end()
    assert.deepEqual(
      [...toBeCreated, ...toBeAdded].map(({ table }) => table),
      [],
    )
  })
})

const reference = [
  'setting',
  'department',
  'person',
  'role',
  'post',
  'custom_field',
  'dictionary',
  'stage_machine',
  'list_view',
  'list_setting',
  'numbering_rule',
  'share',
  'department_move',
]
const local = ['migration', 'event_seal']
const byKey = ['key_claim', 'numbering_series', 'careful_count']

describe('distribution: each table is by customer, reference or local', () => {
  it('holds every table to its key', async () => {
    const { rows } = await database.pool.query<{ name: string; key: string[] }>(`
      select c.relname as name, coalesce(array_agg(a.attname order by k.ord) filter (where a.attname is not null), '{}')::text[] as key
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
        left join lateral unnest(i.indkey) with ordinality as k(attnum, ord) on true
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      group by c.relname order by 1`)
    assert.ok(rows.length > 10)
    for (const { name, key } of rows) {
      if (reference.includes(name) || local.includes(name) || byKey.includes(name)) continue
      const expected =
        name === 'customer'
          ? ['id']
          : name === 'search_document'
            ? ['customer_id', 'id', 'field']
            : ['customer_id', 'id']
      assert.deepEqual(
        key,
        expected,
        `${name} is by customer, or belongs to the lists in this test`,
      )
    }
  })

  it('lets a record point only at its own customer, at reference tables, never SET NULL', async () => {
    const { rows } = await database.pool.query<{
      name: string
      target: string
      columns: string[]
      nulls: boolean
    }>(`
      select f.conrelid::regclass::text as name, f.confrelid::regclass::text as target, f.confdeltype = 'n' as nulls,
        array(select attname from pg_attribute a where a.attrelid = f.conrelid and a.attnum = any(f.conkey))::text[] as columns
      from pg_constraint f join pg_namespace n on n.oid = f.connamespace where f.contype = 'f' and n.nspname = 'public'`)
    for (const { name, target, columns, nulls } of rows) {
      assert.equal(nulls, false, `${name} → ${target}`)
      if (reference.includes(target)) continue
      assert.ok(columns.includes('customer_id'), `${name} → ${target} must carry customer_id`)
    }
    const toCustomer = rows.filter(({ target }) => target === 'customer').map(({ name }) => name)
    assert.equal(new Set(toCustomer).size, toCustomer.length, 'one customer foreign key a table')
  })
})

const sortsByPinyin = (field: Field) => field.kind === 'text' && field.sort === true
