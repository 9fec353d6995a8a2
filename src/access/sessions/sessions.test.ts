import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { codeAt } from '#app/testing/authenticator.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { openVisitor, type Visitor } from '#app/testing/visitor.ts'

const time = { now: Date.parse('2026-11-21T02:00:00.000Z') }
let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => new Date(time.now).toISOString() })
  // What is tried here ends sessions, and those of the cast with them.
  for (const name of ['ann', 'eve', 'root'] as const) house[name] = await house.byKey(house[name])
})
after(() => house.close())

const pass = (minutes: number) => {
  time.now += minutes * 60_000
}
const visitor = (userAgent?: string): Visitor => openVisitor(house, userAgent)
const reasonOf = (answer: { status: number; body: never }) => {
  const { reason, errors }: { reason: string; errors?: { path: string; reason: string }[] } =
    answer.body
  const [error] = errors ?? []
  return [answer.status, error ? `${error.path} ${error.reason}` : reason]
}
const enter = (who: Visitor, username: string, password: string, new_password?: string) =>
  who.send('POST', '/session', { username, password, ...(new_password && { new_password }) })
const eventsOf = async (id: number | null, kind: string) => {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`select payload from event
    where kind = ${`person.${kind}`} and (payload ->> 'id') is not distinct from ${id === null ? null : String(id)}
    order by tx, id`.execute(house.db)
  return rows.map(({ payload }) => payload)
}

describe('wrong passwords', () => {
  const guess = async (username: string, times: number) => {
    const reasons = []
    for (let at = 0; at < times; at++)
      reasons.push(reasonOf(await enter(visitor(), username, `wrong ${at}`)).join(' '))
    return reasons
  }
  const wrong = '401 credentials_wrong'
  const locked = '429 account_locked'

  it('lock the account after five, whoever exists, and the right one no longer opens it', async () => {
    assert.deepEqual(await guess('eve', 6), [wrong, wrong, wrong, wrong, wrong, locked])
    assert.deepEqual(await guess('nobody_here', 6), [wrong, wrong, wrong, wrong, wrong, locked])
    assert.deepEqual(reasonOf(await enter(visitor(), 'EVE', 'eve-password')), [
      429,
      'account_locked',
    ])
    assert.equal((await eventsOf(house.eve.id, 'sign_in_failed')).length, 5)
    assert.equal((await eventsOf(house.eve.id, 'locked')).length, 1)
  })

  it('are forgiven after a quarter of an hour', async () => {
    pass(16)
    assert.equal((await enter(visitor(), 'eve', 'eve-password')).status, 200)
  })

  it('begin anew after a right one', async () => {
    await guess('eve', 4)
    assert.equal((await enter(visitor(), 'eve', 'eve-password')).status, 200)
    assert.deepEqual(await guess('eve', 4), [wrong, wrong, wrong, wrong])
    assert.equal((await enter(visitor(), 'eve', 'eve-password')).status, 200)
  })

  it('sent all at once are not checked beyond the limit', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => enter(visitor(), 'bob', `at once ${at}`)),
    )
    const checked = answers.filter(({ status }) => status === 401)
    assert.ok(checked.length <= 5, `${checked.length} were checked`)
    pass(16)
  })

  it('show to administrators, who lift the lock', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    await guess('mei', 5)
    const locks = async () => {
      const { body } = await house.root.call('GET', '/sign-in-locks')
      const { items }: { items: { username: string; until: string }[] } = body
      return items.map(({ username, until }) => `${username} ${until}`)
    }
    assert.deepEqual(await locks(), [`mei ${new Date(time.now + 15 * 60_000).toISOString()}`])
    assert.equal((await house.root.call('DELETE', `/people/${house.mei.id}/lock`)).status, 200)
    assert.deepEqual(await locks(), [])
    assert.equal((await enter(visitor(), 'mei', 'mei-password')).status, 200)
  })

  it('follow the settings', async () => {
    await sql`insert into setting (key, value) values ('sign_in_attempts', '2'), ('sign_in_lock_minutes', '60')`.execute(
      house.db,
    )
    assert.deepEqual(await guess('ann', 3), [wrong, wrong, locked])
    pass(30)
    assert.deepEqual(await guess('ann', 1), [locked])
    pass(31)
    await sql`delete from setting where key like 'sign_in_%'`.execute(house.db)
    assert.equal((await enter(visitor(), 'ann', 'ann-password')).status, 200)
  })

  it('also count where a signed-in person shows the password again', async () => {
    const bob = visitor()
    await enter(bob, 'bob', 'bob-password')
    const change = (current: string) =>
      bob.send('PUT', '/me/password', { current, next: 'a password of my own' })
    for (let at = 0; at < 5; at++)
      assert.deepEqual(reasonOf(await change('wrong')), [400, 'current password_wrong'])
    assert.deepEqual(reasonOf(await change('bob-password')), [429, 'account_locked'])
    pass(16)
  })
})

