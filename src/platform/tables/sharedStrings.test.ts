import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSharedStrings } from './sharedStrings.ts'
import { anyText } from './testTables.ts'
import { encodeText } from './xlsxText.ts'

async function* pieces(xml: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(xml)
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

const tableOf = (texts: string[]) =>
  `<sst>${texts.map((text) => `<si><t>${encodeText(text)}</t></si>`).join('')}</sst>`

test('law: every string comes back from memory and from the file, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyText, { minLength: 1, maxLength: 30 }),
      fc.array(fc.nat(2999), { maxLength: 50 }),
      fc.constantFrom(0, 10_000, 1_000_000),
      async (some, asked, bound) => {
        const texts = Array.from({ length: 3000 }, (_, i) => `${some[i % some.length]}${i}`)
        const strings = readSharedStrings(pieces(tableOf(texts)), 'part', bound)
        for (const index of asked) {
          await strings.need(index)
          assert.equal(strings.get(index), texts[index])
        }
        await strings.need(5000)
        for (let i = 2999; i >= 0; i -= 97) assert.equal(strings.get(i), texts[i])
        assert.equal(strings.get(3000), undefined)
        await strings.close()
      },
    ),
    { numRuns: 30 },
  )
})

test('the table is read only as far as it is asked', async () => {
  let given = 0
  async function* counted() {
    for await (const piece of pieces(tableOf(Array(5000).fill('某某客户')))) {
      given++
      yield piece
    }
  }
  const strings = readSharedStrings(counted(), 'part')
  await strings.need(10)
  assert.equal(given, 1)
  await Promise.all([strings.need(200), strings.need(100)])
  assert.equal(strings.get(200), '某某客户')
  assert.ok(given < 20)
  await strings.close()
})
