import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Endpoint } from '#platform/door/contract.ts'
import { services } from './house.ts'
import { type Call, calls } from './testing/calls.ts'
import { strays } from './testing/document.ts'
import { type Firm, type Held, type Made, type Member, openFirm } from './testing/firm.ts'
import { permitted, policy, sees } from './testing/policy.ts'
import type { Answer } from './testing/testHouse.ts'

const endpoints: Endpoint[] = services.flatMap(({ contract }) => Object.values(contract))
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

let firm: Firm
before(async () => {
  firm = await openFirm()
})
after(() => firm.house.close())

describe('the permission matrix', () => {
  it('knows every endpoint and every permission key, and no more', () => {
    assert.deepEqual(Object.keys(calls).sort(), endpoints.map(nameOf).sort())
    const keys = new Set(endpoints.map(({ permission }) => permission))
    for (const key of keys) assert.ok(key === 'public' || policy[key], `no policy for ${key}`)
  })

  // What only reads goes first, so that what others make does not show in its rows.
  const order = (endpoint: Endpoint) => (calls[nameOf(endpoint)]?.kind === 'rows' ? 0 : 1)
  for (const endpoint of endpoints.toSorted((a, b) => order(a) - order(b)))
    it(nameOf(endpoint), async () => {
      const call = calls[nameOf(endpoint)]
      assert.ok(call, 'the matrix does not know how to call this endpoint')
      await unknownCaller(endpoint, call)
      const members = endpoint.permission === 'public' ? firm.members.slice(0, 1) : firm.members
      for (const by of members) await cell(endpoint, call, by)
    })

  it('met no fault', () => assert.deepEqual(firm.house.faults, []))
})

const unknownCaller = async (endpoint: Endpoint, call: Call) => {
  if (call.kind === 'rows' || call.kind === 'own' || endpoint.permission !== 'public') {
    const url = `/api${fill(endpoint, { customer_id: absent, id: absent })}`
    const answer = await firm.house.app.inject({ method: endpoint.method, url })
    assert.equal(answer.statusCode, 401, `nobody: ${answer.body}`)
    return
  }
  await send(undefined, endpoint, call, {}, call.ok ?? endpoint.status ?? 200)
}

const cell = async (endpoint: Endpoint, call: Call, by: Member) => {
  const keys = [endpoint.permission, ...(call.needs ? [call.needs] : [])]
  const allowed = keys.every((key) => key === 'public' || permitted(by, key))
  const ok = allowed ? (call.ok ?? endpoint.status ?? 200) : 403
  switch (call.kind) {
    case 'free': {
      const made = allowed ? await call.make?.(firm, by) : undefined
      const sent = { ...call, ...(await call.fill?.(firm, by)) }
      await send(by, endpoint, sent, { made }, ok)
      if (call.endsSession) by.by = await firm.house.bySession(by.by)
      return
    }
    case 'rows':
      for (const query of call.asked) {
        const answer = await send(by, endpoint, { ...call, query }, {}, ok)
        if (allowed)
          same(await call.names(answer, query), rowsFor(by, call.of, query, endpoint), by)
      }
      return
    case 'bound':
      for (const target of targetsOf(endpoint)) {
        const { held, made } = await target.ready(call.make)
        const seen = sees(firm, by, held)
        const sent = { ...call, ...(await call.fill?.(firm, by)) }
        const told = await events()
        const reached = seen && reaches(by, held, endpoint)
        const refused = seen ? beyondReach(endpoint) : 404
        await send(by, endpoint, sent, { held, made }, allowed && !reached ? refused : ok)
        if (!allowed || !reached) assert.equal(await events(), told, 'a refusal leaves no trace')
        else if (endpoint.method !== 'GET') target.spend()
      }
      return
    case 'own':
      for (const owner of [firm.named('ann'), firm.named('root')]) {
        const made = await call.make(firm, owner)
        const his = owner === by || (call.beyond !== undefined && permitted(by, call.beyond))
        await send(by, endpoint, call, { made }, allowed && !his ? 404 : ok)
      }
  }
}

/** A key beyond records reaches as far as sight does. */
const reaches = (by: Member, held: Held, { permission }: Endpoint) =>
  !by.verbs || permission === 'signed_in' || sees(firm, by, held, permission)

