import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import type { BulkRun } from './contract.ts'
import { work } from './work.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

type Row = { id: string; version: number; name: string }
/** A batch of a run has 20. */
const made = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, at): Promise<Row> => {
      const { body } = await house.ann.call('POST', '/customers', { body: { name: `户${at}` } })
      return body
    }),
  )
const begun = async (rows: readonly Row[], field: string, value: unknown): Promise<string> => {
  const body = {
    rows: rows.map(({ id, version }) => ({ id, version })),
    action: { kind: 'edit', field, value },
  }
  const answer = await house.ann.call('POST', '/customers/bulk', { body })
  assert.equal(answer.status, 202, answer.raw.toString())
  return (answer.body as BulkRun).id
}
const told = async (id: string): Promise<BulkRun> =>
  (await house.ann.call('GET', `/bulk/${id}`)).body
const ended = async (id: string) => {
  const { status, reason, done, failed } = await told(id)
  return { status, reason, done, failed }
}
/** How many of them hold the value, and how often they were changed. */
const stored = async (rows: readonly Row[], field: string, value: string) => {
  const ids = rows.map(({ id }) => id)
  const found = await sql<{ version: number }>`select version from customer
    where id = any(${ids}::uuid[]) and to_jsonb(customer) ->> ${field} = ${value}`.execute(house.db)
  return found.rows.map(({ version }) => version)
}
const jobsOf = async (id: string) => {
  const { rows } = await sql<{ locked: boolean; attempts: number }>`select
      locked_at is not null as locked, attempts from graphile_worker.jobs
    where task_identifier = 'bulk:work' and (key = ${`bulk:${id}`} or locked_by = 'killed')
    order by 1`.execute(house.db)
  return rows
}

/** From now on whoever changes the customer of this name, in the second batch, meets this error of the database. */
const broken = async (code: string) => {
  await sql`create or replace function broken() returns trigger language plpgsql as
    ${sql.raw(`$$ begin raise exception 'broken' using errcode = '${code}'; end $$`)}`.execute(
    house.db,
  )
  await sql`create trigger broken before update on customer for each row
    when (old.name = '户22') execute function broken()`.execute(house.db)
}
const mended = () => sql`drop trigger if exists broken on customer`.execute(house.db)
afterEach(mended)
/** The next attempt is due, after so many. */
const dueAgain = (id: string, attempts = 1) =>
  sql`update graphile_worker._private_jobs set run_at = now(), attempts = ${attempts}
    where key = ${`bulk:${id}`}`.execute(house.db)

describe('a bulk run that meets what the database refuses', () => {
  it('tells the rows that would hold a value twice, and does the others', async () => {
    await sql`create unique index customer_wechat on customer (wechat)
      where deleted_at is null`.execute(house.db)
    const rows = await made(3)
    const id = await begun(rows, 'wechat', 'one')
    await house.work()
    const { problems } = await told(id)
    assert.deepEqual(await ended(id), { status: 'done', reason: null, done: 1, failed: 2 })
    for (const { path, reason } of problems)
      assert.deepEqual([path, reason], ['wechat', 'value_taken'])
    assert.deepEqual(await stored(rows, 'wechat', 'one'), [2])
    await sql`drop index customer_wechat`.execute(house.db)
  })
})

describe('a bulk run whose field is retired', () => {
  const retired = async (name: string) => {
    const definition = { name, kind: 'text', label: { zh: name, en: '' } }
    const body = { entity: 'customer', definition }
    const { version } = (await house.root.call('POST', '/fields', { body })).body as Row
    return () => house.root.call('DELETE', `/fields/customer.${name}`, { version })
  }

  it('fails with that reason when it has not begun', async () => {
    const retire = await retired('x_before')
    const rows = await made(2)
    const id = await begun(rows, 'x_before', '改')
    assert.equal((await retire()).status, 200)
    await house.work()
    assert.deepEqual(await ended(id), {
      ...{ status: 'failed', reason: 'field_retired', done: 0, failed: 0 },
    })
    assert.deepEqual(await stored(rows, 'name', '户0'), [1])
  })

  it('keeps what was done before when it is in the midst', async () => {
    const retire = await retired('x_midst')
    const rows = await made(25)
    const id = await begun(rows, 'x_midst', '改')
    // The second batch fails for now, and the field goes before it is tried again.
    await broken('57014')
    await assert.rejects(house.work(), /broken/)
    assert.equal((await told(id)).done, 20)
    assert.equal((await retire()).status, 200)
    await mended()
    await dueAgain(id)
    await house.work()
    assert.deepEqual(await ended(id), {
      ...{ status: 'failed', reason: 'field_retired', done: 20, failed: 0 },
    })
    const { rows: held } =
      await sql`select 1 from customer where custom ->> 'x_midst' = '改'`.execute(house.db)
    assert.equal(held.length, 20)
  })
})

