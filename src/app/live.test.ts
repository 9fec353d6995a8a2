import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { find } from '#access/people/queries.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

type Told = {
  entity: string
  plural: string
  id: string
  customer_id: string
  version: number | null
}

const listen = async (by: Caller, seconds: number): Promise<Told[]> =>
  (await heard(by, seconds))
    .split('\n\n')
    .filter((part) => part.startsWith('data: '))
    .map((part) => JSON.parse(part.slice(6)))
const heard = async (by: Caller, seconds: number): Promise<string> => {
  const answer = await by.call('GET', '/live', { query: { seconds: String(seconds) } })
  assert.equal(answer.status, 200)
  assert.match(String(answer.headers['content-type']), /^text\/event-stream/)
  return answer.raw.toString()
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 1000))

describe('live', () => {
  it('tells of changed rows those who see them, and nobody else', async () => {
    const lines = Promise.all([house.ann, house.bob, house.eve].map((by) => listen(by, 5)))
    await soon()
    const made = await house.ann.call('POST', '/customers', { body: { name: '实时' } })
    const { id }: { id: string } = made.body
    await house.ann.call('PATCH', `/customers/${id}`, { body: { note: '改' }, version: 1 })
    const [ann, bob, eve] = await lines
    const told = { entity: 'customer', plural: 'customers', id, customer_id: id }
    const changed = { ...told, version: 2 }
    assert.deepEqual(ann?.at(-1), changed)
    assert.deepEqual(bob?.at(-1), changed)
    assert.deepEqual(eve, [])
  })

  it('tells of what is shared meanwhile those whom it is shared with', async () => {
    const { body } = await house.ann.call('POST', '/customers', { body: { name: '共享' } })
    const { id }: { id: string } = body
    const line = listen(house.eve, 8)
    await soon()
    const share = { principal_id: house.eve.id, access: 'read' }
    const { status } = await house.ann.call('POST', `/customers/${id}/members`, { body: share })
    assert.equal(status, 201)
    const told = await line
    assert.deepEqual(
      told.map((each) => each.id),
      [id],
    )
  })

  it('tells everybody that fields were shaped, and nothing of what was written down', async () => {
    const line = heard(house.eve, 4)
    await soon()
    const label = { zh: '只有管理员知道', en: '' }
    const definition = { name: 'x_news', kind: 'text', label }
    const { status } = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition },
    })
    assert.equal(status, 201)
    const text = await line
    assert.match(text, /^event: reshaped\ndata: \{\}$/m)
    assert.doesNotMatch(text, /x_news|只有/)
  })

  it('tells everybody that roles were shaped, so that what they cover leaves the screens', async () => {
    const rights = {
      ...{ kinds: { customer: { view: 'all' } }, keys: [], fields: {} },
      levels: { internal: 'write', personal: 'write', sensitive: 'hidden' },
    }
    const role = { label: { zh: '看客', en: '' }, description: '', departments: [], rights }
    const made = await house.root.call('POST', '/roles', {
      body: { ...role, default_scope: 'all' },
    })
    const { id }: { id: string } = made.body
    const listening = { ended: false }
    const line = heard(house.eve, 3).finally(() => {
      listening.ended = true
    })
    // Again and again, as nobody can tell when a line is open.
    for (let version = 1; !listening.ended; version += 1) {
      const fields = { 'customer.phones': version % 2 === 0 ? 'write' : 'hidden' }
      const body = { rights: { ...rights, fields } }
      const { status } = await house.root.call('PATCH', `/roles/${id}`, { body, version })
      assert.equal(status, 200)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const text = await line
    assert.match(text, /^event: reshaped\ndata: \{\}$/m)
    assert.doesNotMatch(text, /phones|看客/)
  })

  it('holds back what follows a transaction still under way, and then tells all of it', async () => {
    const line = listen(house.ann, 6)
    await soon()
    const late = await house.ann.call('POST', '/customers', { body: { name: '晚' } })
    const { id }: { id: string } = late.body
    const held = Promise.withResolvers<void>()
    const slow = house.db.transaction().execute(async (tx) => {
      await sql`select pg_current_xact_id()`.execute(tx)
      await held.promise
    })
    const after = await house.ann.call('POST', '/customers', { body: { name: '早' } })
    const { id: second }: { id: string } = after.body
    await soon()
    held.resolve()
    await slow
    const ids = (await line).map((each) => each.id)
    assert.ok(ids.includes(id) && ids.includes(second))
  })
})

