import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { moving, regrantLeft, regrantRest } from '#platform/records/regrant.ts'
import { find } from './queries.ts'

const batch = moving.batch
let house: TestHouse
before(async () => {
  house = await openTestHouse()
  moving.batch = 3
})
after(async () => {
  moving.batch = batch
  assert.deepEqual(house.faults, [])
  await house.close()
})

const move = async (person: Caller, department_id: number) => {
  const { id, version } = await find(house.ctx, person.id)
  const { value, sql } = await house.statements(() =>
    house.root.call('PATCH', `/people/${id}`, { version, body: { department_id } }),
  )
  assert.equal(value.status, 200, JSON.stringify(value.body))
  return sql.length
}

/** The names of what somebody sees of customers, contacts, a search and the bin, and how many are counted. */
const seen = async (by: Caller) => {
  const names = async (path: string, query: Record<string, unknown>) => {
    const { status, body } = await by.call('GET', path, { query })
    assert.equal(status, 200, JSON.stringify(body))
    const { items }: { items: { name?: string; title?: string }[] } = body
    return items.map(({ name, title }) => name ?? title).sort()
  }
  const { body } = await by.call('GET', '/customers/count', { query: { q: '搬家' } })
  const { count }: { count: number } = body
  return {
    customers: await names('/customers', { limit: '100' }),
    found: await names('/customers', { q: '搬家', limit: '100' }),
    contacts: await names('/contacts', { limit: '100' }),
    deleted: await names('/bin', {}),
    count,
  }
}

const waiting = async () => {
  const { rows } = await sql<{ moves: number; rows: number }>`select
    (select count(*) from department_move) as moves,
    (select count(*) from customer c join person p on p.id = c.owner_id
      where p.department_id <> c.department_id) as rows`.execute(house.db)
  return rows[0]
}