describe('a bulk run that meets a fault', () => {
  it('does nothing for somebody who has left', async () => {
    const rows = await made(2)
    const id = await begun(rows, 'note', '离职后')
    const active = (is: boolean) =>
      house.db.updateTable('person').set({ active: is }).where('id', '=', house.ann.id).execute()
    await active(false)
    await house.work()
    await active(true)
    assert.deepEqual(await ended(id), {
      ...{ status: 'failed', reason: 'person_inactive', done: 0, failed: 0 },
    })
    assert.deepEqual(await stored(rows, 'note', '离职后'), [])
  })

  it('fails as a whole with words for it; what was done before stays', async () => {
    await broken('XX000')
    const rows = await made(25)
    const id = await begun(rows, 'note', '坏')
    await assert.rejects(house.work(), /broken/)
    assert.deepEqual(await ended(id), {
      ...{ status: 'failed', reason: 'unexpected_fault', done: 20, failed: 0 },
    })
    assert.equal((await stored(rows, 'note', '坏')).length, 20)
  })

  it('waits for what may pass, and fails with its reason at the last attempt', async () => {
    await broken('57014')
    const rows = await made(25)
    const id = await begun(rows, 'note', '慢')
    await assert.rejects(house.work(), /broken/)
    assert.deepEqual(await ended(id), { status: 'running', reason: null, done: 20, failed: 0 })
    await dueAgain(id, 7)
    await house.work()
    assert.deepEqual(await ended(id), {
      ...{ status: 'failed', reason: 'took_too_long', done: 20, failed: 0 },
    })
  })
})

describe('a bulk run whose server was killed', () => {
  const resume = () =>
    sql`select graphile_worker.add_job('bulk:resume')`.execute(house.db).then(() => house.work())
  const silent = (id: string) =>
    sql`update bulk_run set updated_at = now() - interval '2 minutes' where id = ${id}`.execute(
      house.db,
    )
  const killed = (id: string) =>
    sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed', attempts = 1
      where key = ${`bulk:${id}`}`.execute(house.db)

  it('is taken up after a silence, not before, and does no row twice', async () => {
    const rows = await made(25)
    const id = await begun(rows, 'note', '续')
    await killed(id)
    await resume()
    assert.deepEqual(await ended(id), { status: 'running', reason: null, done: 0, failed: 0 })
    await silent(id)
    await resume()
    assert.deepEqual(await ended(id), { status: 'done', reason: null, done: 25, failed: 0 })
    assert.deepEqual(
      await stored(rows, 'note', '续'),
      rows.map(() => 2),
    )
    // The killed one is set free in the end, and finds nothing to do.
    await sql`select graphile_worker.force_unlock_workers(array['killed'])`.execute(house.db)
    await house.work()
    assert.deepEqual(await jobsOf(id), [])
    assert.deepEqual(
      await stored(rows, 'note', '续'),
      rows.map(() => 2),
    )
  })

  it('is left alone while it waits for its next attempt', async () => {
    const id = await begun(await made(1), 'note', '等')
    await sql`update graphile_worker._private_jobs set run_at = now() + interval '5 minutes', attempts = 3
      where key = ${`bulk:${id}`}`.execute(house.db)
    await silent(id)
    await resume()
    assert.equal((await told(id)).status, 'running')
    assert.deepEqual(await jobsOf(id), [{ locked: false, attempts: 3 }])
  })

  it('is harmless when two take it at once', async () => {
    const rows = await made(25)
    const id = await begun(rows, 'note', '两')
    await Promise.all([work({ db: house.db }, id), work({ db: house.db }, id)])
    assert.deepEqual(await ended(id), { status: 'done', reason: null, done: 25, failed: 0 })
    assert.deepEqual(
      await stored(rows, 'note', '两'),
      rows.map(() => 2),
    )
    await house.work()
  })
})
