import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { sql } from 'kysely'
import type { Db } from '#platform/database/database.ts'
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
