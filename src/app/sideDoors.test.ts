import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { customer } from '#customers/customers/fields.ts'
import { type Asked, askedWith, testsOf } from '#platform/conditions/tests.ts'
import type { Endpoint } from '#platform/door/contract.ts'
import { type Field, isList } from '#platform/fields/field.ts'
import { services } from './house.ts'
import { calls } from './testing/calls.ts'
import { type Firm, type Member, openFirm } from './testing/firm.ts'
import { csvFile, importing } from './testing/importing.ts'
import type { Answer, Caller, Options } from './testing/testHouse.ts'

type Row = { id: string; version: number; name: string; can: { edit: boolean; delete: boolean } }
type Page = { items: Row[] }
type Problem = { reason: string }

/** Everything that a customer can tell, each value unlike any other in the firm. */
const secret = {
  ...{ name: '丝路秘商', kind: 'organisation', stage: 'active', source: '老友引荐' },
  ...{ phones: ['13655550001'], email: 'hidden@silk.cn', wechat: 'silkroad', region: '330106' },
  ...{ address: '隐秘路九号', tags: ['密标'], credit_code: '91350200MA2YJ1XR9H', note: '内情' },
  ...{ legal_representative: '秦秘', staff_count: 4711, birthday_lunar: true },
  ...{ birth_date: '1971-02-03', income_level: 'high', hobbies: ['潜水'], gender: 'male' },
}
const words = ['丝路', 'silu', 'slms', '13655550001', '5555', 'hidden@silk', secret.credit_code]
const shortId = (id: string) => id.replace(/-.*/, '')

let firm: Firm
let ann: Caller
/** Leads South with every right on records, so that nothing but the scope stands in the way. */
let sven: Caller
before(async () => {
  firm = await openFirm()
  ann = firm.house.ann
  const { south } = firm.house.departments
  sven = await firm.house.hire('sven', {
    name: '施文',
    role: 'manager',
    department_id: south,
    scope: 'department',
  })
})
after(async () => {
  assert.deepEqual(firm.house.faults, [])
  await firm.house.close()
})

const customerOf = async (by: Caller, values: Record<string, unknown>, headers = {}) => {
  const answer = await by.call('POST', '/customers', { body: values, headers })
  assert.equal(answer.status, 201, answer.raw.toString())
  const row: Row = answer.body
  return row
}
const statusOf = async (answer: Promise<Answer>) => (await answer).status
const listed = async (by: Caller, path: string) => {
  const page: Page = (await by.call('GET', path)).body
  return page.items
}

describe('a customer out of reach', () => {
  it('answers every question as if it were not there', async () => {
    const questions = [...asked(words)]
    const ask = async () => {
      const answers: string[] = []
      for (const [path, query] of questions) {
        const answer = await sven.call('GET', path, { query })
        assert.ok(answer.status === 200, `${path} ${JSON.stringify(query)} ${answer.raw}`)
        answers.push(`${path} ${JSON.stringify(query)}: ${answer.raw}`)
      }
      return answers
    }
    const before = await ask()
    const hidden = await customerOf(ann, secret)
    const held = { id: hidden.id, name: secret.name, owner: ann.id, department: 0 }
    for (const make of Object.values(firm.make)) await make(held)
    assert.deepEqual(await ask(), before)
    assert.ok((await listed(ann, '/customers')).some(({ id }) => id === hidden.id))
  })

  it('answers every call as one that never was', async () => {
    const held = await firm.hold('藏着的', firm.named('ann'))
    const told = async (endpoint: Endpoint, ids: Ids, options: Options) => {
      const path = endpoint.path.replace(':customer_id', ids.customer).replace(':id', ids.id)
      const answer = await sven.call(endpoint.method, path, options)
      return { status: answer.status, body: answer.body, etag: answer.headers.etag }
    }
    const all = services.flatMap(({ contract }) => Object.values<Endpoint>(contract))
    for (const endpoint of all) {
      const call = calls[`${endpoint.method} ${endpoint.path}`]
      if (call?.kind !== 'bound') continue
      const { make, ...sent } = call
      const made = await make?.(firm, held)
      const here = { customer: held.id, id: String(made?.id ?? held.id) }
      const nowhere = { customer: crypto.randomUUID(), id: crypto.randomUUID() }
      for (const version of [1, 7]) {
        const options = { ...sent, version, headers: { 'idempotency-key': `k${version}` } }
        const answer = await told(endpoint, here, options)
        assert.equal(answer.status, 404)
        assert.deepEqual(answer, await told(endpoint, nowhere, options), endpoint.path)
        const elsewhere = { ...here, customer: firm.customers.at(-1)?.id ?? '' }
        const crossed = endpoint.path.includes('/:id') && endpoint.path.includes(':customer_id')
        if (crossed) assert.equal((await told(endpoint, elsewhere, options)).status, 404)
      }
    }
  })

  it('is neither found nor guessed by an import', async () => {
    const by = importing(firm.house, sven)
    const outcome = async (mode: string, phone: string) => {
      const rows = [
        ['名称', '电话', '备注'],
        ['改名', phone, '越权'],
      ]
      const { id } = await by.upload('a.csv', csvFile(rows))
      await by.set(id, { mode, key: 'phones' })
      const checked = await by.check(id)
      const warned = await by.problems(id)
      const done = await by.run(id)
      const told = [checked.counts, warned, done.counts, await by.problems(id)]
      return JSON.stringify(told).replaceAll(phone, '')
    }
    for (const [index, mode] of ['insert', 'update', 'both'].entries()) {
      const phone = `1365555100${index}`
      const held = await customerOf(ann, { ...secret, phones: [phone] })
      assert.equal(await outcome(mode, phone), await outcome(mode, `1365555200${index}`), mode)
      const kept: Row & { note: string } = (await ann.call('GET', `/customers/${held.id}`)).body
      assert.deepEqual([kept.version, kept.note], [1, '内情'])
    }
  })
})

