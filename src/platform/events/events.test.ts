import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { HOME, system } from '../database/ctx.ts'
import { type Database, type Db, openDatabase } from '../database/database.ts'
import { testDatabase } from '../testing/database.ts'
import { type Event, emit, ensurePartitions } from './events.ts'
import { seal, type Verdict, verify } from './seal.ts'

const now = '2026-11-21T02:00:00.000Z'
let database: Database
let db: Db
let drop: () => Promise<void>
before(async () => {
  const made = await testDatabase()
  drop = made.drop
  database = openDatabase(made.url)
  db = database.db
})
after(async () => {
  await database.close()
  await drop()
})
beforeEach(() => sql`truncate event, event_seal`.execute(db))

const write = (to: Db, ...payloads: Record<string, unknown>[]) =>
  emit(
    { db: to, actor: system, now },
    payloads.map((payload) => ({
      ...{ kind: 'thing.happened', customer_id: HOME, subject_kind: 'thing', subject_id: HOME },
      payload,
    })),
  )
/** Seals until so many are: work in other databases of the same server holds the horizon too. */
const sealTo = async (count: number) => {
  for (let tries = 0; tries < 1000 && (await sealed()).length < count; tries++)
    if ((await seal(db, now)) === 0) await pause(20)
  assert.equal((await sealed()).length, count)
}
const sealAll = async () => sealTo((await stored()).length)
const sealed = async () => {
  const { rows } = await sql<{ position: number; event_id: string; tx: string }>`
    select position, event_id, tx::text as tx from event_seal order by position`.execute(db)
  return rows
}
const stored = async () => {
  const { rows } = await sql<{ id: string }>`select id from event order by era, tx, id`.execute(db)
  return rows.map(({ id }) => id)
}
/** Every event that is stored is sealed once, in the order of transactions, and the chain holds. */
const whole = async () => {
  const seals = await sealed()
  const ids = await stored()
  assert.deepEqual(
    seals.map((each) => each.event_id),
    ids,
  )
  assert.deepEqual(
    seals.map((each) => each.position),
    ids.map((_, index) => index + 1),
  )
  assert.deepEqual(await verify(db), { sealed: ids.length })
}
const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most))
class Undone extends Error {}
/** Runs work in a transaction that is rolled back, so that each case starts from the same chain. */
const undone = async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
  const results: T[] = []
  const run = db.transaction().execute(async (tx) => {
    results.push(await work(tx))
    throw new Undone()
  })
  await assert.rejects(run, Undone)
  const [result] = results
  if (results.length === 0) throw new Error('Nothing was done')
  return result as T
}

describe('sealing', () => {
  it('under eight writers, some of whom roll back, takes each event once and in order', async () => {
    let running = true
    const sealer = (async () => {
      while (running) {
        await seal(db, now)
        await pause(5)
      }
    })()
    const kept: string[] = []
    const writer = async (name: number) => {
      for (let turn = 0; turn < 15; turn++) {
        const events: Event[] = []
        const work = db.transaction().execute(async (tx) => {
          const payloads = Array.from({ length: 1 + (turn % 3) }, (_, index) => ({
            name,
            turn,
            index,
          }))
          events.push(...(await write(tx, ...payloads)))
          await pause(8)
          if ((name + turn) % 4 === 0) throw new Undone()
          events.push(...(await write(tx, { name, turn, last: true })))
        })
        if ((name + turn) % 4 === 0) await assert.rejects(work, Undone)
        else {
          await work
          kept.push(...events.map(({ id }) => id))
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_, name) => writer(name)))
    running = false
    await sealer
    await sealAll()
    assert.deepEqual((await stored()).toSorted(), kept.toSorted())
    assert.ok(kept.length > 200)
    await whole()
  })

  it('waits for a transaction that is open for long, and then loses nothing', async () => {
    await write(db, { before: true })
    const opened = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const slow = db.transaction().execute(async (tx) => {
      await write(tx, { slow: 1 })
      opened.resolve()
      await released.promise
      await write(tx, { slow: 2 })
    })
    await opened.promise
    for (let times = 0; times < 5; times++) await write(db, { times })
    await sealTo(1)
    for (let times = 0; times < 3; times++)
      assert.equal(await seal(db, now), 0, 'only what came before the open one')
    released.resolve()
    await slow
    await sealTo(8)
    const seals = await sealed()
    assert.equal(new Set(seals.slice(1, 3).map(({ tx }) => tx)).size, 1, 'the slow one comes first')
    await whole()
  })

  it('by several servers at once seals nothing twice', async () => {
    for (let round = 0; round < 5; round++) {
      for (let times = 0; times < 6; times++) await write(db, { round, times })
      await Promise.all(Array.from({ length: 4 }, () => seal(db, now)))
    }
    await sealAll()
    assert.equal((await sealed()).length, 30)
    await whole()
  })

  it('goes through more than one batch, within one transaction too', async () => {
    await db.transaction().execute(async (tx) => {
      await write(tx, ...Array.from({ length: 2300 }, (_, index) => ({ index })))
    })
    await sealTo(2300)
    await whole()
  })
})

