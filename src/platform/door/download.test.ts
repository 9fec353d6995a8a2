import assert from 'node:assert/strict'
import { it } from 'node:test'
import fastify from 'fastify'
import { sql } from 'kysely'
import { openDatabase } from '../database/database.ts'
import { testDatabase } from '../testing/database.ts'
import { sendSnapshot } from './download.ts'

it('notes a download that its reader gave up, though its snapshot has failed', async () => {
  const database = await testDatabase()
  const snapshots = openDatabase(database.url)
  const beside = openDatabase(database.url)
  const noted = Promise.withResolvers<unknown>()
  const app = fastify({ forceCloseConnections: true })
  const given: { up: boolean } = { up: false }
  app.get('/', (_request, reply) =>
    sendSnapshot({ snapshots: snapshots.db, db: beside.db }, reply, async (tx) => ({
      name: 'rows.csv',
      mediaType: 'text/csv',
      body: (async function* () {
        while (!given.up) yield Buffer.alloc(65_536)
        await sql`select 1 / 0`.execute(tx)
      })(),
      ended: async (own) => {
        const { rows } = await sql`select 7 as noted`.execute(own)
        noted.resolve(rows)
      },
    })),
  )
  const stop = new AbortController()
  const answer = await fetch(await app.listen({ port: 0, host: '127.0.0.1' }), stop)
  await answer.body?.getReader().read()
  given.up = true
  stop.abort()
  assert.deepEqual(await noted.promise, [{ noted: 7 }])
  await app.close()
  await Promise.all([snapshots.close(), beside.close()])
  await database.drop()
})
