import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { openAuthenticator } from '#app/testing/authenticator.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { openVisitor, type Visitor } from '#app/testing/visitor.ts'

let house: TestHouse
let ann: Visitor
before(async () => {
  house = await openTestHouse()
  ann = openVisitor(house)
  await ann.send('POST', '/session', { username: 'ann', password: 'ann-password' })
})
after(() => house.close())

type Options = { challenge: string; rp: { id: string }; rpId: string; userVerification: string }
const challenge = async (who: Visitor, path: string, body?: unknown) => {
  const answer = await who.send('POST', path, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { options }: { options: Options } = answer.body
  return options
}
const key = openAuthenticator('http://localhost')
const enter = async (doubt: Parameters<typeof key.get>[1] = {}, by = key) => {
  const visitor = openVisitor(house)
  const response = by.get(await challenge(visitor, '/session/passkey/challenge'), doubt)
  return { visitor, answer: await visitor.send('POST', '/session/passkey', { response }) }
}

it('a passkey is registered against the password, under the host that the browser shows', async () => {
  const refused = await ann.send('POST', '/me/passkeys/challenge', { password: 'wrong' })
  assert.equal(refused.status, 400)
  const options = await challenge(ann, '/me/passkeys/challenge', { password: 'ann-password' })
  assert.equal(options.rp.id, 'localhost')
  const foreign = key.create(options, { origin: 'http://evil.example' })
  const wrong = await ann.send('POST', '/me/passkeys', { name: '假', response: foreign })
  assert.equal(wrong.status, 400)
  const again = await challenge(ann, '/me/passkeys/challenge', { password: 'ann-password' })
  const body = { name: '办公电脑', response: key.create(again) }
  assert.equal((await ann.send('POST', '/me/passkeys', body)).status, 201)
  const { passkeys }: { passkeys: { name: string }[] } = (await ann.send('GET', '/me/factors')).body
  assert.deepEqual(
    passkeys.map(({ name }) => name),
    ['办公电脑'],
  )
})

it('a passkey opens a session by itself, and only for its own', async () => {
  const { visitor, answer } = await enter()
  assert.deepEqual([answer.status, answer.body], [200, { ok: true, next: 'home' }])
  const { username }: { username: string } = (await visitor.send('GET', '/me')).body
  assert.equal(username, 'ann')
})

it('a passkey from another page, unverified, unknown or used twice opens nothing', async () => {
  const stranger = openAuthenticator('http://localhost')
  for (const attempt of [
    enter({ origin: 'http://evil.example' }),
    enter({ verified: false }),
    enter({}, stranger),
  ])
    assert.equal((await attempt).answer.status, 401)
  const visitor = openVisitor(house)
  const response = key.get(await challenge(visitor, '/session/passkey/challenge'))
  assert.equal((await visitor.send('POST', '/session/passkey', { response })).status, 200)
  assert.equal(
    (await openVisitor(house).send('POST', '/session/passkey', { response })).status,
    401,
  )
})

it('an API key adds no way to sign in', async () => {
  const body = { password: 'ann-password' }
  const ann = await house.byKey(house.ann)
  for (const path of ['/me/codes', '/me/passkeys/challenge', '/me/backup-codes'])
    assert.equal((await ann.call('POST', path, { body })).status, 403, path)
})

it('a person out of service does not enter by passkey', async () => {
  const set = (active: boolean) =>
    house.db.updateTable('person').set({ active }).where('id', '=', house.ann.id).execute()
  await set(false)
  const { visitor, answer } = await enter()
  assert.equal(answer.status, 403)
  await set(true)
  assert.equal((await visitor.send('GET', '/me')).status, 401)
})

it('a removed passkey opens nothing', async () => {
  const { passkeys }: { passkeys: { id: string }[] } = (await ann.send('GET', '/me/factors')).body
  assert.equal((await ann.send('DELETE', `/me/passkeys/${passkeys[0]?.id}`)).status, 200)
  assert.equal((await enter()).answer.status, 401)
})

it('met no fault', () => assert.deepEqual(house.faults, []))
