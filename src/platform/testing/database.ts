import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { openDatabase } from '../database/database.ts'
import { locks } from '../database/locks.ts'
import { migrate } from '../database/migrate.ts'
import { prepareJobs } from '../jobs/jobs.ts'
import { testServer } from './server.ts'

export type TestDatabase = { url: string; drop: () => Promise<void> }

const lock = locks.testTemplate

/** A database of its own for one test file, cloned from a migrated template that is made once per run. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const server = await testServer()
  const name = `zhike_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await administer(server.url, (admin) => cloneTemplate(admin, server.url, name))
  return {
    url: at(server.url, name),
    drop: async () => {
      await administer(server.url, (admin) => admin.query(`drop database ${name} with (force)`))
      await server.release()
    },
  }
}

/** Test files start together: the lock lets the first one make the template for all. */
const cloneTemplate = async (admin: pg.Client, url: string, name: string) => {
  const template = `zhike_template_${await fingerprint()}`
  await admin.query('select pg_advisory_lock($1)', [lock])
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [template])
  if (!rowCount) await makeTemplate(admin, url, template)
  await admin.query(`create database ${name} template ${template}`)
}

const administer = async (url: string, work: (admin: pg.Client) => Promise<unknown>) => {
  const admin = new pg.Client({ connectionString: at(url, 'postgres') })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

const makeTemplate = async (admin: pg.Client, url: string, template: string) => {
  const making = `${template}_making`
  await admin.query(`drop database if exists ${making}`)
  await admin.query(`create database ${making} template template0 encoding 'UTF8'`)
  const database = openDatabase(at(url, making), { max: 2 })
  await migrate(database.pool)
  await prepareJobs(database.pool)
  await database.close()
  await admin.query(`alter database ${making} rename to ${template}`)
}

const fingerprint = async () => {
  const folder = new URL('../../../migrations/', import.meta.url)
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).sort())
    hash.update(await readFile(new URL(name, folder)))
  return hash.digest('hex').slice(0, 12)
}

const at = (url: string, name: string) => {
  const whole = new URL(url)
  whole.pathname = `/${name}`
  return whole.href
}
