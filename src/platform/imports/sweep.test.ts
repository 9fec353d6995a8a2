import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { storage } from '../files/storage.ts'
import { jobs } from './jobs.ts'

const now = '2026-11-26T02:00:01.000Z'
let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => now })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const sweep = () =>
  jobs
    .find(({ name }) => name === 'imports:sweep')
    ?.run({ db: house.db, now, signal: undefined }, {})
const kept = async (id: string) => {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from import_row where import_id = ${id}) as rows,
    (select count(*)::int from import_problem where import_id = ${id}) as problems,
    (select count(*)::int from file f join import i on f.id = i.file_id where i.id = ${id}) as files`.execute(
    house.db,
  )
  return rows[0]
}
/** Work goes by the clock of the machine. */
const restsSince = (id: string, at: string) =>
  sql`update import set updated_at = ${at} where id = ${id}`.execute(house.db)
const table = (name: string) =>
  csvFile([['客户名称'], [name], ['']].map(([each = '']) => [each, '茶']))

describe('imports that rest', () => {
  it('lose file, failed rows and undo after the days that are set, never their history', async () => {
    const by = importing(house, house.ann)
    const [old, waiting] = [
      await by.whole('旧.csv', table('旧客户')),
      await by.upload('未导.csv', table('未导')),
    ]
    await sql`update import set status = 'undoing' where id = ${waiting.id}`.execute(house.db)
    assert.equal(
      (await house.mei.call('PUT', '/import-settings', { body: { kept_days: 5 } })).status,
      403,
    )
    assert.equal(
      (await house.root.call('PUT', '/import-settings', { body: { kept_days: 0 } })).status,
      400,
    )
    const set = await house.root.call('PUT', '/import-settings', { body: { kept_days: 5 } })
    assert.equal(set.status, 200)
    assert.deepEqual((await house.bob.call('GET', '/import-settings')).body, { kept_days: 5 })
    const young = await by.whole('新.csv', table('新客户'))
    await restsSince(old.id, '2026-11-21T02:00:00.000Z')
    await restsSince(waiting.id, '2026-11-01T02:00:00.000Z')
    await restsSince(young.id, '2026-11-21T02:00:02.000Z')
    const { rows } = await sql<{ sha256: string }>`select f.sha256 from file f
      join import i on i.file_id = f.id where i.id = ${old.id}`.execute(house.db)
    const content = storage().path(rows[0]?.sha256 ?? '')
    assert.ok(existsSync(content))
    await sweep()
    assert.deepEqual(await kept(old.id), { rows: 0, problems: 0, files: 0 })
    assert.deepEqual(await kept(young.id), { rows: 1, problems: 1, files: 1 })
    assert.deepEqual(await kept(waiting.id), { rows: 0, problems: 0, files: 1 })
    const after = await by.get(old.id)
    assert.deepEqual(
      [after.swept_at, after.status, after.counts, after.file_name, after.preview],
      [now, 'done', old.counts, '旧.csv', []],
    )
    assert.equal((await by.get(young.id)).swept_at, null)
    for (const [method, path] of [
      ['GET', 'undo'],
      ['POST', 'undo'],
      ['GET', 'file'],
      ['GET', 'failures'],
      ['POST', 'check'],
    ] as const) {
      const { status, body } = await house.ann.call(method, `/imports/${old.id}/${path}`)
      assert.deepEqual([status, (body as { reason: string }).reason], [409, 'import_swept'], path)
    }
    assert.deepEqual(await by.problems(old.id), [])
    const there = await house.ann.call('GET', '/customers', { query: { q: '旧客户' } })
    assert.equal((there.body as { items: [] }).items.length, 1)
    await sql`update import set status = 'uploaded' where id = ${waiting.id}`.execute(house.db)
    await Promise.all([sweep(), sweep()])
    assert.equal((await by.get(waiting.id)).swept_at, now)
    const undone = await house.ann.call('POST', `/imports/${young.id}/undo`)
    assert.equal(undone.status, 202)
    await house.work()
  })
})
