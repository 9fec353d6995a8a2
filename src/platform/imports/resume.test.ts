import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import type { Counts } from './contract.ts'
import { checkImport, runImport } from './work.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const wipe = () =>
  sql`delete from contact; delete from search_document; delete from customer where number <> 'HOME'`.execute(
    house.db,
  )
const stored = async () => {
  const rows = await house.db
    .selectFrom('customer')
    .select('name')
    .where('number', '!=', 'HOME')
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}
const sum = ({ created, updated, skipped, failed }: Counts) => created + updated + skipped + failed

/** 1,300 customers: three batches, one row in a hundred without a name. */
const names = Array.from({ length: 1300 }, (_, i) =>
  i % 100 === 50 ? '' : `客户${String(i).padStart(4, '0')}`,
)
const file = csvFile([
  ['客户名称', '电话'],
  ...names.map((name, i) => [name, `139${10000000 + i}`]),
])
const wanted = names.filter((name) => name !== '')

/** A worker that asks the time this often, twice before the first batch, and goes no further after that batch. */
const dyingAfter = (steps: number) => {
  const death = new AbortController()
  let left = steps
  return {
    db: house.db,
    signal: death.signal,
    clock: () => {
      if (left-- <= 0) death.abort(new Error('killed'))
      return new Date().toISOString()
    },
  }
}

describe('a job that is killed', () => {
  it('goes on where it was, without doubling or losing a row', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const { id } = await by.upload('大.csv', file)
    await by.start(id, 'check')
    await assert.rejects(checkImport(dyingAfter(3), id), /killed/)
    const half = await by.get(id)
    assert.equal(half.status, 'checking')
    assert.ok(half.counts.read > 0 && half.counts.read < names.length)
    await house.work()
    assert.equal((await by.get(id)).counts.failed, 13)
    await by.start(id, 'run')
    await assert.rejects(runImport(dyingAfter(3), id), /killed/)
    const part = (await stored()).length
    assert.ok(part > 0 && part < wanted.length, String(part))
    assert.equal((await by.get(id)).counts.created, part)
    await runImport({ db: house.db }, id)
    assert.deepEqual(await stored(), wanted)
    const { counts, status } = await by.get(id)
    assert.deepEqual([status, counts.read, counts.created, counts.failed], ['done', 1300, 1287, 13])
    assert.equal((await by.problems(id)).length, 13)
    const left = await house.db.selectFrom('import_key').select('id').execute()
    assert.equal(left.length, 0)
  })

  it('is harmless when two workers take it at once', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const { id } = await by.upload('两个.csv', file)
    await by.check(id)
    await by.start(id, 'run')
    await Promise.all([runImport({ db: house.db }, id), runImport({ db: house.db }, id)])
    await runImport({ db: house.db }, id)
    assert.deepEqual(await stored(), wanted)
    assert.equal((await by.get(id)).counts.created, 1287)
  })

  it('is taken up again by the next worker after a silence', async () => {
    await wipe()
    const by = importing(house, house.ann)
    const { id } = await by.upload('静.csv', file)
    await by.check(id)
    await by.start(id, 'run')
    await sql`delete from graphile_worker._private_jobs where task_id =
      (select id from graphile_worker._private_tasks where identifier = 'imports:work')`.execute(
      house.db,
    )
    await sql`update import set updated_at = now() - interval '2 minutes' where id = ${id}`.execute(
      house.db,
    )
    await sql`select graphile_worker.add_job('imports:resume')`.execute(house.db)
    await house.work()
    await house.work()
    assert.equal((await by.get(id)).status, 'done')
    assert.deepEqual(await stored(), wanted)
  })
})

it('a cancelled run stops between batches; what was taken over stays and is counted', async () => {
  await wipe()
  const by = importing(house, house.ann)
  const { id } = await by.upload('取消.csv', file)
  await by.check(id)
  await by.start(id, 'run')
  await assert.rejects(runImport(dyingAfter(3), id), /killed/)
  const cancelled = await house.ann.call('POST', `/imports/${id}/cancellation`)
  assert.equal(cancelled.status, 200)
  const before = await stored()
  await house.work()
  assert.deepEqual(await stored(), before)
  const { status, counts } = await by.get(id)
  assert.deepEqual([status, counts.created, sum(counts)], ['cancelled', before.length, counts.read])
  assert.equal((await house.ann.call('POST', `/imports/${id}/cancellation`)).status, 409)
  await by.set(id, { mode: 'both' })
  await by.check(id)
  await by.run(id)
  assert.deepEqual(await stored(), wanted)
})

it('whatever a file holds: the sums add up, the check foretells the run, and the database agrees', async () => {
  const cell = {
    name: fc.constantFrom(
      '',
      '甲公司',
      '乙公司',
      '丙公司',
      '=1+1',
      '丁\u200b公司',
      '超'.repeat(300),
    ),
    phone: fc.constantFrom(
      '',
      '13900000001',
      '13900000002',
      '+86 139 0000 0002',
      '139',
      '13900000001/13900000003',
    ),
    stage: fc.constantFrom('', '潜在', 'active', '成交了'),
    owner: fc.constantFrom('', '安销售', 'eve', '查无此人'),
    contact: fc.constantFrom('', '王芳', '李伟'),
    position: fc.constantFrom('', '经理', '总监'),
  }
  const rows = fc.array(fc.record(cell).map(Object.values<string>), { minLength: 1, maxLength: 12 })
  const header = ['客户名称', '电话', '阶段', '负责人', '联系人', '联系人职务']
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom('insert', 'update', 'both'),
      fc.constantFrom('phones', 'name'),
      fc.constantFrom('ann', 'root'),
      async (table, mode, key, who) => {
        const by = importing(house, house[who])
        const before = (await stored()).length
        const { id } = await by.upload('任意.csv', csvFile([header, ...table]))
        await by.set(id, { mode, key })
        const foretold = (await by.check(id)).counts
        const foretoldProblems = await by.problems(id)
        const { status, counts } = await by.run(id)
        assert.equal(status, 'done')
        assert.equal(
          counts.read,
          table.filter((row) => row.some((text) => text.trim() !== '')).length,
        )
        assert.equal(sum(counts), counts.read)
        assert.deepEqual(counts, foretold)
        assert.deepEqual(await by.problems(id), foretoldProblems)
        assert.equal((await stored()).length, before + counts.created)
        const failed = foretoldProblems.filter((each) => each.level === 'error')
        assert.equal(new Set(failed.map((each) => each.row)).size, counts.failed)
      },
    ),
    { numRuns: 25 },
  )
  assert.deepEqual(house.faults, [])
})