describe('a line over HTTP', () => {
  let address = ''
  let cookie = ''
  before(async () => {
    await house.app.listen({ port: 0, host: '127.0.0.1' })
    address = `http://127.0.0.1:${new URL(house.app.listeningOrigin).port}`
    cookie = await house.cookieOf(house.mei)
  })

  /** A line, opened; `until` reads on until its text has matched, `leave` closes it as a browser does. */
  const open = async (query = '', headers: Record<string, string> = {}) => {
    const away = new AbortController()
    const answer = await fetch(`${address}/api/live${query}`, {
      headers: { cookie, ...headers },
      signal: away.signal,
    })
    const parts = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const heard = { text: '' }
    return {
      status: answer.status,
      heard,
      until: async (wanted: RegExp) => {
        for (let found = wanted.exec(heard.text); ; found = wanted.exec(heard.text)) {
          if (found) return found
          const part = await parts?.read()
          assert.ok(part && !part.done, `${wanted} not in ${heard.text}`)
          heard.text += part.value
        }
      },
      leave: () => away.abort(),
    }
  }
  const opened = async () => {
    const line = await open()
    assert.equal(line.status, 200)
    await line.until(/: open/)
    return line
  }
  const rename = async (id: string, version: number, name: string) => {
    const { status } = await house.mei.call('PATCH', `/customers/${id}`, {
      body: { name },
      version,
    })
    assert.equal(status, 200)
  }

  it('frees its place as soon as its reader goes away, however often pages are loaded', async () => {
    const lines = await Promise.all(Array.from({ length: 12 }, opened))
    const refused = await open()
    assert.equal(refused.status, 429)
    for (let load = 0; load < 20; load++) {
      lines.shift()?.leave()
      // The server hears of it within a moment, not at the next look after the listener.
      let line = await open()
      for (let tries = 0; line.status === 429 && tries < 80; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        line = await open()
      }
      assert.equal(line.status, 200)
      lines.push(line)
    }
    for (const line of lines) line.leave()
  })

  it('goes on where the one before had come to, and tells what was missed', async () => {
    const { body } = await house.mei.call('POST', '/customers', { body: { name: '断线' } })
    const { id }: { id: string } = body
    const first = await opened()
    const [, place = ''] = await first.until(/event: place\nid: (\S+)\ndata: \{\}\n\n/)
    first.leave()
    await rename(id, 1, '断线之后')
    for (const [query, headers] of [
      ['', { 'last-event-id': place }],
      [`?after=${place}`, {}],
      ['?after=1.1.00000000-0000-0000-0000-000000000000', { 'last-event-id': place }],
    ] as const) {
      const line = await open(query, headers)
      await line.until(new RegExp(`data: .*"id":"${id}".*"version":2\\}`))
      assert.doesNotMatch(line.heard.text, /"version":1\}|reshaped/)
      line.leave()
    }
  })

  it('tells that the staff changed, but not that somebody signed in', async () => {
    const line = await opened()
    const told = async (name: string) => {
      const { body } = await house.mei.call('POST', '/customers', { body: { name } })
      const { id }: { id: string } = body
      await line.until(new RegExp(id))
    }
    // What is told comes in its order: all before this one, of other tests, has been heard.
    await told('之前')
    line.heard.text = ''
    const body = { username: 'bob', password: 'not the one' }
    assert.equal((await house.nobody.call('POST', '/session', { body })).status, 401)
    const { rows } = await sql<{ kind: string }>`select kind from event
      where kind like 'person.%' order by id desc limit 1`.execute(house.db)
    assert.equal(rows[0]?.kind, 'person.sign_in_failed')
    await told('之后')
    assert.doesNotMatch(line.heard.text, /reshaped/)
    const { id, version } = await find(house.ctx, house.bob.id)
    const renamed = { body: { name: '鲍' }, version }
    assert.equal((await house.root.call('PATCH', `/people/${id}`, renamed)).status, 200)
    await line.until(/^event: reshaped\ndata: \{\}$/m)
    assert.doesNotMatch(line.heard.text, /鲍/)
    line.leave()
  })

  it('tells to read all anew where a place is none of here, and nothing out of sight', async () => {
    for (const place of ['nothing', '7.12.00000000-0000-0000-0000-000000000000', '1.2.3']) {
      const line = await open('', { 'last-event-id': place })
      await line.until(/event: reshaped/)
      line.leave()
    }
    cookie = await house.cookieOf(house.eve)
    const { body } = await house.ann.call('POST', '/customers', { body: { name: '北区的' } })
    const { id }: { id: string } = body
    const line = await open('?after=1.1.00000000-0000-0000-0000-000000000000')
    await line.until(/event: place/)
    assert.ok(!line.heard.text.includes(id))
    line.leave()
  })
})
