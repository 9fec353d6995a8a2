import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

type Rule = { prefix: string; dated: string; digits: number; reset: string }

let now = '2026-11-21T02:00:00.000Z'
let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => now })
})
after(() => house.close())

const shape = async (rule: Rule) => {
  const { body } = await house.root.call('GET', '/numbering')
  const [kept] = (body as { items: { version: number }[] }).items
  return house.root.call('PUT', '/numbering/customer', {
    body: rule,
    ...(kept && { version: kept.version }),
  })
}
const make = async (): Promise<string> => {
  const answer = await house.ann.call('POST', '/customers', { body: { name: '甲' } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return (answer.body as { number: string }).number
}

describe('numbering rules', () => {
  it('begin as the program brings them, and go on after a change of words', async () => {
    assert.equal(await make(), 'C000001')
    const answer = await shape({ prefix: '客-', dated: 'none', digits: 4, reset: 'never' })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(await make(), '客-0002')
  })

  it('begin again with each period, by the day it is in China', async () => {
    await shape({ prefix: 'K', dated: 'month', digits: 3, reset: 'month' })
    assert.deepEqual([await make(), await make()], ['K202611001', 'K202611002'])
    now = '2026-11-30T16:00:00.000Z'
    assert.equal(await make(), 'K202612001')
    await shape({ prefix: 'K', dated: 'day', digits: 2, reset: 'year' })
    assert.equal(await make(), 'K2026120101')
  })

  it('never give a number twice, however many write at once', async () => {
    await shape({ prefix: 'D', dated: 'day', digits: 1, reset: 'day' })
    const numbers = await Promise.all(Array.from({ length: 40 }, make))
    assert.equal(new Set(numbers).size, 40)
    await shape({ prefix: 'K', dated: 'month', digits: 3, reset: 'month' })
    assert.equal(await make(), 'K202612002')
  })

  it('pass over numbers that records bear already', async () => {
    await house.db.deleteFrom('numbering_series').execute()
    assert.equal(await make(), 'K202612003')
  })

  it('are refused where numbers would repeat, to others, and when somebody was faster', async () => {
    const rule = { prefix: 'C', dated: 'year', digits: 4, reset: 'month' }
    const repeated = await shape(rule)
    assert.deepEqual((repeated.body as { errors: unknown }).errors, [
      { path: 'reset', reason: 'number_repeats' },
    ])
    const late = { body: { ...rule, reset: 'year' }, version: 1 }
    assert.equal((await house.root.call('PUT', '/numbering/customer', late)).status, 412)
    assert.equal((await house.mei.call('PUT', '/numbering/customer', late)).status, 403)
    assert.equal((await house.root.call('PUT', '/numbering/contact', late)).status, 404)
  })
})
