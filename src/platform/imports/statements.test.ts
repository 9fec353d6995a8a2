import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const table = (from: number, count: number) =>
  csvFile([
    ['客户名称', '手机', '负责人', '联系人'],
    ...Array.from({ length: count }, (_, at) => {
      const number = from + at
      return [
        `语句${number}有限公司`,
        `138${String(number).padStart(8, '0')}`,
        '安销售',
        `某${number}`,
      ]
    }),
  ])

it('a batch takes the same number of statements, however many rows it has', async () => {
  const by = importing(house, house.ann)
  const statementsFor = async (from: number, count: number) => {
    const { id } = await by.upload(`${count}.csv`, table(from, count))
    const check = await house.statements(() => by.check(id))
    const run = await house.statements(() => by.run(id))
    assert.equal(run.value.counts.created, count)
    // Statistics are read anew when a table has grown, not by the number of rows.
    const counted = (all: readonly string[]) => all.filter((each) => !/^analyze/.test(each)).length
    return [counted(check.sql), counted(run.sql)]
  }
  assert.deepEqual(await statementsFor(1000, 400), await statementsFor(1, 4))
  const { body } = await house.ann.call('GET', '/customers', { query: { q: '语句1399有限' } })
  assert.equal((body as { items: [] }).items.length, 1, 'found by what was written with it')
  const contact = await house.ann.call('GET', '/contacts', { query: { q: '某1399' } })
  assert.equal((contact.body as { items: [] }).items.length, 1)
})

it('statistics of a large table are left alone', async () => {
  const by = importing(house, house.ann)
  const { id } = await by.upload('少.csv', table(5000, 20))
  await by.check(id)
  const { sql } = await house.statements(() => by.run(id))
  assert.deepEqual(
    sql.filter((each) => /^analyze/.test(each)),
    [],
  )
})
