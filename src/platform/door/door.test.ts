import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { reactions } from '#app/house.ts'
import { type Answer, type Options, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { registerReactions } from '../events/events.ts'
import { type Problem, problemType } from './problem.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const absent = '01900000-0000-7000-8000-000000000000'

/** Sends a body as it stands, of whatever type. */
const send = (method: string, path: string, payload: string, type = 'application/json') =>
  house.ann.call(method, path, { raw: Buffer.from(payload), headers: { 'content-type': type } })
const make = async (body: Record<string, unknown> = { name: '门' }, headers = {}) => {
  const answer = await house.ann.call('POST', '/customers', { body, headers })
  assert.equal(answer.status, 201, answer.raw.toString())
  const row: { id: string; version: number; name: string } = answer.body
  return row
}

/** Every refusal is a problem document (RFC 9457) and says nothing of how the server is made. */
const refusal = (answer: Answer, status: number, reason: string): Problem => {
  assert.equal(answer.status, status, answer.raw.toString())
  assert.equal(answer.headers['content-type'], `${problemType}; charset=utf-8`)
  const problem: Problem = answer.body
  assert.deepEqual([problem.status, problem.reason], [status, reason])
  assert.equal(problem.type, `about:blank#${reason}`)
  assert.ok(problem.title && problem.code)
  assert.doesNotMatch(answer.raw.toString(), /node_modules|\.ts:|select |FST_|\bat \w+/)
  return problem
}
const places = ({ errors = [] }: Problem) => errors.map(({ path, reason }) => `${path} ${reason}`)

describe('a body', () => {
  it('that is no JSON object is refused', async () => {
    for (const text of ['{"name":', '{name:1}', '', '\u0000', '{"name":"a"}x'])
      refusal(await send('POST', '/customers', text), 400, 'request_malformed')
    for (const text of ['[]', '"name"', '1', '[{"name":"a"}]'])
      refusal(await send('POST', '/customers', text), 400, 'body_not_an_object')
    refusal(await send('POST', '/customers', 'null'), 400, 'input_invalid')
  })

  it('of another media type is refused', async () => {
    const text = '{"name":"a"}'
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/xml'])
      refusal(await send('POST', '/customers', text, type), 400, 'media_type_unknown')
    refusal(await send('POST', '/customers', text, 'text/plain'), 400, 'body_not_an_object')
    assert.equal((await send('POST', '/customers', text, 'application/json;a=b')).status, 201)
  })

  it('beyond one mebibyte is refused, one below it is read', async () => {
    const body = (note: number) => JSON.stringify({ name: '大', note: 'x'.repeat(note) })
    refusal(await send('POST', '/customers', body(1_048_577)), 413, 'body_too_large')
    const long = refusal(await send('POST', '/customers', body(1_048_000)), 400, 'input_invalid')
    assert.deepEqual(places(long), ['note too_long'])
  })

  it('may name nothing unknown, and not change how objects are made', async () => {
    const body = { name: '甲', nick: 1, grants: [1], owner: { id: 1 } }
    const problem = refusal(
      await house.ann.call('POST', '/customers', { body }),
      400,
      'input_invalid',
    )
    assert.deepEqual(
      places(problem),
      ['nick', 'grants', 'owner'].map((name) => `${name} unknown_key`),
    )
    for (const key of ['__proto__', 'constructor'])
      for (const value of ['{"admin":true}', '{"prototype":{"admin":true}}'])
        assert.equal(
          (await send('POST', '/customers', `{"name":"甲","${key}":${value}}`)).status,
          400,
        )
    assert.equal(Object.hasOwn(Object.prototype, 'admin'), false)
  })

  it('of a wrong type is told by place and reason', async () => {
    const body = {
      ...{ name: 1, phones: 'x', owner_id: '5', tags: [1], birthday_lunar: 'yes' },
      ...{ staff_count: 1.5, birth_date: '2026-02-30', kind: 'robot', region: '1', website: 'x' },
    }
    const answer = await house.ann.call('POST', '/customers', { body })
    const problem = refusal(answer, 400, 'input_invalid')
    assert.deepEqual(
      [...new Set(places(problem).map((place) => place.split(/[. ]/)[0]))].sort(),
      Object.keys(body).sort(),
    )
  })

  it('with characters that cannot be stored is refused or cleaned, never a fault', async () => {
    const name = '"甲\\u0000乙\\u0007\\ud800"'
    const made = await send('POST', '/customers', `{"name":${name},"tags":[${name}]}`)
    const row: { name: string; tags: string[] } = made.body
    assert.deepEqual([row.name, row.tags], ['甲乙', ['甲乙']])
    for (const bad of ['\\u0000', '\\ud800', '\\udc00\\ud800']) {
      const body = `{"name":"x","credit_code":"1${bad}2"}`
      refusal(await send('POST', '/customers', body), 400, 'character_not_storable')
    }
  })
})

describe('an address', () => {
  const ask = (url: string) => house.ann.call('GET', url)

  it('with unknown or malformed parameters is refused', async () => {
    const refused = async (query: string) =>
      places(refusal(await ask(`/customers?${query}`), 400, 'input_invalid'))
    assert.deepEqual(await refused('page=2'), ['page unknown_key'])
    assert.deepEqual(await refused('__proto__=1&constructor=2'), [
      '__proto__ unknown_key',
      'constructor unknown_key',
    ])
    assert.deepEqual(await refused('limit=0'), ['limit too_small'])
    assert.deepEqual(await refused('limit=201'), ['limit too_large'])
    for (const limit of ['x', '1.5', '-1', '1e2', '', '%00'])
      assert.deepEqual(await refused(`limit=${limit}`), ['limit not_an_integer'])
    assert.equal((await refused('limit=1&limit=2')).length, 1)
    assert.deepEqual(await refused('filter=%7B'), ['filter not_json'])
    assert.deepEqual(await refused('filter[field]=name'), ['filter[field] unknown_key'])
    assert.deepEqual(await refused(`q=${'x'.repeat(201)}`), ['q too_long'])
    assert.equal((await ask('/customers?q=%00%01%7F')).status, 200)
    assert.equal((await ask("/customers?q=';drop table customer--")).status, 200)
  })

  it('that leads nowhere says so', async () => {
    for (const path of ['/nothing', '/', '', '//customers', '/customers/a/b/c'])
      refusal(await ask(path), 404, 'no_such_endpoint')
    for (const method of ['PUT', 'POST', 'OPTIONS'])
      refusal(await house.ann.call(method, `/customers/${absent}`), 404, 'no_such_endpoint')
    refusal(await ask(`/customers/${absent}`), 404, 'record_missing')
  })

  it('with garbage for an id is refused, even where it cannot be read', async () => {
    for (const id of ['1', '%00', '..%2f..', `${absent}x`, "'or'1'='1", '%F0%9F%98%80'])
      assert.deepEqual(places(refusal(await ask(`/customers/${id}`), 400, 'input_invalid')), [
        'id not_an_id',
      ])
    for (const id of ['%', '%E0%A4%A', 'a'.repeat(300)])
      refusal(await ask(`/customers/${id}`), 400, 'request_malformed')
  })
})

describe('If-Match', () => {
  it('takes one entity tag and nothing else', async () => {
    const { id } = await make()
    const change = (tag?: string) =>
      house.ann.call('PATCH', `/customers/${id}`, {
        body: { note: `${tag}` },
        headers: { ...(tag !== undefined && { 'if-match': tag }) },
      })
    refusal(await change(), 428, 'version_required')
    for (const tag of [
      '',
      '1',
      '*',
      '"1","2"',
      '"-1"',
      '"1.0"',
      '"x"',
      '""',
      '"9999999999"',
      "'1'",
    ])
      refusal(await change(tag), 400, 'version_malformed')
    for (const tag of ['"0"', '"2"', '"999999999"'])
      refusal(await change(tag), 412, 'record_changed')
    assert.equal((await change('"1"')).headers.etag, '"2"')
    assert.equal((await change(' W/"2" ')).headers.etag, '"3"')
  })

  it('lets one of many that change at once win, and tells the others what changed', async () => {
    const { id } = await make()
    const change = (note: string) =>
      house.ann.call('PATCH', `/customers/${id}`, { body: { note }, version: 1 })
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(change))
    const lost = answers.filter(({ status }) => status !== 200)
    assert.equal(lost.length, 4)
    for (const answer of lost) {
      const { facts } = refusal(answer, 412, 'record_changed')
      assert.deepEqual(facts?.changed, ['note'])
    }
  })
})