describe('events of signing in', () => {
  it('tell who, from where and how, and never the password', async () => {
    const chrome =
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36'
    const ann = visitor(chrome)
    await enter(ann, 'ann', 'not mine at all')
    await enter(ann, 'ann', 'ann-password')
    await ann.send('DELETE', '/session')
    const place = { id: house.ann.id, address: '127.0.0.1', device: 'Chrome · Windows' }
    assert.deepEqual((await eventsOf(house.ann.id, 'sign_in_failed')).at(-1), {
      ...place,
      by: 'password',
    })
    assert.deepEqual((await eventsOf(house.ann.id, 'signed_in')).at(-1), {
      ...place,
      by: 'password',
    })
    assert.deepEqual((await eventsOf(house.ann.id, 'signed_out')).at(-1), place)
    const { rows } = await sql<{ count: number }>`select count(*)::int from event
      where payload::text like '%ann-password%' or payload::text like '%not mine%'
        or customer_id <> ${'00000000-0000-7000-8000-000000000001'} and kind like 'person.%'`.execute(
      house.db,
    )
    assert.equal(rows[0]?.count, 0)
  })
})

describe('passwords', () => {
  const hire = (username: string, password: string) =>
    house.root.call('POST', '/people', {
      body: {
        ...{ username, password, name: '新人', roles: ['staff'] },
        department_id: house.departments.south,
      },
    })

  it('that are common, or the name of the person or the firm, are refused', async () => {
    for (const [password, reason] of [
      ['Password1', 'password_common'],
      ['woaini1314', 'password_common'],
      ['Zhike123456', 'password_common'],
      ['zhao.liu2026!', 'password_is_name'],
      ['知客测试公司2026', 'password_is_name'],
      ['short', 'password_too_short'],
    ] as const)
      assert.deepEqual(reasonOf(await hire('zhao.liu', password)), [400, `password ${reason}`])
  })

  it('given by an administrator only serve to choose one of one’s own', async () => {
    await hire('newbie', 'given by root')
    const newbie = visitor()
    const needed = [403, 'password_change_needed']
    assert.deepEqual(reasonOf(await enter(newbie, 'newbie', 'given by root')), needed)
    assert.equal((await newbie.send('GET', '/me')).status, 401)
    assert.deepEqual(reasonOf(await enter(newbie, 'newbie', 'given by root', 'given by root')), [
      ...[400, 'new_password password_same'],
    ])
    assert.deepEqual(reasonOf(await enter(newbie, 'newbie', 'given by root', '12345678')), [
      ...[400, 'new_password password_common'],
    ])
    assert.equal((await newbie.send('GET', '/me')).status, 401)
    const done = await enter(newbie, 'newbie', 'given by root', 'mine and mine alone')
    assert.equal(done.status, 200)
    assert.equal((await newbie.send('GET', '/me')).status, 200)
    assert.equal((await enter(visitor(), 'newbie', 'mine and mine alone')).status, 200)
    assert.equal((await enter(visitor(), 'newbie', 'given by root')).status, 401)
  })

  it('changed by oneself keep this session and end the others', async () => {
    const [here, there] = [visitor(), visitor()]
    await enter(here, 'newbie', 'mine and mine alone')
    await enter(there, 'newbie', 'mine and mine alone')
    const body = { current: 'mine and mine alone', next: 'another of my own' }
    assert.equal((await here.send('PUT', '/me/password', body)).status, 200)
    assert.equal((await here.send('GET', '/me')).status, 200)
    assert.equal((await there.send('GET', '/me')).status, 401)
  })
})

