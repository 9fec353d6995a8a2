import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { password as chosen, username } from '#access/people/contract.ts'
import { readSettings } from './settings.ts'
import { isStartError } from './startError.ts'

const temporaryFolder = (t: { after: (work: () => void) => void }) => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'zhike-settings-'))
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

const refusalOf = (env: Record<string, string>, cwd: string) => {
  try {
    readSettings(env, cwd)
  } catch (error) {
    assert.ok(isStartError(error), String(error))
    return error.message
  }
  return assert.fail(`${JSON.stringify(env)} was accepted`)
}

test('an empty environment gives the defaults and keeps a secret', (t) => {
  const cwd = temporaryFolder(t)
  const settings = readSettings({}, cwd)
  assert.deepEqual(
    { ...settings, secret: settings.secret.length },
    {
      port: 3210,
      host: '127.0.0.1',
      dataDir: join(cwd, 'data'),
      databaseUrl: '',
      secret: 43,
      publicUrl: '',
      trustProxy: false,
      maxUploadMb: 50,
      adminUsername: '',
      adminPassword: '',
      template: 'general',
      demo: false,
      oidc: undefined,
      warnings: [],
    },
  )
  const file = join(cwd, 'data', 'secret')
  assert.equal(fs.statSync(file).mode & 0o777, 0o600)
  assert.equal(readSettings({}, cwd).secret, settings.secret)
  assert.equal(fs.readFileSync(file, 'utf8').trim(), settings.secret)
})

test('given values are read', (t) => {
  const cwd = temporaryFolder(t)
  const settings = readSettings(
    {
      PORT: ' 80 ',
      HOST: '0.0.0.0',
      DATA_DIR: 'deep/er',
      DATABASE_URL: 'postgres://a:b@db/zhike',
      ZHIKE_SECRET: 'x'.repeat(32),
      PUBLIC_URL: 'https://crm.example.cn/',
      TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,::1/128,loopback',
      MAX_UPLOAD_MB: '200',
      ZHIKE_ADMIN_USERNAME: 'root.admin',
      ZHIKE_ADMIN_PASSWORD: 'long enough',
      ZHIKE_TEMPLATE: 'auto-dealer',
      ZHIKE_DEMO: '1',
      OIDC_ISSUER: 'https://login.example.cn/realms/firm/',
      OIDC_CLIENT_ID: 'zhike',
      OIDC_CLIENT_SECRET: 'known to both',
      OIDC_CREATE: 'staff',
      ZHIKE_TEST_SERVER_URL: 'ignored',
    },
    cwd,
  )
  assert.deepEqual(settings, {
    port: 80,
    host: '0.0.0.0',
    dataDir: join(cwd, 'deep', 'er'),
    databaseUrl: 'postgres://a:b@db/zhike',
    secret: 'x'.repeat(32),
    publicUrl: 'https://crm.example.cn',
    trustProxy: ['127.0.0.1', '10.0.0.0/8', '::1/128', 'loopback'],
    maxUploadMb: 200,
    adminUsername: 'root.admin',
    adminPassword: 'long enough',
    template: 'auto-dealer',
    demo: true,
    oidc: {
      issuer: 'https://login.example.cn/realms/firm',
      clientId: 'zhike',
      clientSecret: 'known to both',
      name: '单点登录',
      create: 'staff',
    },
    warnings: [],
  })
  assert.equal(fs.existsSync(join(settings.dataDir, 'secret')), false)
})

const wrong: [string, string][] = [
  ['PORT', '80a'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '1e3'],
  ['HOST', 'http://localhost'],
  ['HOST', 'localhost:80'],
  ['PUBLIC_URL', 'crm.example.cn'],
  ['PUBLIC_URL', 'https://crm.example.cn/app'],
  ['PUBLIC_URL', 'ftp://crm.example.cn'],
  ['TRUST_PROXY', 'yes'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '127.0.0.1,'],
  ['MAX_UPLOAD_MB', '0'],
  ['MAX_UPLOAD_MB', '1.5'],
  ['ZHIKE_TEMPLATE', 'dealer'],
  ['ZHIKE_DEMO', 'yes'],
  ['ZHIKE_ADMIN_USERNAME', 'a b'],
]
for (const [name, value] of wrong) {
  test(`${name}=${value} is refused by name and value`, (t) => {
    const message = refusalOf({ [name]: value }, temporaryFolder(t))
    assert.ok(message.includes(`${name}=${value}：`), message)
    assert.ok(message.includes(`${name}=${value}: `), message)
  })
}

