import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { services } from '#app/house.ts'
import { apiDocument, operationOf, part } from '#app/testing/document.ts'
import { type Firm, openFirm } from '#app/testing/firm.ts'
import type { Caller } from '#app/testing/testHouse.ts'
import type { Endpoint } from './contract.ts'

let firm: Firm
let root: Caller
before(async () => {
  firm = await openFirm()
  // By key, as some of what is called ends sessions.
  root = await firm.house.byKey(firm.house.root)
})
after(() => firm.house.close())

/** Passwords are hashed slowly on purpose, and a live stream answers for as long as it is asked. */
const slow = [
  ...['POST /session', 'PUT /me/password', 'POST /people', 'PATCH /people/:id'],
  ...['POST /me/codes/removal', 'GET /live'],
]
const endpoints = services
  .flatMap(({ contract }) => Object.values<Endpoint>(contract))
  .filter(({ method, path }) => !slow.includes(`${method} ${path}`))

const weird = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 1.5, 5e-324, 1e20, 1e308, 3_000_000_000, 2 ** 53, -(2 ** 31)],
    ...['', ' ', 'x', '\u0000', '\ud800', '%', '\\', "'; drop table customer; --", '__proto__'],
    ...['9999-12-31', '0000-01-01', '2026-02-30', '2026-11-21T25:00:00Z', '+275760-09-13', 'me'],
    ...['1e400', 'NaN', '{}', '[]', 'null', '😀'.repeat(300), 'x'.repeat(9000)],
    ...[[], [1.5], [null], ['x', 'x'], [[]], {}, { a: 1 }, { length: 3 }, [{}]],
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** The names that an endpoint knows, as the caller of it would read them in the document. */
const namesOf = (endpoint: Endpoint) => {
  const operation = operationOf(endpoint)
  const json = part(operation, 'requestBody', 'content', 'application/json', 'schema')
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
  const inQuery = parameters.filter((each) => each.in === 'query').map((each) => String(each.name))
  return { body: Object.keys(part(json, 'properties')), query: inQuery }
}

const some = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...(names.length > 0 ? names : ['x'])), weird, { maxKeys: 3 })

it('the document names what garbage is sent for', () => {
  assert.ok(Object.keys(part(apiDocument, 'paths')).length > 30)
  const named = endpoints.flatMap((each) => Object.values(namesOf(each)).flat())
  assert.ok(named.length > 100, `${named.length}`)
})

for (const endpoint of endpoints)
  it(`${endpoint.method} ${endpoint.path} takes garbage for no fault`, async () => {
    const { house, customers } = firm
    const [held] = customers
    const names = namesOf(endpoint)
    const ids = fc.constantFrom(held?.id ?? '', house.departments.north, crypto.randomUUID(), 'x')
    const path = ids.map((id) =>
      endpoint.path.replace(':customer_id', held?.id ?? '').replace(':id', String(id)),
    )
    const sent = fc.record({ path, body: some(names.body), query: some(names.query) })
    await fc.assert(
      fc.asyncProperty(sent, async ({ path, body, query }) => {
        const withBody = endpoint.upload
          ? { raw: Buffer.from(JSON.stringify(body)) }
          : names.body.length > 0 && { body }
        const asked = names.query.length > 0 && { query: wellFormed(query) }
        const options = { ...withBody, ...asked, version: 1 }
        const answer = await root.call(endpoint.method, path, options)
        assert.ok(answer.status < 500, `${answer.status} ${house.faults.join('\n')}`)
        if (answer.status < 400) return
        assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
      }),
      { numRuns: 6 },
    )
  })

it('and the house still stands', async () => {
  assert.deepEqual(firm.house.faults, [])
  assert.equal((await root.call('GET', '/me')).status, 200)
  const { rows } = await sql<{ count: number }>`select count(*) from customer`.execute(
    firm.house.db,
  )
  assert.ok((rows[0]?.count ?? 0) >= firm.customers.length)
})

/** Half a character cannot stand in an address at all. */
const wellFormed = (query: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.toWellFormed() : value,
    ]),
  )
