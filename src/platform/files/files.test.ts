import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { attach } from './commands.ts'
import type { FileAnswer } from './contract.ts'
import { filesOf } from './queries.ts'
import { setStorage, storage } from './storage.ts'

let house: TestHouse
let customer: string
before(async () => {
  house = await openTestHouse()
  customer = await customerOf('西湖茶业')
})
after(() => house.close())

const customerOf = async (name: string): Promise<string> => {
  const answer = await house.ann.call('POST', '/customers', {
    body: { name, owner_id: house.ann.id },
  })
  assert.equal(answer.status, 201)
  return (answer.body as { id: string }).id
}
const add = async (name: string, content: string | Buffer, to = customer): Promise<FileAnswer> => {
  const raw = Buffer.from(content)
  const answer = await house.ann.call('POST', `/customers/${to}/files`, { query: { name }, raw })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const listed = async (to = customer) => {
  const answer = await house.ann.call('GET', `/customers/${to}/files`)
  assert.equal(answer.status, 200)
  return (answer.body as { items: FileAnswer[] }).items
}

describe('a file of a customer', () => {
  it('says when its content is gone from the server, and blames no database', async () => {
    const file = await add('丢失.txt', '丢了的内容')
    await rm(storage().path(createHash('sha256').update('丢了的内容').digest('hex')))
    const answer = await house.ann.call('GET', `/customers/${customer}/files/${file.id}/content`)
    const { reason }: { reason: string } = answer.body
    assert.deepEqual([answer.status, reason], [503, 'file_content_missing'])
  })

  it('is kept under its content, listed, and given back byte for byte as an attachment', async () => {
    const file = await add('../合同\u202e.txt', '甲乙双方')
    assert.deepEqual([file.name, file.size, file.media_type], ['合同.txt', 12, 'text/plain'])
    assert.deepEqual((await listed())[0], file)
    const answer = await house.ann.call('GET', `/customers/${customer}/files/${file.id}/content`)
    assert.equal(answer.raw.toString(), '甲乙双方')
    assert.match(
      String(answer.headers['content-disposition']),
      /^attachment; .*filename\*=UTF-8''%E5/,
    )
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  })

  it('is shown inline only when its bytes are a picture', async () => {
    const disposition = async (file: FileAnswer) => {
      const answer = await house.ann.call('GET', `/customers/${customer}/files/${file.id}/content`)
      return [
        String(answer.headers['content-disposition']).split(';')[0],
        answer.headers['content-type'],
      ]
    }
    const png = await add('a.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    const svg = await add('b.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    const html = await add('c.html', '<!doctype html><script>alert(1)</script>')
    assert.deepEqual(await disposition(png), ['inline', 'image/png'])
    for (const file of [svg, html])
      assert.deepEqual(await disposition(file), ['attachment', 'text/plain'])
  })

  it('is put away with the version that was seen, and both are told in events', async () => {
    const file = await add('删.txt', '要删的')
    const path = `/customers/${customer}/files/${file.id}`
    assert.equal((await house.ann.call('DELETE', path)).status, 428)
    assert.equal((await house.ann.call('DELETE', path, { version: 9 })).status, 412)
    assert.equal((await house.ann.call('DELETE', path, { version: file.version })).status, 200)
    assert.equal((await house.ann.call('GET', `${path}/content`)).status, 404)
    assert.ok(!(await listed()).some((each) => each.id === file.id))
    const events = await house.ann.call('GET', `/customers/${customer}/chronicle`)
    const told = (
      events.body as { items: { event?: { kind: string; payload: { name?: string } } }[] }
    ).items
      .filter(({ event }) => event?.payload.name === '删.txt')
      .map(({ event }) => event?.kind)
    assert.deepEqual(told.sort(), ['file.added', 'file.deleted'])
  })

  it('is out of reach for who does not see the customer, and for a reader to change', async () => {
    const file = await add('密.txt', '密')
    const other = await customerOf('别家')
    const own = `/customers/${customer}/files`
    const raw = Buffer.from('x')
    for (const answer of [
      await house.eve.call('GET', own),
      await house.eve.call('GET', `${own}/${file.id}/content`),
      await house.eve.call('POST', own, { query: { name: 'x' }, raw }),
      await house.eve.call('DELETE', `${own}/${file.id}`, { version: 1 }),
      await house.ann.call('GET', `/customers/${other}/files/${file.id}/content`),
    ])
      assert.equal(answer.status, 404)
    assert.equal((await house.bob.call('GET', `${own}/${file.id}/content`)).status, 200)
    assert.equal((await house.bob.call('POST', own, { query: { name: 'x' }, raw })).status, 403)
    assert.equal((await house.bob.call('DELETE', `${own}/${file.id}`, { version: 1 })).status, 403)
  })

  it('that is empty or too large is refused and leaves nothing behind', async () => {
    const before = await everything()
    const send = (raw: Buffer) =>
      house.ann.call('POST', `/customers/${customer}/files`, { query: { name: 'x' }, raw })
    assert.equal((await send(Buffer.alloc(0))).status, 400)
    setStorage(storage(), 1000)
    const refused = await send(Buffer.alloc(1001))
    setStorage(storage(), 50 * 1024 * 1024)
    assert.equal(refused.status, 413)
    assert.deepEqual((refused.body as { facts: unknown }).facts, { limit_bytes: 1000 })
    assert.deepEqual(await everything(), before)
  })
})

it('files hang on one record of their customer and on no other', async () => {
  const ctx = { ...house.ctx, now: house.ctx.now }
  const one = await add('一.txt', '一')
  const two = await add('二.txt', '二')
  const foreign = await add('外.txt', '外', await customerOf('外家'))
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
  await attach(ctx, customer, [one.id, two.id], { kind: 'interaction', id: first })
  await attach(ctx, customer, [one.id], { kind: 'interaction', id: first })
  const unknown = { detail: { errors: [{ path: 'file_ids', reason: 'file_unknown' }] } }
  await assert.rejects(
    attach(ctx, customer, [one.id], { kind: 'interaction', id: second }),
    unknown,
  )
  await assert.rejects(
    attach(ctx, customer, [foreign.id], { kind: 'interaction', id: first }),
    unknown,
  )
  const found = await filesOf(ctx, customer, [first, second])
  assert.deepEqual(
    found.get(first)?.map((each) => each.name),
    ['一.txt', '二.txt'],
  )
  assert.deepEqual(found.get(second), [])
})

const everything = async () =>
  (await readdir(`${house.dataDir}/files`, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
