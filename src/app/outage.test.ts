import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchOutage } from './outage.ts'
import { until } from './testing/product.ts'

it('says a fallen database once, and once that it is back', async () => {
  const said: string[] = []
  const database = { away: true }
  const ask = async () => assert.ok(!database.away)
  const outage = watchOutage((line) => said.push(line), ask, 5)
  for (let line = 0; line < 20; line += 1) outage.onError(new Error('gone'))
  outage.onError(new Error('refused'))
  assert.deepEqual(said, ['数据库连接中断：gone'])
  database.away = false
  await until(() => said.length > 1, 'the database is back')
  assert.deepEqual(said, ['数据库连接中断：gone', '数据库已恢复连接'])
  outage.onError(new Error('again'))
  assert.equal(said.at(-1), '数据库连接中断：again')
  outage.stop()
  await sleep(40)
  assert.equal(said.length, 3)
})
