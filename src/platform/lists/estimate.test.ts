import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { system } from '../database/ctx.ts'
import { estimates } from './estimate.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
  await sql`create table many as select n, n % 10 as digit from generate_series(1, 50000) n`.execute(
    house.db,
  )
  await sql`analyze many`.execute(house.db)
})
after(() => house.close())

describe('estimates', () => {
  const near = (rows: number | undefined, wanted: number) =>
    assert.ok(rows !== undefined && Math.abs(rows / wanted - 1) < 0.2, `${rows} for ${wanted}`)
  const all = sql`select 1 from many`
  const tenth = sql`select 1 from many where digit = 3`

  it('are those of each query, though what is reckoned once stands among them', async () => {
    const once = sql`select 1 from many where digit = any(array(
      with recursive d as (select 3 as n union select n from d) select n from d))`
    const [first, second] = await estimates({ ...house.ctx, actor: system }, [once, tenth])
    assert.ok(first !== undefined && first > 0)
    near(second, 5000)
  })

  it('are those of the whole query where workers would share it', async () => {
    await house.db.transaction().execute(async (db) => {
      await sql`set local parallel_setup_cost = 0`.execute(db)
      await sql`set local parallel_tuple_cost = 0`.execute(db)
      await sql`set local min_parallel_table_scan_size = 0`.execute(db)
      const [whole, part] = await estimates({ db, actor: system, now: house.ctx.now }, [all, tenth])
      near(whole, 50_000)
      near(part, 5000)
    })
  })
})
