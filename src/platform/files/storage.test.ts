import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { AppError } from '../errors/error.ts'
import { openStorage } from './storage.ts'

const folder = await fs.mkdtemp(join(tmpdir(), 'zhike-files-'))
after(() => fs.rm(folder, { recursive: true }))
const storage = await openStorage(join(folder, 'files'))
const everyFile = async () =>
  (await fs.readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

const chunks = async function* (...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}
const age = async (path: string, days: number) => {
  const at = new Date(Date.now() - days * 86_400_000)
  await fs.utimes(path, at, at)
}

test('keeps a content once, under its hash', async () => {
  const sha256 = createHash('sha256').update('客户名单').digest('hex')
  assert.deepEqual(await storage.put(chunks('客户', '名单'), 100), { sha256, size: 12 })
  assert.deepEqual(await storage.put(chunks('客户名单'), 100), { sha256, size: 12 })
  assert.deepEqual(await everyFile(), [sha256])
  assert.ok(storage.path(sha256).endsWith(join(sha256.slice(0, 2), sha256.slice(2, 4), sha256)))
  assert.equal(Buffer.concat(await (await storage.read(sha256)).toArray()).toString(), '客户名单')
})

test('refuses what is too large and leaves nothing behind', async () => {
  const before = await everyFile()
  await assert.rejects(storage.put(chunks('12345', '67890'), 9), (error) => {
    assert.ok(error instanceof AppError)
    assert.equal(error.reason, 'file_too_large')
    assert.deepEqual(error.detail.facts, { limit_bytes: 9 })
    return true
  })
  assert.deepEqual(await everyFile(), before)
})

test('an upload that breaks off leaves nothing behind', async () => {
  const before = await everyFile()
  const broken = async function* () {
    yield Buffer.from('half')
    throw new Error('connection lost')
  }
  await assert.rejects(storage.put(broken(), 100), /connection lost/)
  assert.deepEqual(await everyFile(), before)
})

test('a name that is no hash reaches no file', async () => {
  await assert.rejects(storage.read('../../../../etc/passwd'), AppError)
})

test('a content that is gone is its own refusal', async () => {
  const { sha256 } = await storage.put(chunks('lost'), 100)
  await fs.rm(storage.path(sha256))
  await assert.rejects(storage.read(sha256), {
    code: 'unavailable',
    reason: 'file_content_missing',
  })
})

test('sweeps what nobody knows, and spares what is known or new', async () => {
  const known = await storage.put(chunks('known'), 100)
  const old = await storage.put(chunks('old'), 100)
  const fresh = await storage.put(chunks('fresh'), 100)
  const leftover = join(folder, 'files', '.arriving-of-a-killed-server')
  await fs.writeFile(leftover, 'half')
  for (const path of [storage.path(known.sha256), storage.path(old.sha256), leftover])
    await age(path, 2)
  assert.equal(await storage.sweep(async () => new Set([known.sha256])), 2)
  const left = await everyFile()
  assert.ok(left.includes(known.sha256) && left.includes(fresh.sha256))
  assert.ok(!left.includes(old.sha256) && !left.includes('.arriving-of-a-killed-server'))
})