describe('sessions', () => {
  type Row = { id: string; device: string; address: string; current: boolean }
  const listOf = async (who: Visitor) => {
    const { body } = await who.send('GET', '/sessions')
    const { items }: { items: Row[] } = body
    return items
  }

  it('are listed with device and address, and end one by one or all', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    await sql`delete from auth.session`.execute(house.db)
    const phone = visitor('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1')
    const desk = visitor('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    const wechat = visitor('Mozilla/5.0 (Linux; Android 15) Chrome/130 MicroMessenger/8.0')
    for (const each of [phone, desk, wechat])
      assert.equal((await enter(each, 'ann', 'ann-password')).status, 200)
    const items = await listOf(desk)
    assert.deepEqual(
      items.map(({ device, address, current }) => `${device} ${address} ${current}`).toSorted(),
      [
        'Firefox · Linux 127.0.0.1 true',
        'Safari · iPhone 127.0.0.1 false',
        '微信 · Android 127.0.0.1 false',
      ],
    )
    const ofPhone = items.find(({ device }) => device.includes('iPhone'))
    assert.equal((await desk.send('DELETE', `/sessions/${ofPhone?.id}`)).status, 200)
    assert.equal((await phone.send('GET', '/me')).status, 401)
    assert.equal((await desk.send('GET', '/me')).status, 200)
    assert.equal((await desk.send('DELETE', '/sessions')).status, 200)
    assert.equal((await desk.send('GET', '/me')).status, 401)
    assert.equal((await wechat.send('GET', '/me')).status, 401)
  })

  it('of others are out of reach', async () => {
    const eve = visitor()
    await enter(eve, 'eve', 'eve-password')
    const [own] = await listOf(eve)
    assert.equal((await house.ann.call('DELETE', `/sessions/${own?.id}`)).status, 404)
    assert.equal((await eve.send('GET', '/me')).status, 200)
  })
})

describe('API keys', () => {
  it('tell when they were last used', async () => {
    const { body } = await house.eve.call('GET', '/api-keys')
    const { items }: { items: { name: string; last_used_at: string | null }[] } = body
    assert.ok(items[0]?.last_used_at, JSON.stringify(items))
  })

  it('reach what their person reaches, and nothing from the moment he is out of service', async () => {
    const { body } = await house.eve.call('GET', '/me')
    const { permissions }: { permissions: string[] } = body
    assert.ok(!permissions.includes('people.manage'))
    assert.equal((await house.eve.call('GET', '/sign-in-locks')).status, 403)
    const set = (active: boolean) =>
      sql`update person set active = ${active} where id = ${house.eve.id}`.execute(house.db)
    await set(false)
    assert.equal((await house.eve.call('GET', '/me')).status, 401)
    await set(true)
  })
})

