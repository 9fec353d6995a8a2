import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { client, openIdentityProvider } from '#app/testing/identityProvider.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { openVisitor, type Visitor } from '#app/testing/visitor.ts'

const people = new Map<string, Record<string, unknown>>([
  ['s-ann', { preferred_username: 'ANN', name: '安' }],
  ['s-bob', { preferred_username: 'b.w', email: 'Bob@firm.cn', email_verified: true }],
  ['s-sly', { preferred_username: 'sly', email: 'bob@firm.cn', email_verified: false }],
  ['s-new', { preferred_username: 'xin ren@firm', name: '新人', email: 'xin@firm.cn' }],
])

let provider: Awaited<ReturnType<typeof openIdentityProvider>>
let house: TestHouse
before(async () => {
  provider = await openIdentityProvider('http://localhost/oidc', people)
  house = await open(undefined)
  await house.db
    .updateTable('person')
    .set({ email: 'bob@firm.cn' })
    .where('id', '=', house.bob.id)
    .execute()
})
after(async () => {
  await house.close()
  await provider.close()
})

const open = (create: 'staff' | undefined) =>
  openTestHouse({
    oidc: {
      issuer: provider.issuer,
      clientId: client.id,
      clientSecret: client.secret,
      name: '公司账号',
      create,
    },
  })

const goThere = async (visitor: Visitor, subject: string) => {
  const { status, body } = await visitor.send('POST', '/session/provider')
  assert.equal(status, 200, JSON.stringify(body))
  const { url }: { url: string } = body
  return Object.fromEntries((await provider.visit(url, subject)).searchParams)
}
const signIn = async (subject: string, at = house) => {
  const visitor = openVisitor(at)
  const given = await goThere(visitor, subject)
  return { visitor, given, answer: await visitor.send('POST', '/session/provider/arrival', given) }
}
const nameOf = async (visitor: Visitor) => {
  const { username }: { username?: string } = (await visitor.send('GET', '/me')).body
  return username
}
const outcome = ({ answer }: Awaited<ReturnType<typeof signIn>>) => {
  const { reason }: { reason?: string } = answer.body
  return `${answer.status} ${reason}`
}

it('the sign-in page learns under which name the provider is offered', async () => {
  const { body } = await house.nobody.call('GET', '/session/ways')
  assert.deepEqual(body, { provider: { name: '公司账号' } })
})

it('people are found by user name and by verified e-mail', async () => {
  const ann = await signIn('s-ann')
  assert.deepEqual(ann.answer.body, { ok: true, next: 'home' })
  assert.equal(await nameOf(ann.visitor), 'ann')
  assert.equal(await nameOf((await signIn('s-bob')).visitor), 'bob')
})

it('an e-mail that the provider does not vouch for belongs to nobody', async () => {
  const sly = await signIn('s-sly')
  assert.equal(outcome(sly), '403 provider_person_unknown')
  assert.equal((await sly.visitor.send('GET', '/me')).status, 401)
})

it('once tied, the subject decides and not the name that it goes by', async () => {
  people.set('s-ann', { preferred_username: 'root' })
  assert.equal(await nameOf((await signIn('s-ann')).visitor), 'ann')
  people.set('s-ann', { preferred_username: 'ANN' })
})

it('who comes back to another browser, twice or with a made-up code is refused', async () => {
  const { visitor, given } = await signIn('s-ann')
  assert.equal((await visitor.send('POST', '/session/provider/arrival', given)).status, 400)
  const victim = openVisitor(house)
  const stolen = await goThere(openVisitor(house), 's-bob')
  assert.equal((await victim.send('POST', '/session/provider/arrival', stolen)).status, 400)
  const guesser = openVisitor(house)
  const right = await goThere(guesser, 's-bob')
  const wrong = { ...right, code: 'made-up' }
  assert.equal((await guesser.send('POST', '/session/provider/arrival', wrong)).status, 400)
  for (const each of [victim, guesser]) assert.equal((await each.send('GET', '/me')).status, 401)
})

it('a person out of service is turned away', async () => {
  const set = (active: boolean) =>
    house.db.updateTable('person').set({ active }).where('id', '=', house.ann.id).execute()
  await set(false)
  const ann = await signIn('s-ann')
  assert.equal(outcome(ann), '403 person_inactive')
  await set(true)
  assert.equal((await ann.visitor.send('GET', '/me')).status, 401)
})

it('whom only the provider knows is turned away, or made with the role that the settings give', async () => {
  assert.equal(outcome(await signIn('s-new')), '403 provider_person_unknown')
  const ownHouse = await open('staff')
  const { visitor, answer } = await signIn('s-new', ownHouse)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const me: { username: string; name: string; roles: string[] } = (await visitor.send('GET', '/me'))
    .body
  assert.deepEqual([me.username, me.name, me.roles], ['xin_ren', '新人', ['staff']])
  people.set('s-new', { preferred_username: 'renamed', email: 'other@firm.cn' })
  assert.equal(await nameOf((await signIn('s-new', ownHouse)).visitor), 'xin_ren')
  assert.deepEqual(ownHouse.faults, [])
  await ownHouse.close()
})

it('a provider that is away stops nobody who has a password', async () => {
  const away = await openTestHouse({
    oidc: {
      ...{ issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'x', name: '远方' },
      create: undefined,
    },
  })
  const visitor = openVisitor(away)
  const { reason }: { reason: string } = (await visitor.send('POST', '/session/provider')).body
  assert.equal(reason, 'provider_away')
  const body = { username: 'ann', password: 'ann-password' }
  assert.equal((await visitor.send('POST', '/session', body)).status, 200)
  await away.close()
})

it('met no fault', () => assert.deepEqual(house.faults, []))
