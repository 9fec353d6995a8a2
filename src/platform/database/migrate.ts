import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { locks } from './locks.ts'

const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url))
/** Any fixed number: two servers that start together migrate one after the other. */
const lock = locks.migrate

export class SchemaError extends Error {
  override name = 'SchemaError'
}

/**
 * Brings the schema to the newest migration, each in a transaction of its own. Refuses data written
 * by a newer version and migrations that were changed after they ran. Gives the names it applied.
 */
export const migrate = async (pool: pg.Pool): Promise<string[]> => {
  const files = await migrations()
  const client = await pool.connect()
  try {
    // A migration of many rows takes its time, and so does waiting for that of another server.
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; hash: string }>(
      'select name, hash from migration',
    )
    const done = new Map(rows.map((row) => [row.name, row.hash]))
    refuseForeign(files, done)
    const open = files.filter((file) => !done.has(file.name))
    for (const file of open) await apply(client, file)
    return open.map((file) => file.name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined)
    await client.query('reset statement_timeout').catch(() => undefined)
    // What migrations made for themselves alone stays in the way of the next that use this connection.
    await client.query('discard temp').catch(() => undefined)
    client.release()
  }
}

type Migration = { name: string; sql: string; hash: string }

const migrations = async (): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}${name}`, 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

const refuseForeign = (files: Migration[], done: Map<string, string>) => {
  const known = new Map(files.map((file) => [file.name, file.hash]))
  const newer = [...done.keys()].filter((name) => !known.has(name))
  if (newer.length > 0)
    throw new SchemaError(
      `这份数据由更新版本的知客写入（${newer.join('、')}），请用该版本或更新的版本启动，数据未改动。\nThis data was written by a newer version of Zhike; start that version or a later one. Nothing was changed.`,
    )
  const changed = [...done].filter(([name, hash]) => known.get(name) !== hash)
  if (changed.length > 0)
    throw new SchemaError(
      `迁移文件在执行之后被改过：${changed.map(([name]) => name).join('、')}，请恢复原文件，改动写成新的迁移。\nA migration was edited after it ran; restore the file and write the change as a new one.`,
    )
}

const apply = async (client: pg.PoolClient, file: Migration) => {
  await client.query('begin')
  try {
    await client.query(file.sql)
    await client.query('insert into public.migration (name, hash) values ($1, $2)', [
      file.name,
      file.hash,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new SchemaError(
      `迁移 ${file.name} 未能完成，已退回到之前的状态。\nMigration ${file.name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    )
  }
}
