import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fastify from 'fastify'
import { endRequests } from './closing.ts'

const open = async (milliseconds: number) => {
  const app = fastify({ forceCloseConnections: 'idle' })
  app.get('/', async () => {
    await sleep(milliseconds)
    return 'done'
  })
  app.post('/', async () => 'never')
  return { app, address: await app.listen({ port: 0, host: '127.0.0.1' }) }
}

it('lets a running request finish and waits for nothing else', { timeout: 60_000 }, async () => {
  const { app, address } = await open(200)
  const come = once(app.server, 'request')
  const answer = fetch(address)
  await come
  await endRequests(app, 600_000)
  assert.equal(await (await answer).text(), 'done')
})

it('cuts off a line that only waits', { timeout: 60_000 }, async () => {
  const { app, address } = await open(0)
  const come = once(app.server, 'request')
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  const cut = once(socket, 'close')
  socket.resume()
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n')
  socket.write('Content-Length: 9\r\n\r\n{')
  await come
  await endRequests(app, 200)
  await cut
})