describe('one-time codes', () => {
  const password = 'ann-password'
  const turnOn = async (who: Visitor) => {
    const offer = await who.send('POST', '/me/codes', { password })
    assert.equal(offer.status, 201, JSON.stringify(offer.body))
    const { secret, uri, backup_codes }: { secret: string; uri: string; backup_codes: string[] } =
      offer.body
    assert.match(uri, /^otpauth:\/\/totp\/%E7%9F%A5%E5%AE%A2.*:ann\?secret=[A-Z2-7]+&issuer=/)
    assert.equal(backup_codes.length, 10)
    return { secret, backup_codes }
  }
  const held: { secret: string; backup_codes: string[] } = { secret: '', backup_codes: [] }

  it('are offered against the password and start with their first right code', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    const ann = visitor()
    await enter(ann, 'ann', password)
    const wrong = await ann.send('POST', '/me/codes', { password: 'wrong' })
    assert.deepEqual(reasonOf(wrong), [400, 'password password_wrong'])
    Object.assign(held, await turnOn(ann))
    assert.equal((await enter(visitor(), 'ann', password)).status, 200)
    assert.deepEqual(reasonOf(await ann.send('PUT', '/me/codes', { code: '000000' })), [
      ...[400, 'code code_wrong'],
    ])
    const code = codeAt(held.secret, Date.now())
    assert.equal((await ann.send('PUT', '/me/codes', { code })).status, 200)
    const { body } = await ann.send('GET', '/me/factors')
    assert.deepEqual(body, { code: true, passkeys: [] })
  })

  it('are the second step, without which the right password opens nothing', async () => {
    const ann = visitor()
    const first = await enter(ann, 'ann', password)
    assert.deepEqual(first.body, { ok: true, next: 'code' })
    assert.equal((await ann.send('GET', '/me')).status, 401)
    const step = (code: string) => ann.send('POST', '/session/code', { code })
    assert.deepEqual(reasonOf(await step('000000')), [400, 'code code_wrong'])
    const done = await step(codeAt(held.secret, Date.now()))
    assert.deepEqual(done.body, { ok: true, next: 'home' })
    assert.equal((await ann.send('GET', '/me')).status, 200)
    assert.equal((await eventsOf(house.ann.id, 'signed_in')).at(-1)?.by, 'password_and_code')
  })

  it('can be replaced by a backup code, each of which serves once', async () => {
    const [backup = ''] = held.backup_codes
    const once = visitor()
    await enter(once, 'ann', password)
    assert.equal((await once.send('POST', '/session/code', { code: backup })).status, 200)
    const twice = visitor()
    await enter(twice, 'ann', password)
    assert.equal((await twice.send('POST', '/session/code', { code: backup })).status, 400)
  })

  it('guessed wrong too often lock the second step, until an administrator lifts it', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    const ann = visitor()
    for (let at = 0; at < 5; at++) {
      await enter(ann, 'ann', password)
      await ann.send('POST', '/session/code', { code: '000000' })
    }
    await enter(ann, 'ann', password)
    const right = () => ann.send('POST', '/session/code', { code: codeAt(held.secret, Date.now()) })
    assert.equal((await right()).status, 429)
    assert.equal((await eventsOf(house.ann.id, 'locked')).at(-1)?.by, 'code')
    const { body } = await house.root.call('GET', '/sign-in-locks')
    const { items }: { items: { username: string }[] } = body
    assert.deepEqual(
      items.map(({ username }) => username),
      ['ann'],
    )
    await house.root.call('DELETE', `/people/${house.ann.id}/lock`)
    await enter(ann, 'ann', password)
    assert.equal((await right()).status, 200)
  })

  it('end against the password, or for a lost phone by an administrator', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    const ann = visitor()
    await enter(ann, 'ann', password)
    await ann.send('POST', '/session/code', { code: codeAt(held.secret, Date.now()) })
    assert.equal((await ann.send('POST', '/me/codes/removal', { password: 'x' })).status, 400)
    assert.equal((await ann.send('POST', '/me/codes/removal', { password })).status, 200)
    assert.deepEqual((await enter(visitor(), 'ann', password)).body, { ok: true, next: 'home' })
    const { secret } = await turnOn(ann)
    await ann.send('PUT', '/me/codes', { code: codeAt(secret, Date.now()) })
    assert.deepEqual((await enter(visitor(), 'ann', password)).body, { ok: true, next: 'code' })
    assert.equal((await house.root.call('DELETE', `/people/${house.ann.id}/factors`)).status, 200)
    assert.equal((await ann.send('GET', '/me')).status, 401)
    assert.deepEqual((await enter(visitor(), 'ann', password)).body, { ok: true, next: 'home' })
  })
})

it('met no fault', () => assert.deepEqual(house.faults, []))
