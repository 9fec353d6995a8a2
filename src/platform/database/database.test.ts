import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { refusalOf } from '../door/problem.ts'
import { testDatabase } from '../testing/database.ts'
import { openDatabase, openPool, requestLimits, unhurried } from './database.ts'

it('a connection that breaks at work is heard of and ends no process', async () => {
  const database = await testDatabase()
  const heard: string[] = []
  const config = { connectionString: database.url }
  const pool = openPool(config, (error) => heard.push(error.message), requestLimits)
  const client = await pool.connect()
  client.emit('error', new Error('gone'))
  client.release()
  await pool.end()
  await database.drop()
  assert.deepEqual(heard, ['gone'])
})

it('a statement and an idle transaction end at their limit, each as a refusal', async () => {
  const database = await testDatabase()
  const { db, close } = openDatabase(database.url, { limits: { statement: 1000, idle: 200 } })
  const slow = sql`select pg_sleep(20)`.execute(db)
  await assert.rejects(slow, (error) => refusalOf(error)?.reason === 'took_too_long')
  const idle = db.transaction().execute(async (tx) => {
    await sql`select 1`.execute(tx)
    await sleep(1500)
    await sql`select 1`.execute(tx)
  })
  await assert.rejects(idle, (error) => refusalOf(error)?.reason === 'database_away')
  await close()
  await database.drop()
})

it('a statement that may take as long as it needs is not ended, and the next one is', async () => {
  const database = await testDatabase()
  const limits = { statement: 1000, idle: 0 }
  const { db, close } = openDatabase(database.url, { max: 1, limits })
  const slow = (line: typeof db) => sql`select pg_sleep(1.5)`.execute(line)
  await unhurried(db, slow)
  await assert.rejects(slow(db), (error) => refusalOf(error)?.reason === 'took_too_long')
  await close()
  await database.drop()
})
