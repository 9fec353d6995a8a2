import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { administered } from '#access/setup/queries.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { offerSetup, unattended } from './commands.ts'

const clock = { now: '2026-11-21T02:00:00.000Z' }
const firm = {
  organisation: '新公司',
  name: '管理员',
  username: 'first.admin',
  password: 'kept-in-a-drawer',
  template: 'general' as const,
  demo: false,
}
const said: string[] = []
let house: TestHouse

before(async () => {
  house = await openTestHouse({ clock: () => clock.now })
  await house.db.deleteFrom('person').execute()
  await house.db.deleteFrom('department').execute()
  offerSetup((code) => said.push(code))
})
after(() => house.close())

const later = (seconds: number) => {
  clock.now = new Date(Date.parse(clock.now) + seconds * 1000).toISOString()
}
const enter = async (code: string, from: string) => {
  const request = { method: 'POST', url: '/api/setup', payload: { ...firm, code } } as const
  const { statusCode } = await house.app.inject({ ...request, remoteAddress: from })
  return statusCode
}

it('lets an address wait longer after each wrong code, and keeps the code', async () => {
  for (let guess = 0; guess < 5; guess += 1) assert.equal(await enter('WRONG', '10.0.0.9'), 400)
  for (const wait of [1, 2, 4, 8]) {
    later(wait - 0.5)
    assert.equal(await enter('WRONG', '10.0.0.9'), 429, `before ${wait} s`)
    later(0.5)
    assert.equal(await enter('WRONG', '10.0.0.9'), 400, `after ${wait} s`)
  }
  assert.equal(await enter(said[0] ?? '', '10.0.0.9'), 429)
  assert.equal(said.length, 1)
  assert.equal(await administered(house), false)
  assert.equal(await enter(said[0] ?? '', '10.0.0.8'), 200)
  assert.equal(await administered(house), true)
})

it('sets up once when two servers begin unattended at the same time', async () => {
  await house.db.deleteFrom('person').execute()
  await house.db.deleteFrom('department').execute()
  const begin = (username: string) =>
    house.db
      .transaction()
      .execute((db) => unattended({ ...house.ctx, db, now: clock.now }, { ...firm, username }))
  const made = await Promise.all([begin('one.admin'), begin('two.admin')])
  assert.deepEqual(made.toSorted(), [false, true])
  const people = await house.db.selectFrom('person').select('id').execute()
  assert.equal(people.length, 1)
})
