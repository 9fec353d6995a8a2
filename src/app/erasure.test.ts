import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { sql } from 'kysely'
import type { BinOutcome } from '#platform/bin/contract.ts'
import { child, erased, type Row, removed } from './testing/binning.ts'
import { everywhere } from './testing/everywhere.ts'
import { csvFile, importing } from './testing/importing.ts'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const found = async (q: string): Promise<Row> => {
  const { body } = await house.root.call('GET', '/customers', { query: { q } })
  const { items }: { items: Row[] } = body
  assert.equal(items.length, 1)
  return { ...(items[0] as Row) }
}
const erase = async (path: string, row: Row, customer_id: string) => {
  const id = await removed(house.root, path, row)
  const { body } = await erased(house.root, [{ customer_id, id }])
  assert.deepEqual((body as BinOutcome).problems, [])
}

it('leaves nothing of what is erased in the journals of imports and bulk runs', async () => {
  const { root, db } = house
  const imports = importing(house, root)
  const table = csvFile([
    ['客户名称', '手机', '备注', '联系人姓名'],
    ['澹台商行', '13666660001', '澹台的秘密', '澹台灭明'],
    ['留着商行', '13666660002', '不动的备注', '留着的人'],
    ['澹台分店', '1366666', '', ''],
  ])
  await imports.whole('first.csv', table)
  const change = csvFile([
    ['客户名称', '手机', '备注'],
    ['澹台改名', '13666660001', '澹台又改'],
    ['留着商行', '13666660002', '又改'],
  ])
  const settings = { mode: 'update', key: 'phones' }
  const { counts } = await imports.whole('second.csv', change, settings)
  assert.equal(counts.updated, 2)
  const [one, branch] = [await found('澹台改名'), await found('澹台分店')]
  const stale = { id: one.id, version: 1 }
  const action = { kind: 'tag', add: ['重点'] }
  await root.call('POST', '/customers/bulk', { body: { rows: [stale], action } })
  await house.work()
  assert.ok((await everywhere(db, ['澹台'])).some((row) => row.startsWith('public.bulk_run')))
  const person = await child(root, one, 'contacts')
  await erase(`/customers/${one.id}/contacts/${person.id}`, person, one.id)
  await erase(`/customers/${one.id}`, await found('澹台改名'), one.id)
  await erase(`/customers/${branch.id}`, branch, branch.id)
  assert.deepEqual(await everywhere(db, ['澹台', '13666660001', '1366666"']), [])
  const { rows } = await sql<{ kept: number }>`select count(*) as kept from import_row
    where before ->> 'note' = '不动的备注'`.execute(db)
  assert.equal(rows[0]?.kept, 1)
})
