import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { fill } from './fill.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

describe('filling a house to measure it', () => {
  it('makes customers that lists, searches and counts find', async () => {
    const { ann, root, departments } = house
    await fill(house.db, {
      count: 600,
      owners: [
        { id: ann.id, department: departments.north, share: 0.1 },
        { id: root.id, department: departments.south, share: 0.9 },
      ],
    })
    const found = async (query: Record<string, unknown>) =>
      (await house.root.call('GET', '/customers/count', { query })).body
    assert.deepEqual(await found({}), { count: 600, more: false })
    assert.notDeepEqual(await found({ q: '重庆' }), { count: 0, more: false })
    assert.deepEqual((await ann.call('GET', '/customers/count')).body, { count: 61, more: false })
  })
})
