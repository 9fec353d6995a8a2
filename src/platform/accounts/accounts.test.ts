import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, it } from 'node:test'
import { refusalOf } from '../door/problem.ts'
import { openAccounts } from './accounts.ts'

const secret = 'a secret that only tests know, 32 letters'
// Nothing listens on the port of the TCP multiplexer (RFC 1078).
const url = 'postgresql://zhike@127.0.0.1:1/zhike'
const accounts = openAccounts({ url, secret, publicUrl: '', onError: () => undefined })
after(() => accounts.close())

const isAway = (error: unknown) => {
  assert.equal(refusalOf(error)?.reason, 'database_away', String(error))
  return true
}

it('without a database nobody is told that a key, a session or a password is wrong', async () => {
  const signature = createHmac('sha256', secret).update('token').digest('base64')
  const cookie = `zhike.session_token=${encodeURIComponent(`token.${signature}`)}`
  const bearer = new Headers({ authorization: `Bearer zk_${'a'.repeat(64)}` })
  await assert.rejects(accounts.identify(bearer), isAway)
  await assert.rejects(accounts.identify(new Headers({ cookie })), isAway)
  const from = { ip: '192.0.2.1', headers: new Headers(), origin: 'http://localhost' }
  await assert.rejects(
    accounts.signIn({ username: 'admin', password: 'admin-password' }, from),
    isAway,
  )
})
