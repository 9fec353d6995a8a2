import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
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

  it('holds so many lines for one person and no more', async () => {
    const lines = Array.from({ length: 12 }, () => listen(house.mei, 2))
    await soon()
    const refused = await house.mei.call('GET', '/live', { query: { seconds: '1' } })
    assert.equal(refused.status, 429)
    await Promise.all(lines)
    assert.deepEqual(await listen(house.mei, 0), [])
  })
})