type Ids = { customer: string; id: string }

/** Every way to ask for what a customer holds. */
const asked = function* (
  texts: readonly string[],
): Generator<readonly [string, Record<string, unknown>]> {
  const verbs = ['', '/count', '/export']
  const formed = (verb: string) => (verb === '/export' ? { format: 'csv' } : {})
  for (const plural of ['customers', 'contacts', 'interactions', 'tasks'])
    for (const verb of verbs) {
      yield [`/${plural}${verb}`, formed(verb)]
      for (const q of texts) yield [`/${plural}${verb}`, { q, ...formed(verb) }]
    }
  yield ['/customers/count', { exact: 'true' }]
  for (const q of texts) yield ['/search', { q }]
  for (const sort of ['name', '-name', 'number', '-last_contact_at', 'next_due_on'])
    yield ['/customers', { sort }]
  for (const filter of filters()) {
    yield ['/customers', { filter }]
    yield ['/customers/count', { filter, exact: 'true' }]
  }
  yield ['/day', {}]
  yield ['/imports', {}]
}

const valueFor = (asked: Asked, one: unknown) =>
  asked === 'several' ? [one] : asked === 'two' ? [one, one] : one

const filters = function* () {
  for (const plural of ['contacts', 'tasks', 'interactions', 'files'])
    for (const is of ['some', 'none']) yield { related: plural, is }
  const values: Record<string, unknown> = secret
  for (const [name, field] of Object.entries<Field>(customer.fields)) {
    const value = values[name]
    if (value === undefined) continue
    for (const is of testsOf(field)) {
      if (is.endsWith('_days')) continue
      const one = isList(field) ? [value].flat()[0] : value
      const asked = askedWith(is)
      if (asked === 'period') yield { field: name, is, value: 'this_year' }
      else yield { field: name, is, value: valueFor(asked, one) }
    }
  }
}

describe('a customer that is handed over', () => {
  it('is gone at once for who gave it, with all that belongs to it', async () => {
    const given = await customerOf(ann, { name: '移交公司' }, { 'idempotency-key': 'given' })
    const path = `/customers/${given.id}`
    const task = { title: '移交前的', due_on: '2026-11-18' }
    assert.equal(await statusOf(ann.call('POST', `${path}/tasks`, { body: task })), 201)
    const said = await ann.call('PATCH', path, {
      body: { owner_id: firm.house.eve.id },
      version: 1,
    })
    assert.equal(said.status, 200)
    const row: Row = said.body
    assert.deepEqual(row.can, { edit: false, delete: false, transfer: false })
    for (const rest of ['', '/tasks', '/contacts', '/interactions', '/chronicle', '/files'])
      assert.equal(await statusOf(ann.call('GET', `${path}${rest}`)), 404, rest)
    const change = { body: { owner_id: ann.id }, version: 2 }
    assert.equal(await statusOf(ann.call('PATCH', path, change)), 404)
    assert.equal(await statusOf(ann.call('PATCH', path, { ...change, version: 1 })), 404)
    const day = await ann.call('GET', '/day')
    assert.ok(!day.raw.toString().includes('移交'), 'neither the task nor the name')
    assert.ok(!(await ann.call('GET', '/tasks')).raw.toString().includes('移交'))
    const again = await ann.call('POST', '/customers', {
      body: { name: '移交公司' },
      headers: { 'idempotency-key': 'given' },
    })
    assert.deepEqual([again.status, again.raw.toString().includes(shortId(given.id))], [404, false])
    assert.equal(await statusOf(firm.house.eve.call('GET', path)), 200)
    assert.equal((await listed(firm.house.eve, `${path}/tasks`)).length, 1)
  })

  it('may be made for somebody else, but nothing may be made below it', async () => {
    const given = await customerOf(ann, { name: '替叶新建', owner_id: firm.house.eve.id })
    assert.deepEqual(given.can, { edit: false, delete: false, transfer: false })
    const path = `/customers/${given.id}`
    assert.equal(await statusOf(ann.call('GET', path)), 404)
    const contact = { body: { name: '某人' } }
    assert.equal(await statusOf(ann.call('POST', `${path}/contacts`, contact)), 404)
    assert.equal(await statusOf(firm.house.eve.call('GET', path)), 200)
  })

  it('goes to nobody who is unknown or out of service', async () => {
    const { id } = await customerOf(ann, { name: '无人接手' })
    for (const owner_id of [1, firm.house.departments.north, 99_999]) {
      const body = { owner_id }
      const answer = await ann.call('PATCH', `/customers/${id}`, { body, version: 1 })
      assert.equal(answer.status, 400)
    }
    assert.equal(await statusOf(ann.call('GET', `/customers/${id}`)), 200)
  })
})