describe('Idempotency-Key', () => {
  const withKey = (key: string, body: Record<string, unknown>, path = '/customers') =>
    house.ann.call('POST', path, { body, headers: { 'idempotency-key': key } })
  const named = async (name: string) => {
    const rows = await house.db
      .selectFrom('customer')
      .select('id')
      .where('name', '=', name)
      .execute()
    return rows.length
  }

  it('makes one record of twins that arrive at once, and answers all alike', async () => {
    const send = () => withKey('twins', { name: '双胞胎' })
    const answers = await Promise.all(Array.from({ length: 6 }, send))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
    assert.equal(new Set(answers.map(({ raw }) => raw.toString())).size, 1)
    assert.equal(await named('双胞胎'), 1)
  })

  it('is refused with another body, however the keys of the same one are ordered', async () => {
    assert.equal((await withKey('k', { name: '甲键', note: 'x' })).status, 201)
    assert.equal((await withKey('k', { note: 'x', name: '甲键' })).status, 201)
    refusal(await withKey('k', { name: '乙键' }), 409, 'idempotency_key_reused')
    refusal(await withKey('k'.repeat(201), { name: '丙键' }), 400, 'idempotency_key_too_long')
    assert.deepEqual([await named('甲键'), await named('乙键'), await named('丙键')], [1, 0, 0])
  })

  it('is free again when the create was refused, and counts for one endpoint', async () => {
    refusal(await withKey('again', { name: '再来', region: '999999' }), 400, 'input_invalid')
    const first = await withKey('again', { name: '再来' })
    assert.equal(first.status, 201)
    const { id }: { id: string } = first.body
    assert.equal(
      (await withKey('again', { name: '某人' }, `/customers/${id}/contacts`)).status,
      201,
    )
  })

  it('answers with the record as it is now', async () => {
    const { id } = await make({ name: '改过' }, { 'idempotency-key': 'now' })
    await house.ann.call('PATCH', `/customers/${id}`, { body: { note: '新' }, version: 1 })
    const again: { version: number } = (await withKey('now', { name: '改过' })).body
    assert.equal(again.version, 2)
  })
})

