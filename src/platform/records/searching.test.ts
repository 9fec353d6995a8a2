import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { change } from './records.ts'
import { rootEntity } from './registry.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

it('finds by what each of two wrote who changed a customer and something below it at once', async () => {
  const made = await house.root.call('POST', '/customers', { body: { name: '旧名商行' } })
  const { id, version }: { id: string; version: number } = made.body
  const { below } = await house.db.transaction().execute(async (db) => {
    await change({ ...house.ctx, db }, rootEntity(), { id, version }, { name: '新名商行' })
    const under = house.root.call('POST', `/customers/${id}/contacts`, { body: { name: '司徒敏' } })
    await sleep(300)
    return { below: under }
  })
  assert.equal((await below).status, 201)
  const found = async (q: string) => {
    const { body } = await house.root.call('GET', '/customers', { query: { q } })
    return (body as { items: unknown[] }).items.length
  }
  assert.deepEqual([await found('新名'), await found('司徒敏'), await found('旧名')], [1, 1, 0])
})
