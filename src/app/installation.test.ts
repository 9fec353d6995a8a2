import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { customer } from '#customers/customers/fields.ts'
import { type Db, openDatabase } from '#platform/database/database.ts'
import { addJob, runJobs } from '#platform/jobs/jobs.ts'
import { insert } from '#platform/records/records.ts'
import { jobs } from './house.ts'
import { openInstallation } from './installation.ts'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const limitsOf = async (db: Db) => {
  const { rows } = await sql<{ statement: string; idle: string }>`
    select current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`.execute(db)
  return rows[0]
}

it('ends what takes a request too long, and leaves jobs more time', async () => {
  assert.deepEqual(await limitsOf(house.db), { statement: '30s', idle: '1min' })
  assert.deepEqual(await limitsOf(house.installation.chores.db), { statement: '10min', idle: '0' })
})

it('waits for a request no longer than ten minutes', () => {
  assert.equal(house.app.server.requestTimeout, 600_000)
})

it('runs no export for a HEAD', async () => {
  const { statusCode } = await house.app.inject({ method: 'HEAD', url: '/api/customers/export' })
  assert.equal(statusCode, 404)
})

it('takes no job any more while the last requests end', { timeout: 120_000 }, async () => {
  const own = await openTestHouse()
  const address = new URL(await own.app.listen({ port: 0, host: '127.0.0.1' }))
  await own.installation.startWork()
  const come = once(own.app.server, 'request')
  const socket = connect(Number(address.port), address.hostname)
  socket.resume()
  socket.write('POST /api/setup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n')
  socket.write('Content-Length: 2\r\n\r\n{')
  await come
  const closed = own.installation.close()
  await sleep(500)
  const beside = openDatabase(own.url)
  await addJob({ db: beside.db }, 'events:partitions')
  await sleep(2000)
  const waiting = await sql`select 1 from graphile_worker.jobs
    where task_identifier = 'events:partitions' and attempts = 0`.execute(beside.db)
  socket.write('}')
  await Promise.all([once(socket, 'close'), closed])
  await beside.close()
  await own.drop()
  assert.equal(waiting.rows.length, 1)
})

it('writes what search looks at anew, although somebody writes before the work begins', async () => {
  const own = await openTestHouse()
  await own.root.call('POST', '/customers', { body: { name: '早先的客户' } })
  await sql`delete from search_document`.execute(own.db)
  await own.installation.close()
  const again = await openInstallation({
    ...{
      url: own.url,
      dataDir: own.dataDir,
      secret: 'another secret, as nothing is encrypted here',
    },
    ...{ publicUrl: '', trustProxy: false, maxUploadMb: 50, log: () => undefined, oidc: undefined },
  })
  const { db } = again.database
  await insert({ ...own.ctx, db, now: own.ctx.now }, customer, [{ name: '刚写的客户' }])
  await runJobs(again.chores.pool, again.chores.db, jobs)
  const { rows } = await sql`select 1 from search_document where text like '%早先的客户%'`.execute(
    db,
  )
  await again.close()
  await own.drop()
  assert.equal(rows.length, 1)
})
