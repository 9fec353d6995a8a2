import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { chores } from '#app/schedule.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const noted = async () => {
  const { rows } = await sql<{ pages: number }>`
    select gin_clean_pending_list('search_document_tokens'::regclass) as pages`.execute(house.db)
  return rows[0]?.pages
}
const create = (name: string) => house.ann.call('POST', '/customers', { body: { name } })

describe('what writers note beside an index', () => {
  it('is moved into it every minute', async () => {
    await create('长风商行')
    assert.notEqual(await noted(), 0)
    await create('远山商行')
    const chore = chores.find(({ name }) => name === 'indexes:tidy')
    assert.equal(chore?.schedule, '* * * * *')
    await chore?.run({ db: house.db, now: house.ctx.now, signal: undefined }, {})
    assert.equal(await noted(), 0)
    const { body } = await house.ann.call('GET', '/customers/count', { query: { q: '商行' } })
    assert.deepEqual(body, { count: 2, more: false })
  })
})
