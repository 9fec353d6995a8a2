import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as z from 'zod/mini'

const folder = fileURLToPath(new URL('../../dist/web/', import.meta.url))
const manifestShape = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.optional(z.array(z.string())) }),
)

// A page over a slow mobile network (1.6 Mbit/s) is there within two seconds.
const most = 400_000

it('loads at most 400 kB of JavaScript before the first list is usable', (t) => {
  assert.ok(existsSync(`${folder}index.html`), 'the pages are not built: npm test builds them')
  const manifest = manifestShape.parse(
    JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8')),
  )
  const files = new Set<string>()
  const gather = (name: string) => {
    const chunk = manifest[name]
    assert.ok(chunk, `${name} is in the manifest`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const each of chunk.imports ?? []) gather(each)
  }
  gather('index.html')
  gather('src/customers/customers/web/CustomerList.tsx')
  const sizes = [...files].map((file) => ({
    file,
    size: gzipSync(readFileSync(`${folder}${file}`)).length,
  }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  const heaviest = sizes.sort((a, b) => b.size - a.size).slice(0, 3)
  const words = heaviest.map(({ file, size }) => `${file} ${kilobytes(size)}`).join(', ')
  t.diagnostic(`${kilobytes(total)} gzipped in ${files.size} files; heaviest: ${words}`)
  assert.ok(total <= most, `${kilobytes(total)}: ${words}`)
})

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`
