import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

const run = (name: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(`${root}node_modules/.bin/${name}`, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  assert.equal(status, 0, `${stdout}${stderr}`.slice(-4000))
}

it('compiles: every type, and every message in both languages', () => run('tsc', '--noEmit'))

it('is formatted and lints', () => run('biome', 'check', '.'))