/** What is seen and may not be changed says so; below what may not be added to, nothing is found. */
const beyondReach = ({ method, path }: Endpoint) =>
  method === 'POST' && !/members|completion/.test(path) ? 404 : 403

type Make = Extract<Call, { kind: 'bound' }>['make']

/**
 * A customer to call an endpoint on, kept until a call changed it. The customer itself is read of all
 * of them, what belongs to one of every second, and three are written to.
 */
const target = (fresh: () => Promise<Held>) => {
  let kept: { held: Held; made?: Made | undefined } | undefined
  const make = async (by: Make) => {
    const held = await fresh()
    return { held, made: await by?.(firm, held) }
  }
  return {
    ready: async (by: Make) => {
      kept ??= await make(by)
      return kept
    },
    spend: () => {
      kept = undefined
    },
  }
}

const known = new Map<Endpoint, ReturnType<typeof target>[]>()

const targetsOf = (endpoint: Endpoint) => {
  const { hold, named, customers } = firm
  const whole = endpoint.path.split('/').length === 3
  const fresh = (held: Held, owner?: Member) =>
    target(async () => (whole ? hold(held.name, owner) : held))
  const some = customers.filter((_, index) => index % 2 === 0)
  const before = known.get(endpoint)
  const made =
    before ??
    (endpoint.method === 'GET'
      ? (whole ? customers : some).map((held) => target(async () => held))
      : [named('ann'), named('owen'), undefined].map((owner) => fresh(ownedBy(owner), owner)))
  known.set(endpoint, made)
  return made
}

const ownedBy = (owner: Member | undefined) => {
  const found = firm.customers.find((held) => held.owner === (owner?.by.id ?? null))
  if (!found) throw new Error('No such customer')
  return found
}

type On = { held?: Held | undefined; made?: Made | undefined }

const send = async (
  by: Member | undefined,
  endpoint: Endpoint,
  { query, body, raw }: Pick<Call, 'query' | 'body' | 'raw'>,
  { held, made }: On,
  expected: number,
): Promise<Answer> => {
  // The library counts sign-ins of one address; the matrix is not what it guards against.
  await sql`delete from auth."rateLimit"`.execute(firm.house.db)
  const path = fill(endpoint, {
    customer_id: held?.id ?? absent,
    id: made?.id ?? held?.id ?? absent,
  })
  const version = endpoint.ifMatch && { version: made?.version ?? 1 }
  const options = { ...(query && { query }), ...(body !== undefined && { body }), ...version }
  const answer = await (by?.by ?? firm.house.nobody).call(endpoint.method, path, {
    ...options,
    ...(raw && { raw }),
  })
  const whose = `${by?.name ?? 'nobody'} on ${held?.name ?? '-'} ${JSON.stringify(query ?? '')}`
  assert.equal(answer.status, expected, `${whose}: ${answer.raw.toString().slice(0, 300)}`)
  const type = String(answer.headers['content-type'])
  if (expected >= 400) assert.match(type, /^application\/problem\+json/)
  else if (!endpoint.download) assert.deepEqual(strays(endpoint, expected, answer.body), [], whose)
  return answer
}

const absent = '01900000-0000-7000-8000-000000000000'

const fill = ({ path }: Endpoint, ids: { customer_id: string; id: string | number }) =>
  path
    .replace(':customer_id', ids.customer_id)
    .replace(':id', String(ids.id))
    .replace(':entity', 'customer')

const rowsFor = (
  by: Member,
  of: 'customers' | 'tasks' | 'day',
  query: Record<string, unknown>,
  endpoint: Endpoint,
) => {
  const seen = firm.customers.filter((held) => sees(firm, by, held) && reaches(by, held, endpoint))
  if (of === 'customers') return seen.map(({ name }) => name)
  const own = 'q' in query ? [] : [`home ${by.name}`]
  const due = of === 'day' ? seen.filter(({ owner }) => owner === by.by.id) : seen
  return [...due.map(({ name }) => name), ...own]
}

const same = (found: string[] | number, expected: string[], by: Member) => {
  if (typeof found === 'number') assert.equal(found, expected.length, by.name)
  else assert.deepEqual(found.toSorted(), expected.toSorted(), by.name)
}

const events = async () => {
  const { rows } = await sql<{ count: number }>`select count(*) from event`.execute(firm.house.db)
  return rows[0]?.count
}
