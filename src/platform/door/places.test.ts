import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const name = '绍兴黄酒'
const misplaced = (path: string) => [{ path, reason: 'unknown_key' }]

it('takes nothing from the address that belongs into the body, nor the other way', async () => {
  const byAddress = await house.ann.call('POST', '/customers', { query: { name } })
  assert.equal(byAddress.status, 400)
  assert.deepEqual((byAddress.body as { errors: unknown }).errors, misplaced('name'))
  const query = { username: 'ann', password: 'ann-password' }
  assert.equal((await house.nobody.call('POST', '/session', { query })).status, 400)
  const made = await house.ann.call('POST', '/customers', { body: { name } })
  const { id, version } = made.body as { id: string; version: number }
  const path = `/customers/${id}`
  const renamed = await house.ann.call('PATCH', path, { version, body: { id, name: '会稽山' } })
  assert.equal(renamed.status, 400)
  assert.deepEqual((renamed.body as { errors: unknown }).errors, misplaced('id'))
})

it('lets no cache keep what one person may see, nor what is refused', async () => {
  const control = async (path: string) =>
    (await house.ann.call('GET', path)).headers['cache-control']
  assert.equal(await control('/customers'), 'no-store')
  assert.equal(await control('/customers?no=such'), 'no-store')
  assert.match(String(await control('/regions')), /^private, max-age=/)
})

it('makes one record of a create that arrives twice at the same moment', async () => {
  const headers = { 'idempotency-key': 'twice at once' }
  const body = { name: '同时两次' }
  const create = () => house.ann.call('POST', '/customers', { headers, body })
  const answers = await Promise.all([create(), create(), create()])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201],
  )
  assert.equal(new Set(answers.map(({ body }) => (body as { id: string }).id)).size, 1)
})