describe('who moves to another department with many customers', () => {
  let seller: Caller
  let sue: Caller
  let ids: string[] = []
  const readers = () => [house.bob, sue, house.mei, house.root, house.ann, seller]
  const views = () => Promise.all(readers().map(seen))

  before(async () => {
    seller = await house.hire('mover', {
      ...{ name: '搬', role: 'staff', department_id: house.departments.north },
    })
    sue = await house.hire('sue', {
      ...{ name: '南区读者', role: 'reader', department_id: house.departments.south },
    })
    for (let each = 0; each < 10; each++) {
      const { body } = await seller.call('POST', '/customers', { body: { name: `搬家${each}` } })
      const { id }: { id: string } = body
      ids.push(id)
      await seller.call('POST', `/customers/${id}/contacts`, { body: { name: `联系${each}` } })
    }
    const share = { principal_id: house.bob.id, access: 'read' }
    await seller.call('POST', `/customers/${ids[1]}/members`, { body: share })
    await house.ann.call('POST', '/customers', { body: { name: '留在北区的' } })
    const gone = await house.root.call('DELETE', `/customers/${ids[0]}`, { version: 1 })
    assert.equal(gone.status, 200)
    ids = ids.slice(1)
  })

  it('is gone for those left and there for those come to at once, as it stays afterwards', async () => {
    const [north] = await views()
    assert.equal(north?.customers.length, 10)
    const sent = await move(seller, house.departments.south)
    assert.deepEqual(await waiting(), { moves: 1, rows: 7 })
    const meanwhile = await views()
    const [bob, eve, , , , own] = meanwhile
    assert.deepEqual(bob?.found, ['搬家1'], 'what is shared stays')
    assert.deepEqual([eve?.count, own?.count], [9, 9])
    for (const id of ids.slice(1))
      assert.deepEqual(
        [
          (await house.bob.call('GET', `/customers/${id}`)).status,
          (await sue.call('GET', `/customers/${id}`)).status,
          (await sue.call('GET', `/customers/${id}/contacts`)).status,
        ],
        [404, 200, 200],
      )
    await house.work()
    assert.deepEqual(await waiting(), { moves: 0, rows: 0 })
    assert.deepEqual(await views(), meanwhile)
    assert.ok(sent < 30, `${sent} statements`)
  })

  it('takes as many statements as who has none, and goes on where a killed server left it', async () => {
    const few = await house.hire('light', {
      ...{ name: '轻', role: 'staff', department_id: house.departments.north },
    })
    const none = await move(few, house.departments.south)
    const sent = await move(seller, house.departments.north)
    assert.equal(sent, none)
    const meanwhile = await views()
    const stopped = AbortSignal.abort(new Error('stopped'))
    await assert.rejects(regrantRest(house.db, seller.id, stopped), /stopped/)
    assert.deepEqual(await waiting(), { moves: 1, rows: 4 })
    assert.deepEqual(await views(), meanwhile)
    await house.work()
    assert.deepEqual(await waiting(), { moves: 0, rows: 0 })
    assert.deepEqual(await views(), meanwhile)
  })

  it('takes all along that still stand elsewhere when they move on, or back', async () => {
    const { north, south, top } = house.departments
    for (const way of [
      [south, top],
      [south, top, south],
      [top, north],
    ]) {
      for (const to of way) await move(seller, to)
      const meanwhile = await views()
      await house.work()
      assert.deepEqual(await waiting(), { moves: 0, rows: 0 })
      assert.deepEqual(await views(), meanwhile)
    }
  })

  it('leaves what has no owner any more where it had come to', async () => {
    const { north, south } = house.departments
    await move(seller, south)
    const last = ids.at(-1) ?? ''
    const path = `/customers/${last}`
    assert.equal((await house.bob.call('GET', path)).status, 404)
    const { version }: { version: number } = (await house.root.call('GET', path)).body
    const set = (owner_id: number | null, at: number) =>
      house.root.call('PATCH', path, { body: { owner_id }, version: at })
    assert.equal((await set(null, version)).status, 200)
    assert.deepEqual((await waiting())?.moves, 1, 'the move is still under way')
    assert.equal((await house.bob.call('GET', path)).status, 404)
    await house.work()
    assert.equal((await house.bob.call('GET', path)).status, 404)
    assert.equal((await sue.call('GET', path)).status, 200)
    assert.equal((await set(seller.id, version + 1)).status, 200)
    await move(seller, north)
    await house.work()
  })

  it('is not forgotten by a job that had nothing to do when it came', async () => {
    const once = { done: false }
    const meddling = {
      transformQuery: <N>({ node }: { node: N }) => node,
      transformResult: async <R>({ result }: { result: R }) => {
        if (!once.done) {
          once.done = true
          await move(seller, house.departments.south)
        }
        return result
      },
    }
    await regrantRest(house.db.withPlugin(meddling), seller.id, undefined)
    assert.deepEqual((await waiting())?.moves, 1)
    const meanwhile = await views()
    await house.work()
    assert.deepEqual(await views(), meanwhile)
    await move(seller, house.departments.north)
    await house.work()
  })

  it('is taken up again within the hour where its job came to nothing', async () => {
    await move(seller, house.departments.south)
    await sql`delete from graphile_worker._private_jobs`.execute(house.db)
    const meanwhile = await views()
    await regrantLeft(house.db, undefined)
    assert.deepEqual(await waiting(), { moves: 0, rows: 0 })
    assert.deepEqual(await views(), meanwhile)
    await move(seller, house.departments.north)
    await house.work()
  })

  it('leaves one that is handed over meanwhile with its new owner', async () => {
    await move(seller, house.departments.south)
    const id = ids.at(-1)
    const owner_id = house.ann.id
    const { body } = await house.root.call('GET', `/customers/${id}`)
    const { version }: { version: number } = body
    const handed = await house.root.call('PATCH', `/customers/${id}`, {
      version,
      body: { owner_id },
    })
    assert.equal(handed.status, 200)
    await house.work()
    const { rows } = await sql<{ department_id: number; grants: number[] }>`
      select department_id, grants from customer where id = ${id}::uuid`.execute(house.db)
    const { north } = house.departments
    assert.deepEqual(rows, [{ department_id: north, grants: [1, owner_id, north] }])
  })
})