const secrets: [string, string][] = [
  ['ZHIKE_SECRET', 'short-and-private'],
  ['ZHIKE_ADMIN_PASSWORD', 'pr1vate'],
  ['DATABASE_URL', 'mysql://user:pr1vate@host/db'],
  ['DATABASE_URL', 'postgres://user:pr1vate@host'],
]
for (const [name, value] of secrets) {
  test(`${name} (${value.length} characters) is refused without showing it`, (t) => {
    const message = refusalOf({ [name]: value }, temporaryFolder(t))
    assert.ok(message.includes(`${name}：`), message)
    assert.ok(!message.includes(value) && !message.includes('pr1vate'), message)
  })
}

test('all wrong values are told at once', (t) => {
  const message = refusalOf({ PORT: 'x', HOST: ' ?', ZHIKE_DEMO: '2' }, temporaryFolder(t))
  assert.match(message, /3 处/)
  assert.match(message, /3 settings need/)
  for (const name of ['PORT=x', 'HOST=?', 'ZHIKE_DEMO=2']) assert.ok(message.includes(name), name)
})

test('takes the names and passwords that a person may have, and no others', (t) => {
  const cwd = temporaryFolder(t)
  const taken = (name: string, password: string) => {
    const env = { ZHIKE_ADMIN_USERNAME: name, ZHIKE_ADMIN_PASSWORD: password }
    const input = { username: name, password }
    const read = z.safeParse(z.object({ username, password: chosen }), input).success
    const start = refuses(() => readSettings(env, cwd))
    assert.equal(read, !start, `${name.length} and ${password.length} characters`)
    return read
  }
  const word = (length: number) => 'a'.repeat(length)
  assert.ok(taken('li', word(8)))
  assert.ok(taken(word(40), word(200)))
  for (const [name, password] of [
    [1, 8],
    [41, 8],
    [2, 7],
    [2, 201],
  ] as const)
    assert.ok(!taken(word(name), word(password)))
})

const refuses = (work: () => unknown) => {
  try {
    work()
    return false
  } catch {
    return true
  }
}

test('an administrator needs name and password', (t) => {
  const cwd = temporaryFolder(t)
  assert.match(refusalOf({ ZHIKE_ADMIN_USERNAME: 'root' }, cwd), /ZHIKE_ADMIN_PASSWORD：/)
  assert.match(refusalOf({ ZHIKE_ADMIN_PASSWORD: 'long enough' }, cwd), /ZHIKE_ADMIN_USERNAME：/)
})

test('single sign-on is given whole, over https, never for administrators', (t) => {
  const cwd = temporaryFolder(t)
  const whole = { OIDC_ISSUER: 'https://a.cn', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'hidden' }
  assert.match(refusalOf({ OIDC_NAME: '企业微信' }, cwd), /OIDC_ISSUER：还缺/)
  assert.match(refusalOf({ ...whole, OIDC_CLIENT_SECRET: '' }, cwd), /OIDC_CLIENT_SECRET：还缺/)
  assert.match(refusalOf({ ...whole, OIDC_ISSUER: 'http://a.cn' }, cwd), /OIDC_ISSUER=.*https/)
  assert.match(refusalOf({ ...whole, OIDC_CREATE: 'administrator' }, cwd), /OIDC_CREATE=.*staff/)
  assert.equal(
    readSettings({ ...whole, OIDC_ISSUER: 'http://localhost:1' }, cwd).oidc?.create,
    undefined,
  )
})

test('a mistyped name is told with the nearest right one', (t) => {
  const cwd = temporaryFolder(t)
  const [typo, strange] = readSettings(
    { ZHIKE_TEMPLAET: '1', ZHIKE_WHATEVER_THIS_IS: '1' },
    cwd,
  ).warnings
  assert.match(typo ?? '', /ZHIKE_TEMPLAET.*ZHIKE_TEMPLATE/)
  assert.match(strange ?? '', /ZHIKE_WHATEVER_THIS_IS.*ignored/)
})

test('a data folder that is a file is told in words', (t) => {
  const cwd = temporaryFolder(t)
  fs.writeFileSync(join(cwd, 'data'), '')
  assert.match(refusalOf({}, cwd), /DATA_DIR：.*应为文件夹/)
})

test('a data folder that cannot be written is told in words', {
  skip: process.getuid?.() === 0 && 'root may write anywhere',
}, (t) => {
  const cwd = temporaryFolder(t)
  fs.mkdirSync(join(cwd, 'data'), { mode: 0o500 })
  assert.match(refusalOf({}, cwd), /DATA_DIR：没有权限/)
})

test('a damaged secret is refused, an empty one is made anew', (t) => {
  const cwd = temporaryFolder(t)
  fs.mkdirSync(join(cwd, 'data'))
  fs.writeFileSync(join(cwd, 'data', 'secret'), 'abc\n')
  assert.match(refusalOf({}, cwd), /已损坏/)
  fs.writeFileSync(join(cwd, 'data', 'secret'), '')
  assert.equal(readSettings({}, cwd).secret.length, 43)
})
