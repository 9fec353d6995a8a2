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

const added = async (name: string, zh: string, more: object = {}): Promise<Field> => {
  const definition = { name, kind: 'text', label: { zh, en: '' }, ...more }
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

const bodyOf = ({ body }: { body: Record<string, unknown> }) => body

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
      assert.equal((await by.set(id, { mode: 'both', key: 'name' })).status, 'uploaded')
      const again = await house.ann.call('POST', `/imports/${id}/check`)
      assert.deepEqual([again.status, bodyOf(again).reason], [409, 'import_field_gone'])
      await restore(field)
      await by.check(id)
      const { status, counts } = await by.run(id)
      assert.deepEqual([status, counts.created, counts.failed], ['done', 19, 0])
      assert.deepEqual(await stored(), { all: 520, held: 520 })
    })
})

it('undoing puts back what a field held that was retired since, for when it is restored', async () => {
  const text = await added('x_kept', '留存', { sort: true })
  const place = await added('x_place', '地点', { kind: 'region' })
  const card = await added('x_card', '证件', { kind: 'idNumber' })
  const values = { x_kept: '旧值', x_place: '330106', x_card: '11010519491231002X' }
  const made = await house.ann.call('POST', '/customers', { body: { name: '撤户', ...values } })
  const { id: customer_id } = bodyOf(made)
  const stored = async () => {
    const { rows } = await sql<{ custom: Record<string, string> }>`
      select custom from customer where id = ${customer_id}`.execute(house.db)
    const { x_card: _, ...custom } = rows[0]?.custom ?? {}
    return custom
  }
  const before = await stored()
  const by = importing(house, house.ann)
  const { id } = await by.whole(
    '撤.csv',
    csvFile([
      ['客户名称', '留存', '地点', '证件'],
      ['撤户', '新值', '浙江省杭州市上城区', '440308199901011512'],
    ]),
    { mode: 'both', key: 'name' },
  )
  assert.equal((await stored()).x_kept, '新值')
  for (const field of [text, place, card]) await retire(field)
  assert.equal((await house.ann.call('POST', `/imports/${id}/undo`)).status, 202)
  await house.work()
  const { status, undo } = await by.get(id)
  assert.deepEqual([status, undo?.done, undo?.kept], ['undone', 1, 0])
  assert.deepEqual(await stored(), before)
  for (const field of [text, place, card]) await restore(field)
  const after = bodyOf(await house.ann.call('GET', `/customers/${customer_id}`))
  const shown = Object.fromEntries(Object.keys(values).map((name) => [name, after[name]]))
  assert.deepEqual(shown, values)
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
  const { rows } = await sql`select note, custom ? 'x_never' as held, version
    from customer where id = ${key.id}`.execute(house.db)
  assert.deepEqual(rows, [{ note: null, held: false, version: 1 }])
})
