import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Client, openClient } from '#app/testing/client.ts'
import { csvFile } from '#app/testing/importing.ts'
import {
  embeddedPlace,
  type Place,
  type Product,
  startProduct,
  until,
} from '#app/testing/product.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { existingPlace } from '#platform/postgres/place.ts'

const who = { username: 'admin', password: 'admin-password' }
const rows = 6000
/** One row in a hundred has no name and cannot be taken over. */
const bad = rows / 100

let place: Place
let product: Product
let client: Client

const start = async () => {
  product = await startProduct(place, {
    ZHIKE_ADMIN_USERNAME: who.username,
    ZHIKE_ADMIN_PASSWORD: who.password,
  })
}

before(async () => {
  place = embeddedPlace()
  await start()
  client = await openClient(product.address, who)
})
after(() => place.remove())

describe('kill -9 during an import and a stream of writes', () => {
  const deaths = [
    { what: 'the server', kill: () => product.kill() },
    {
      what: 'the server and PostgreSQL',
      kill: async () => {
        process.kill(postmaster(), 'SIGKILL')
        await product.kill()
      },
    },
  ]
  for (const [round, { what, kill }] of deaths.entries())
    it(`of ${what} loses nothing that was acknowledged and doubles nothing`, async (t) => {
      const id = await readyImport(round)
      const writers = Array.from({ length: 4 }, (_, each) => writing(`${round}-${each}`))
      await client.call('POST', `/imports/${id}/run`)
      await until(async () => {
        const { status, counts } = await imported(id)
        return status === 'running' && counts.read > 0 && counts.read < rows
      }, 'the import is under way')
      await kill()
      const streams = await Promise.all(writers.map((each) => each.stopped))
      const acknowledged = streams.flatMap(({ done }) => done)
      assert.ok(acknowledged.length >= 4, `${acknowledged.length} writes`)

      await start()
      client = await openClient(product.address, who)
      for (const { name, id: made, version } of acknowledged) {
        const now: { name: string; version: number; note: string | null } = await client.get(
          `/customers/${made}`,
        )
        assert.equal(now.name, name)
        // A change may have been stored whose answer never came.
        assert.ok(now.version >= version && now.version <= 2, `${name}: ${now.version}`)
      }
      for (const { open } of streams) if (open) await sameOnce(open)

      const done = await until(async () => {
        const answer = await imported(id)
        return answer.status === 'done' && answer
      }, 'the import is done')
      const { read, created, updated, skipped, failed } = done.counts
      assert.equal(read, rows)
      assert.equal(created + updated + skipped + failed, read)
      assert.deepEqual([created, failed], [rows - bad, bad])
      assert.equal(await counted(`第${round}批`), rows - bad)
      t.diagnostic(`${acknowledged.length} writes acknowledged before the end`)
    })

  it('leaves an installation in which the doctor finds nothing', async () => {
    await product.stop()
    const { code, output } = await product.command('doctor')
    assert.equal(code, 0, output)
    assert.match(output, /事件链：\d{4,} 条，完整/)
  })
})

/** Uploaded and checked: ready to run. */
const readyImport = async (round: number): Promise<string> => {
  const lines = Array.from({ length: rows }, (_, each) => [
    each % 100 === 50 ? '' : `第${round}批客户${each}`,
    `1${round + 3}${100_000_000 + each}`,
  ])
  const raw = Uint8Array.from(csvFile([['客户名称', '电话'], ...lines]))
  const name = encodeURIComponent(`第${round}批.csv`)
  const { body } = await client.call('POST', `/imports?entity=customer&name=${name}`, { raw })
  const { id }: ImportAnswer = body
  await client.call('POST', `/imports/${id}/check`)
  await until(async () => (await imported(id)).status === 'checked', 'the file is checked')
  return id
}

const imported = (id: string): Promise<ImportAnswer> => client.get(`/imports/${id}`)

type Write = { name: string; id: string; version: number }
type Open = { key: string; name: string }

/** Makes and changes customers one after the other until the server is gone; keeps what was answered. */
const writing = (writer: string) => {
  const done: Write[] = []
  const loop = async (): Promise<{ done: Write[]; open: Open | undefined }> => {
    for (let count = 0; ; count += 1) {
      const name = `写入${writer}-${count}`
      const key = `key-${writer}-${count}`
      const made = await client.call('POST', '/customers', { body: { name }, key }).catch(gone)
      if (made?.status !== 201) return { done, open: { key, name } }
      const { id }: { id: string } = made.body
      const write = { name, id, version: 1 }
      done.push(write)
      const sent = { body: { note: 'x' }, version: 1 }
      const changed = await client.call('PATCH', `/customers/${id}`, sent).catch(gone)
      if (changed?.status !== 200) return { done, open: undefined }
      write.version = 2
    }
  }
  return { stopped: loop() }
}

const gone = () => undefined

/** What was on its way when the server went is sent again with its key, twice: one customer, no more. */
const sameOnce = async ({ key, name }: Open) => {
  const again = async () => {
    const { status, body } = await client.call('POST', '/customers', { body: { name }, key })
    assert.equal(status, 201)
    const { id }: { id: string } = body
    return id
  }
  assert.equal(await again(), await again())
  const filter = encodeURIComponent(JSON.stringify({ field: 'name', is: 'eq', value: name }))
  const { count }: { count: number } = await client.get(`/customers/count?filter=${filter}`)
  assert.equal(count, 1)
}

const counted = async (prefix: string): Promise<number> => {
  const filter = encodeURIComponent(
    JSON.stringify({ field: 'name', is: 'contains', value: prefix }),
  )
  const { count }: { count: number } = await client.get(
    `/customers/count?exact=true&filter=${filter}`,
  )
  return count
}

const postmaster = (): number => {
  const found = existingPlace(join(place.dataDir, 'postgres'))
  assert.ok(found)
  return Number(readFileSync(join(found.cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
}
