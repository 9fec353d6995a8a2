import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { after, before, beforeEach, describe, it } from 'node:test'
import type pg from 'pg'
import { ensurePartitions } from '../events/events.ts'
import { prepareJobs } from '../jobs/jobs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { type Database, openDatabase } from './database.ts'
import { describeSchema } from './describe.ts'
import { migrate, SchemaError } from './migrate.ts'

let made: TestDatabase
let database: Database
let pool: pg.Pool
let files: string[]
let whole: string
before(async () => {
  made = await testDatabase()
  database = openDatabase(made.url)
  pool = database.pool
  const names = await readdir(new URL('../../../migrations/', import.meta.url))
  files = names.filter((name) => /^\d{4}_/.test(name)).sort()
  whole = await describeSchema(pool)
})
after(async () => {
  await database.close()
  await made.drop()
})

const empty = () =>
  pool.query(`drop schema if exists public, auth, graphile_worker cascade; create schema public`)
const applied = async (): Promise<string[]> => {
  const { rows } = await pool.query('select name from migration order by name')
  return rows.map(({ name }) => name)
}
const tables = async (): Promise<string[]> => {
  const { rows } = await pool.query(
    `select tablename from pg_tables where schemaname = 'public' order by 1`,
  )
  return rows.map(({ tablename }) => tablename)
}
const refusal = async (words: RegExp) => {
  const before = [await describeSchema(pool), await applied()]
  await assert.rejects(migrate(pool), (error) => {
    assert.ok(error instanceof SchemaError)
    assert.match(error.message, words)
    assert.match(error.message, /[\u4e00-\u9fff].*\n[A-Z]/s, 'in Chinese and in English')
    return true
  })
  assert.deepEqual([await describeSchema(pool), await applied()], before, 'nothing was changed')
}

describe('on data that is there', () => {
  it('has nothing to do twice', async () => {
    assert.deepEqual(await migrate(pool), [])
    assert.deepEqual(await applied(), files)
  })

  it('refuses what a newer version wrote, and names it', async () => {
    await pool.query(`insert into migration (name, hash) values ('9999_from_later.sql', 'x')`)
    await refusal(/9999_from_later\.sql/)
    await pool.query(`delete from migration where name like '9999%'`)
  })

  it('refuses a migration that was edited after it ran, and names it', async () => {
    const { rows } = await pool.query('select hash from migration where name = $1', [files[1]])
    await pool.query(`update migration set hash = 'x' where name = $1`, [files[1]])
    await refusal(new RegExp(files[1] ?? ''))
    await pool.query('update migration set hash = $2 where name = $1', [files[1], rows[0].hash])
    assert.deepEqual(await migrate(pool), [])
  })
})

describe('on an empty database', () => {
  beforeEach(empty)

  it('rolls a failing migration back whole, keeps those before it, and goes on when it can', async () => {
    const obstacle = 'create table task (id integer)'
    await pool.query(obstacle)
    await assert.rejects(migrate(pool), (error) => {
      assert.ok(error instanceof SchemaError)
      assert.match(error.message, /0004_contact\.sql/)
      assert.ok(error.cause)
      return true
    })
    assert.deepEqual(
      await applied(),
      files.filter((name) => name < '0004'),
    )
    const left = await tables()
    assert.ok(left.includes('customer'))
    assert.ok(!left.includes('interaction'), 'made by the failing one before it failed')
    await pool.query('drop table task')
    assert.deepEqual(
      await migrate(pool),
      files.filter((name) => name >= '0004'),
    )
    assert.equal(await describeSchema(pool), whole)
  })

  it('begins anew on a connection that has migrated before', async () => {
    const one = openDatabase(made.url, { max: 1 })
    assert.deepEqual(await migrate(one.pool), files)
    await empty()
    assert.deepEqual(await migrate(one.pool), files)
    await one.close()
  })

  it('lets one of several servers that start together do the work, and the others wait', async () => {
    const other = openDatabase(made.url)
    const start = async ({ db, pool }: Database) => {
      const names = await migrate(pool)
      assert.deepEqual(await applied(), files, 'nobody goes on before all is done')
      await prepareJobs(pool)
      await ensurePartitions({ db, now: '2031-05-21T00:00:00Z' })
      return names
    }
    const done = await Promise.all([start(database), start(other), start(other), start(database)])
    await other.close()
    assert.deepEqual(
      done.filter((names) => names.length > 0),
      [files],
    )
    assert.equal(await describeSchema(pool), whole)
  })

  it('frees the lock after a failure, so that the next start does not hang', async () => {
    await pool.query('create table customer (id integer)')
    await assert.rejects(migrate(pool), SchemaError)
    await assert.rejects(migrate(pool), SchemaError)
    const { rows } = await pool.query(
      `select 1 from pg_locks l join pg_database d on d.oid = l.database
        where locktype = 'advisory' and datname = current_database()`,
    )
    assert.equal(rows.length, 0)
  })
})