it('one person’s Idempotency-Key says nothing to another', async () => {
  const headers = { 'idempotency-key': 'shared' }
  const first = await customerOf(ann, { name: '同钥' }, headers)
  const second = await customerOf(sven, { name: '同钥' }, headers)
  assert.notEqual(first.id, second.id)
})

describe('a person', () => {
  const person = async (id: number): Promise<Member & { version: number }> => {
    const { body } = await firm.house.root.call('GET', '/people')
    const { items }: { items: (Member & { id: number; version: number })[] } = body
    const found = items.find((each) => each.id === id)
    assert.ok(found)
    return found
  }
  const change = async (id: number, body: Record<string, unknown>) => {
    const { version } = await person(id)
    const answer = await firm.house.root.call('PATCH', `/people/${id}`, { body, version })
    assert.equal(answer.status, 200, answer.raw.toString())
  }
  const signIn = (username: string) =>
    firm.house.nobody.call('POST', '/session', {
      body: { username, password: `${username}-password` },
    })

  it('out of service is stopped at once: session, key, and signing in', async () => {
    const { south } = firm.house.departments
    const hired = { name: '离职', role: 'staff', department_id: south } as const
    const left = await firm.house.byKey(await firm.house.hire('left', hired))
    const cookie = cookieOf(await signIn('left'))
    const bySession = () => statusOf(firm.house.nobody.call('GET', '/me', { headers: { cookie } }))
    assert.deepEqual([await bySession(), await statusOf(left.call('GET', '/me'))], [200, 200])
    await change(left.id, { active: false })
    assert.deepEqual([await bySession(), await statusOf(left.call('GET', '/me'))], [401, 401])
    const refused = await signIn('left')
    const problem: Problem = refused.body
    assert.deepEqual([refused.status, problem.reason], [403, 'person_inactive'])
    assert.equal(refused.headers['set-cookie'], undefined)
    await change(left.id, { active: true })
    assert.equal(await bySession(), 401, 'a session that ended stays ended')
    assert.equal(await statusOf(left.call('GET', '/me')), 200)
  })

  it('has no wider rights by a key than by a session, and loses them by both at once', async () => {
    const { north } = firm.house.departments
    const hired = { name: '持钥', role: 'manager', department_id: north } as const
    const by = await firm.house.byKey(await firm.house.hire('keyed', hired))
    const cookie = cookieOf(await signIn('keyed'))
    const both = async () => {
      const headers = { cookie }
      const byCookie = await firm.house.nobody.call('GET', '/me', { headers })
      const byKey = await by.call('GET', '/me')
      assert.deepEqual(byKey.body, byCookie.body)
      const rows = await firm.house.nobody.call('GET', '/customers', { headers })
      assert.equal((await by.call('GET', '/customers')).raw.toString(), rows.raw.toString())
      const page: Page = rows.body
      return page.items.length
    }
    const wide = await both()
    await change(by.id, { roles: ['staff'], scope: 'own' })
    assert.ok((await both()) < wide)
    assert.equal(await statusOf(by.call('GET', '/customers/export')), 403)
    assert.equal(await statusOf(by.call('POST', '/api-keys', { body: { name: 'more' } })), 403)
    await change(by.id, { roles: ['reader'] })
    assert.equal(await statusOf(by.call('GET', '/me')), 401)
    const headers = { cookie }
    assert.equal(await statusOf(firm.house.nobody.call('GET', '/me', { headers })), 200)
  })

  it('takes the customers along to another department, and with them who sees them', async () => {
    const { north, south } = firm.house.departments
    const mover = await firm.house.hire('mover', {
      name: '调动',
      role: 'staff',
      department_id: north,
    })
    const { id } = await customerOf(mover, { name: '随人走' })
    const seen = () =>
      Promise.all([firm.house.bob, sven].map((by) => statusOf(by.call('GET', `/customers/${id}`))))
    const found = async () => (await listed(sven, '/search?q=随人走')).length
    assert.deepEqual([await seen(), await found()], [[200, 404], 0])
    await change(mover.id, { department_id: south })
    assert.deepEqual([await seen(), await found()], [[404, 200], 1])
  })
})

const cookieOf = ({ headers }: Answer) =>
  [headers['set-cookie']]
    .flat()
    .map((each) => String(each).split(';')[0])
    .join('; ')
