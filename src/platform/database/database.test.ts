import assert from 'node:assert/strict'
import { it } from 'node:test'
import { testDatabase } from '../testing/database.ts'
import { openPool } from './database.ts'

it('a connection that breaks at work is heard of and ends no process', async () => {
  const database = await testDatabase()
  const heard: string[] = []
  const pool = openPool({ connectionString: database.url }, (error) => heard.push(error.message))
  const client = await pool.connect()
  client.emit('error', new Error('gone'))
  client.release()
  await pool.end()
  await database.drop()
  assert.deepEqual(heard, ['gone'])
})