describe('the chain', () => {
  const count = 7
  const at = 4
  beforeEach(async () => {
    for (let index = 1; index <= count; index++) await write(db, { index })
    await sealAll()
  })

  const eventAt = (position: number) =>
    sql`(select event_id from event_seal where position = ${position})`
  const found = (...tampers: RawBuilder<unknown>[]): Promise<Verdict['broken']> =>
    undone(async (tx) => {
      for (const tamper of tampers) await tamper.execute(tx)
      const { broken } = await verify(tx)
      return broken
    })
  const change = (what: RawBuilder<unknown>, position = at) =>
    sql`update event set ${what} where id = ${eventAt(position)}`

  it('tells a changed payload, however it is hidden', async () => {
    const forged = sql`payload = '{"index": 99}'`
    const broken = { position: at, reason: 'payload' }
    assert.deepEqual(await found(change(forged)), broken)
    assert.deepEqual(await found(change(sql`payload = '{"index": 4, "more": 1}'`)), broken)
    assert.deepEqual(await found(change(sql`payload = '{"index": "4"}'`)), broken)
    assert.deepEqual(await found(change(sql`payload = '{}'`)), broken)
    assert.deepEqual(await found(change(sql`payload = null`)), broken)
    assert.deepEqual(await found(change(sql`salt = '\\x00'`)), broken)
    assert.deepEqual(await found(change(sql`payload = '{"index": 99}', salt = null`)), broken)
  })

  it('tells who, what, when and about what was changed', async () => {
    const broken = { position: at, reason: 'chain' }
    for (const what of [
      sql`actor_id = 12`,
      sql`kind = 'thing.undone'`,
      sql`at = at + interval '1 second'`,
      sql`subject_kind = 'other'`,
      sql`subject_id = gen_random_uuid()`,
      sql`digest = sha256('x')`,
    ])
      assert.deepEqual(await found(change(what)), broken)
  })

  it('tells a forged seal', async () => {
    const seal = (what: RawBuilder<unknown>, position = at) =>
      sql`update event_seal set ${what} where position = ${position}`
    assert.deepEqual(await found(seal(sql`chain = sha256('x')`)), { position: at, reason: 'chain' })
    const both = [change(sql`digest = sha256('x')`), seal(sql`digest = sha256('x')`)]
    assert.deepEqual(await found(...both), { position: at, reason: 'chain' })
    const swap = sql`update event_seal a set tx = b.tx, event_id = b.event_id, digest = b.digest
      from event_seal b where (a.position, b.position) in ((${at}, ${at + 1}), (${at + 1}, ${at}))`
    assert.deepEqual(await found(swap), { position: at, reason: 'chain' })
    const renumbered = sql`update event_seal set position = position + 1000 where position >= ${at}`
    assert.deepEqual(await found(renumbered), { position: at, reason: 'missing' })
  })

  it('tells an event that is gone, moved, or slipped in', async () => {
    const gone = sql`delete from event where id = ${eventAt(at)}`
    assert.deepEqual(await found(gone), { position: at, reason: 'missing' })
    const unsealed = sql`delete from event_seal where position = ${at}`
    assert.deepEqual(await found(gone, unsealed), { position: at, reason: 'missing' })
    assert.deepEqual(await found(change(sql`customer_id = gen_random_uuid()`)), {
      position: at,
      reason: 'missing',
    })
    assert.deepEqual(await found(change(sql`tx = '9999999'`)), { position: at, reason: 'missing' })
    const slipped = sql`insert into event select customer_id, gen_random_uuid(), at, kind, actor_id,
      subject_kind, subject_id, payload, salt, digest, tx, era from event where id = ${eventAt(at)}`
    const { position, reason } = (await found(slipped)) ?? {}
    assert.equal(reason, 'unsealed')
    assert.ok(position === at || position === at + 1)
  })

  it('holds when what was personal is erased', async () => {
    const erased = change(sql`payload = null, salt = null`)
    assert.equal(await found(erased), undefined)
    assert.deepEqual(await found(erased, change(sql`kind = 'x'`)), {
      position: at,
      reason: 'chain',
    })
    await erased.execute(db)
    await write(db, { later: true })
    await sealAll()
    assert.deepEqual(await verify(db), { sealed: count + 1 })
  })
})

it('a month that began before its partition was made stays whole, the next ones get theirs', async () => {
  await write(db, { early: true })
  const now = new Date()
  await ensurePartitions({ db, now: now.toISOString() })
  await write(db, { late: true })
  await sealAll()
  await whole()
  const { rows } = await sql<{ name: string }>`select inhrelid::regclass::text as name
    from pg_inherits where inhparent = 'event'::regclass order by 1`.execute(db)
  const next = (ahead: number) =>
    `event_${new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7).replace('-', '_')}`
  assert.deepEqual(
    rows.map(({ name }) => name),
    [next(1), next(2), 'event_rest'],
  )
})

it('a payload is proven by what is stored of it, whatever it holds', async () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'))
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }),
    fc.constantFrom<unknown>(1e21, 5e-324, -0, 0.1 + 0.2, 2 ** 53, 1.0, '2026-11-21', undefined),
  )
  const payloads = fc.array(fc.dictionary(text, value, { maxKeys: 4 }), {
    minLength: 1,
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(payloads, async (list) => {
      const storable = list.filter((each) => !JSON.stringify(each).includes('\\u0000'))
      await write(db, ...storable)
      await sealAll()
      const { broken } = await verify(db)
      assert.equal(broken, undefined)
    }),
    { numRuns: 25 },
  )
})
