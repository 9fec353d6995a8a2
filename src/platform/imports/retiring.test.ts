import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type KyselyPlugin, sql } from 'kysely'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { system } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import { change, insert } from '../records/records.ts'
import { runImport } from './work.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

type Field = { id: string; version: number }

const added = async (name: string, zh: string): Promise<Field> => {
  const definition = { name, kind: 'text', label: { zh, en: '' } }
  const answer = await house.root.call('POST', '/fields', {
    body: { entity: 'customer', definition },
  })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const retire = async ({ id, version }: Field) =>
  assert.equal((await house.root.call('DELETE', `/fields/${id}`, { version })).status, 200)
const restore = async ({ id, version }: Field) => {
  const answer = await house.root.call('POST', `/fields/${id}/restoration`, {
    version: version + 1,
  })
  assert.equal(answer.status, 200, answer.raw.toString())
}

const placeOf = ({ body }: { body: { errors: { path: string }[] } }) => body.errors[0]?.path

/** Does this once the rows of the second batch are about to be written. */
const amidSecondBatch = (deed: () => Promise<void>): KyselyPlugin => {
  const seen: unknown[] = []
  return {
    transformQuery: ({ node, queryId }) => {
      const begins = node.kind === 'RawNode' && node.sqlFragments[0] === 'savepoint import_rows'
      if (begins) seen.push(queryId)
      return node
    },
    transformResult: async ({ result, queryId }) => {
      if (queryId === seen[1]) await deed()
      return result
    },
  }
}

describe('an import one of whose fields is retired while it runs', () => {
  for (const mode of ['insert', 'both'])
    it(`stops, names the column and keeps what is done, in mode ${mode}`, async () => {
      const name = `x_mid_${mode}`
      const heading = `中途${mode}`
      const field = await added(name, heading)
      const firm = (i: number) => `${heading}户${i}`
      const rows = Array.from({ length: 520 }, (_, i) => [firm(i), `值${i}`])
      // The second batch changes one record, besides making others.
      const known = await house.ann.call('POST', '/customers', { body: { name: firm(510) } })
      assert.equal(known.status, 201)
      const stored = async () => {
        const { rows: found } = await sql<{ all: number; held: number }>`
          select count(*)::int as all, count(*) filter (where custom ? ${name})::int as held
          from customer where name like ${`${heading}户%`}`.execute(house.db)
        return found[0]
      }
      const by = importing(house, house.ann)
      const { id } = await by.upload('中途.csv', csvFile([['客户名称', heading], ...rows]))
      await by.set(id, { mode, key: mode === 'both' ? 'name' : null })
      await by.check(id)
      await by.start(id, 'run')
      const db = house.db.withPlugin(amidSecondBatch(() => retire(field)))
      await runImport({ db }, id)
      const ended = await by.get(id)
      assert.deepEqual(
        [ended.status, ended.reason, ended.facts],
        ['failed', 'import_field_gone', { column: heading }],
      )
      assert.deepEqual([ended.counts.read, ended.counts.created], [500, 500])
      assert.deepEqual(await stored(), { all: 501, held: 500 })
      const again = await house.ann.call('POST', `/imports/${id}/check`)
      assert.equal(placeOf(again), 'mapping.1')
      await restore(field)
      await by.set(id, { mode: 'both', key: 'name' })
      await by.check(id)
      const { status, counts } = await by.run(id)
      assert.deepEqual([status, counts.created, counts.failed], ['done', 19, 0])
      assert.deepEqual(await stored(), { all: 520, held: 520 })
    })
})

it('a value for a field that is not there is refused by every write, not dropped', async () => {
  const ctx = { db: house.db, actor: system, now: new Date().toISOString() }
  const refused = (error: unknown) =>
    error instanceof AppError && error.detail.errors?.[0]?.reason === 'unknown_key'
  const names = async () => (await house.db.selectFrom('customer').select('name').execute()).length
  const count = await names()
  for (const extra of [{ x_never: '值' }, { nmae: '错字' }])
    await assert.rejects(insert(ctx, customer, [{ name: '无此栏', ...extra }]), refused)
  assert.equal(await names(), count)
  const [made] = await insert(ctx, customer, [{ name: '有此户' }])
  const key = { id: made?.id ?? '', version: 1 }
  const wrong = { note: '改', x_never: '值' }
  await assert.rejects(change(ctx, customer, key, wrong), refused)
  const { rows } =
    await sql`select note, custom, version from customer where id = ${key.id}`.execute(house.db)
  assert.deepEqual(rows, [{ note: null, custom: {}, version: 1 }])
})
