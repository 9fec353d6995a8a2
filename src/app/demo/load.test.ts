import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '../testing/testHouse.ts'
import { loadDemo } from './load.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const count = async (path: string) => {
  const { body } = await house.root.call('GET', `${path}/count`, { query: { exact: true } })
  return (body as { count: number }).count
}

describe('the demo data', () => {
  it('is loaded whole, once, with facts, search and a day for the administrator', async () => {
    await loadDemo(house.db, new Date().toISOString(), 'general')
    await loadDemo(house.db, new Date().toISOString(), 'general')
    assert.equal(await count('/customers'), 300)
    assert.ok((await count('/interactions')) > 2500)
    const { body } = await house.root.call('GET', '/day')
    const { counts }: { counts: { overdue: number; today: number; week: number } } = body
    assert.ok(counts.overdue + counts.today + counts.week > 0)
    const found = await house.root.call('GET', '/search', { query: { q: 'suzhou' } })
    assert.ok((found.body as { items: unknown[] }).items.length > 0)
    assert.deepEqual(house.faults, [])
  })

  it('tells of a next step when it was agreed on', async () => {
    const late = await house.db
      .selectFrom('task')
      .innerJoin('interaction', 'interaction.id', 'task.interaction_id')
      .select('task.id')
      .whereRef('task.created_at', '!=', 'interaction.at')
      .execute()
    assert.deepEqual(late, [])
  })
})