describe('a fault of ours', () => {
  it('is a number for the caller and a line for the log, and leaves nothing stored', async () => {
    const run = async () => {
      throw new TypeError('the secret of the fault')
    }
    registerReactions([{ on: 'customer.created', run }])
    const answer = await house.ann.call('POST', '/customers', { body: { name: '出错' } })
    registerReactions(reactions)
    const { facts } = refusal(answer, 500, 'fault')
    assert.deepEqual(Object.keys(facts ?? {}), ['number'])
    assert.ok(!answer.raw.toString().includes('secret'))
    const [line = ''] = house.faults.splice(0)
    assert.ok(line.includes(String(facts?.number)) && line.includes('the secret of the fault'))
    const { rows } = await sql`select 1 from customer where name = '出错'`.execute(house.db)
    assert.equal(rows.length, 0)
  })

  it('was met nowhere else', () => assert.deepEqual(house.faults, []))
})

/** What a browser sends: a cookie, and the origin of the page where it is not the address bar’s. */
const browser = (cookie: string, origin?: string): Options => ({
  body: { locale: 'zh' },
  headers: { cookie, ...(origin !== undefined && { origin }) },
})

const signIn = async (at: TestHouse) => {
  const body = { username: 'ann', password: 'ann-password' }
  const answer = await at.nobody.call('POST', '/session', { body })
  assert.equal(answer.status, 200)
  const [set = ''] = [answer.headers['set-cookie']].flat().map(String)
  assert.match(set, /; HttpOnly/i)
  assert.match(set, /; SameSite=Lax/i)
  return set
}

describe('a session', () => {
  it('writes only from a page of its own origin, while a key needs none', async () => {
    const [cookie = ''] = (await signIn(house)).split(';')
    const write = (origin?: string) => house.nobody.call('PATCH', '/me', browser(cookie, origin))
    const foreign = ['https://evil.example', 'null', 'http://localhost.evil.example', '']
    for (const origin of [undefined, 'https://localhost', 'http://localhost:81', ...foreign])
      refusal(await write(origin), 403, 'origin_refused')
    assert.equal((await write('http://localhost:80')).status, 200)
    assert.equal((await house.nobody.call('GET', '/me', browser(cookie))).status, 200)
    const program = await house.byKey(house.ann)
    const foreignPage = await program.call('PATCH', '/me', browser('', 'https://evil.example'))
    assert.equal(foreignPage.status, 200)
    const forged = browser(`${cookie}x`, 'http://localhost:80')
    refusal(await house.nobody.call('PATCH', '/me', forged), 401, 'sign_in_needed')
  })

  it('ends when it is signed out, for whoever kept the cookie too', async () => {
    const [cookie = ''] = (await signIn(house)).split(';')
    const headers = { cookie, origin: 'http://localhost:80' }
    assert.equal((await house.nobody.call('DELETE', '/session', { headers })).status, 200)
    refusal(await house.nobody.call('GET', '/me', { headers }), 401, 'sign_in_needed')
  })

  it('is refused after many wrong passwords, of one account and of one address', async () => {
    await sql`delete from auth."rateLimit"`.execute(house.db)
    const guess = (username: string) => {
      const body = { username, password: 'wrong-password' }
      return house.nobody.call('POST', '/session', { body })
    }
    const reasons = async (names: readonly string[]) => {
      const said: string[] = []
      for (const name of names) {
        const answer = await guess(name)
        const { reason, status }: Problem = answer.body
        refusal(answer, status, reason)
        said.push(reason)
      }
      return said
    }
    const one = await reasons(Array(11).fill('bob'))
    assert.deepEqual([one[0], one.at(-1)], ['credentials_wrong', 'account_locked'])
    const many = await reasons(Array.from({ length: 31 }, (_, index) => `guess${index}`))
    assert.deepEqual([many[0], many.at(-1)], ['credentials_wrong', 'too_many_attempts'])
  })
})

describe('behind a public address', () => {
  it('pages of that address may write, and the cookie stays on TLS', async () => {
    const at = await openTestHouse({ publicUrl: 'https://crm.example.cn' })
    try {
      const set = await signIn(at)
      assert.match(set, /; Secure/i)
      const [cookie = ''] = set.split(';')
      const write = async (origin: string) =>
        (await at.nobody.call('PATCH', '/me', browser(cookie, origin))).status
      assert.equal(await write('https://crm.example.cn'), 200)
      for (const origin of ['http://crm.example.cn', 'https://crm.example.cn.evil.example', 'null'])
        assert.equal(await write(origin), 403)
    } finally {
      await at.close()
    }
  })
})
