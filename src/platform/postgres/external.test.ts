import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { isStartError } from '#platform/settings/startError.ts'
import { type TestServer, testServer } from '#platform/testing/server.ts'
import { checkServer } from './external.ts'

const mark = `external_${process.pid}`
let server: TestServer
let administrator: Client

before(async () => {
  server = await testServer()
  administrator = new Client(server.url)
  await administrator.connect()
  await administrator.query(
    `create database ${mark}_latin encoding 'LATIN1' template template0 locale_provider 'libc' locale 'C'`,
  )
  await administrator.query(`create database ${mark}_still`)
  await administrator.query(`alter database ${mark}_still set default_transaction_read_only = on`)
  await administrator.query(`create role ${mark}_guest login password 'guest'`)
})

after(async () => {
  await administrator.query(`drop database ${mark}_latin`)
  await administrator.query(`drop database ${mark}_still`)
  await administrator.query(`drop role ${mark}_guest`)
  await administrator.end()
  await server.release()
})

const changed = (change: (url: URL) => void) => {
  const url = new URL(server.url)
  change(url)
  return url.href
}

const refusalOf = async (url: string) => {
  const error = await checkServer(url).then(
    () => assert.fail('accepted'),
    (refused: unknown) => refused,
  )
  assert.ok(isStartError(error), String(error))
  assert.ok(error.message.includes('DATABASE_URL：') && error.message.includes('DATABASE_URL: '))
  return error.message
}

test('a fitting server answers its version', async () => {
  assert.match((await checkServer(server.url)).version, /^\d+/)
})

test('a wrong password is told without it', async () => {
  const message = await refusalOf(
    changed((url) => {
      url.password = 'wr0ng'
    }),
  )
  assert.match(message, /不接受用户/)
  assert.doesNotMatch(message, /wr0ng/)
})

const databases: [string, RegExp][] = [
  ['missing', /没有数据库 .*_missing/],
  ['latin', /LATIN1/],
  ['still', /只读/],
]
for (const [name, words] of databases) {
  test(`a database that is ${name} is refused`, async () => {
    const url = changed((given) => {
      given.pathname = `/${mark}_${name}`
    })
    assert.match(await refusalOf(url), words)
  })
}

test('a user who may not make schemas is told the remedy', async () => {
  const url = changed((given) => {
    given.username = `${mark}_guest`
    given.password = 'guest'
  })
  assert.match(await refusalOf(url), /grant create on database/)
})

test('nobody listening is told with the address', async () => {
  assert.match(
    await refusalOf('postgres://a:b@127.0.0.1:1/zhike'),
    /127\.0\.0\.1:1（ECONNREFUSED）/,
  )
})
