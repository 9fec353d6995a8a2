import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { accounts } from '#platform/accounts/current.ts'

let house: TestHouse
let port: number
let key: string
let files: string
before(async () => {
  house = await openTestHouse()
  port = Number(new URL(await house.app.listen({ port: 0, host: '127.0.0.1' })).port)
  const { auth_user_id } = await house.db
    .selectFrom('person')
    .select('auth_user_id')
    .where('id', '=', house.ann.id)
    .executeTakeFirstOrThrow()
  key = (await accounts().createKey(auth_user_id ?? '', '慢速', undefined)).key
  const customer = await house.ann.call('POST', '/customers', { body: { name: '山路客户' } })
  files = `/customers/${(customer.body as { id: string }).id}/files`
})
after(() => house.close())

/** More than the server has connections to its database. */
const lines = 20

/** Opens that many lines which say `head` and then neither send nor read. */
const stalled = async (head: string): Promise<Socket[]> => {
  const sockets = Array.from({ length: lines }, () => connect(port, '127.0.0.1').pause())
  for (const socket of sockets) {
    socket.on('error', () => undefined)
    socket.write(`${head}\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n`)
  }
  return sockets
}

const othersWork = async (sockets: Socket[]) => {
  await sleep(300)
  const answer = await house.ann.call('GET', '/customers')
  for (const socket of sockets) socket.destroy()
  assert.equal(answer.status, 200)
}

it('uploads that crawl keep nobody from working, and are no fault when they break off', async () => {
  const sockets = await stalled(`POST /api${files}?name=a.bin HTTP/1.1`)
  for (const socket of sockets) socket.write('Content-Length: 1000000\r\n\r\nhalf')
  await othersWork(sockets)
  await sleep(100)
  assert.deepEqual(house.faults, [])
})

it('downloads that crawl keep nobody from working', async () => {
  const raw = Buffer.alloc(16 << 20, 1)
  const made = await house.ann.call('POST', files, { query: { name: 'b.bin' }, raw })
  const { id } = made.body as { id: string }
  const sockets = await stalled(`GET /api${files}/${id}/content HTTP/1.1`)
  for (const socket of sockets) socket.write('\r\n')
  await othersWork(sockets)
})
