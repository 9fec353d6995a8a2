import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Actor, system } from '../database/ctx.ts'
import { type Field, isWritten } from '../fields/field.ts'
import { insert } from '../records/records.ts'
import { exporting } from './exports.ts'

let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-21T02:00:00.000Z' })
})
after(() => house.close())

const wipe = () =>
  sql`delete from contact; delete from search_document; delete from customer where number <> 'HOME'`.execute(
    house.db,
  )
const made = async (values: Record<string, unknown>, by = house.ann) => {
  const answer = await by.call('POST', '/customers', { body: { owner_id: by.id, ...values } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string }
}
const exported = async (query: Record<string, unknown>, by = house.root, path = '/customers') => {
  const answer = await by.call('GET', `${path}/export`, { query })
  assert.equal(answer.status, 200, answer.raw.toString())
  return { ...answer, rows: await tableRows(answer.raw) }
}

describe('an export', () => {
  it('holds what the list shows, in its order, as labels, names and times of China', async () => {
    await wipe()
    await made({
      name: '西湖茶业',
      stage: 'active',
      phones: ['13800138000', '0571-88886666'],
      region: '330106',
    })
    await made({
      name: '长安汽车',
      staff_count: 120,
      tags: ['a,b', '老客户'],
      birthday_lunar: true,
    })
    for (const format of ['csv', 'xlsx']) {
      const columns = 'name,stage,owner_id,phones,region,tags,staff_count,birthday_lunar,created_at'
      const { rows, headers } = await exported({ format, columns, sort: '-name' })
      assert.deepEqual(rows, [
        ['名称', '阶段', '负责人', '电话', '地区', '标签', '人员规模', '过农历生日', '建立时间'],
        [
          '西湖茶业',
          '成交',
          '安销售',
          '13800138000、0571-88886666',
          '浙江省杭州市西湖区',
          '',
          '',
          '',
          '2026-11-21 10:00:00',
        ],
        ['长安汽车', '潜在', '安销售', '', '', '"a,b"、老客户', '120', '是', '2026-11-21 10:00:00'],
      ])
      const name = encodeURIComponent(`客户_20261121_管理员.${format}`)
      assert.ok(String(headers['content-disposition']).includes(name))
    }
  })

  it('asks the same question as the list', async () => {
    const filter = { field: 'stage', is: 'eq', value: 'active' }
    const { rows } = await exported({ format: 'csv', columns: 'name', filter, q: '西湖' })
    assert.deepEqual(rows, [['名称'], ['西湖茶业']])
    const broken = await exported({ format: 'csv', columns: 'name', q: '西湖\0茶业' })
    assert.deepEqual(broken.rows, [['名称'], ['西湖茶业']])
    for (const value of ['西湖\0', '\ud83d', '茶\u0007业'])
      for (const is of ['eq', 'contains', 'in']) {
        const odd = { field: 'name', is, value: is === 'in' ? [value] : value }
        const query = { filter: odd }
        const listed = await house.root.call('GET', '/customers', { query })
        assert.deepEqual((listed.body as { items: [] }).items, [], `${is} ${JSON.stringify(value)}`)
        const { rows } = await exported({ format: 'csv', columns: 'name', filter: odd })
        assert.deepEqual(rows, [['名称']])
        const started = await house.root.call('POST', '/customers/exports', {
          body: { filter: odd, columns: ['name'] },
        })
        assert.equal(started.status, 202)
      }
  })

  it('speaks English to a reader of English', async () => {
    await house.root.call('PATCH', '/me', { body: { locale: 'en' } })
    const { rows } = await exported({ format: 'csv', columns: 'name,stage', q: '西湖' })
    await house.root.call('PATCH', '/me', { body: { locale: 'zh' } })
    assert.deepEqual(rows, [
      ['Name', 'Stage'],
      ['西湖茶业', 'Active'],
    ])
  })

  it('is refused without the permission and for columns that are not there, and leaves an event', async () => {
    assert.equal((await house.bob.call('GET', '/customers/export')).status, 403)
    assert.equal((await house.ann.call('GET', '/customers/export')).status, 403)
    const refused = await house.root.call('GET', '/customers/export', {
      query: { columns: 'name,secret' },
    })
    assert.equal(refused.status, 400)
    await exported({ format: 'csv', columns: 'name,phones' }, house.mei)
    const event = await sql<{
      actor_id: number
      payload: unknown
    }>`select actor_id, payload from event
      where kind = 'customer.exported' order by id desc limit 1`.execute(house.db)
    assert.deepEqual(event.rows, [
      { actor_id: house.mei.id, payload: { count: 2, format: 'csv', columns: ['name', 'phones'] } },
    ])
  })

  it('counts the rows that it wrote; the database counts them once, for the line above', async () => {
    const query = { format: 'csv', columns: 'name', q: '西湖' }
    const { sql: sent } = await house.statements(() => exported(query))
    assert.equal(sent.filter((each) => /select count\(/.test(each)).length, 1, sent.join('\n'))
    const { rows } = await sql<{
      count: number
    }>`select (payload->>'count')::int as count from event
      where kind = 'customer.exported' order by id desc limit 1`.execute(house.db)
    assert.deepEqual(rows, [{ count: 1 }])
  })

  it('leaves an event of what was read until it broke off', async () => {
    const ctx = { db: house.db, now: house.ctx.now, actor: system }
    const file = await exporting(customer)(ctx, { format: 'csv', q: '西湖' })
    for await (const _chunk of file.body) break
    await house.db.transaction().execute(async (tx) => file.ended?.(tx))
    const { rows } = await sql`select 1 from event
      where kind = 'customer.exported' and actor_id is null`.execute(house.db)
    assert.equal(rows.length, 1)
  })

  it('masks what its reader sees masked and leaves out what is hidden', async () => {
    const right: Actor['right'] = (_entity, name) =>
      name === 'phones' ? 'masked' : name === 'note' ? 'hidden' : 'read'
    const file = await exporting(customer)(
      { db: house.db, now: house.ctx.now, actor: { ...system, right } },
      { format: 'csv', q: '西湖' },
    )
    const [titles = [], row = []] = await tableRows(Buffer.concat(await Array.fromAsync(file.body)))
    assert.equal(row[titles.indexOf('电话')], '138****8000、057*-****6666')
    assert.ok(!titles.includes('备注'))
  })

  it('names the customer of what belongs to one, and walks pages of a thousand', async () => {
    const { id } = await made({ name: '联系人多' })
    const contacts = Array.from({ length: 2100 }, (_, i) => ({ customer_id: id, name: `人${i}` }))
    const { contact } = await import('#customers/contacts/fields.ts')
    await house.db
      .transaction()
      .execute((db) => insert({ ...house.ctx, db, now: house.ctx.now }, contact, contacts))
    const { rows } = await exported({ format: 'csv' }, house.root, '/contacts')
    assert.equal(rows.length, 2101)
    assert.deepEqual(rows[0]?.slice(0, 3), ['客户', '客户编号', '姓名'])
    assert.equal(new Set(rows.map((row) => row[2])).size, 2101)
    assert.equal(rows[1]?.[0], '联系人多')
  })
})

it('no cell is computed by a spreadsheet, with full-width signs neither', async () => {
  await wipe()
  const names = ['=cmd|1', '＝1+1', '+1+1', '＠SUM(A1)', '-2+3', '－2', "'=1", '\u3000=1']
  for (const name of names) await made({ name, note: `\t${name}` })
  const { raw } = await exported({ format: 'csv', columns: 'name,note' })
  const text = raw.toString()
  assert.ok(text.startsWith('\uFEFF'))
  for (const cell of text.slice(1).split(/[,\r\n]+/))
    assert.doesNotMatch(cell, /^"?\s*[=+\-@＝＋－＠]/)
  const { rows } = await exported({ format: 'xlsx', columns: 'name' })
  assert.deepEqual(rows.slice(1).flat().sort(), names.map((name) => name.trim()).sort())
})

const written = Object.entries<Field>(customer.fields).filter(([, field]) => isWritten(field))

/** What a person may type into a field: its values, and texts that trip readers of tables. */
const typed = (field: Field): fc.Arbitrary<unknown> => {
  const nasty = fc.array(
    fc.constantFrom(...'=＝+-@\'" ,，;；、/\n\t<&>甲é𠮷0', '_x0041_', '#N/A'),
    { maxLength: 8 },
  )
  const text = fc.oneof(
    nasty.map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  const phone = fc.constantFrom(
    '13800138000',
    '0571-88886666-801',
    '+14155550123',
    '微信同号',
    '-123, 4',
  )
  const values = field.choices?.map((each) => each.value) ?? []
  if (values.length > 0) return fc.constantFrom(...values)
  if (field.open) return fc.constantFrom('茶友会', '偶遇')
  if (field.kind === 'bool') return fc.boolean()
  if (field.kind === 'integer') return fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })
  if (field.kind === 'date') return fc.constantFrom('1987-02-28', '2024-02-29', '1066-10-14')
  if (field.kind === 'region') return fc.constantFrom('330106', '110100', '820000', '500112')
  if (field.kind === 'person') return fc.constantFrom(house.ann.id, house.eve.id)
  if (field.kind === 'email') return fc.constantFrom('a@b.cn', "+'x@例子.cn")
  if (field.kind === 'link') return fc.constantFrom('https://b.cn/?a=1,2', 'http://例子.cn')
  if (field.kind === 'code') return fc.constantFrom('91330106MA2XXXXX1Y', '007', '－1')
  if (field.kind === 'phones') return fc.array(phone, { maxLength: 3 })
  return field.kind === 'tags' ? fc.array(text, { maxLength: 3 }) : text
}

const anyCustomer = () =>
  fc
    .record(
      Object.fromEntries(
        written.map(([name, field]) => [name, fc.option(typed(field), { freq: 3 })]),
      ),
    )
    .map((values) => readAll({ ...values, name: values.name ?? '无名' }))
    .filter((values) => values !== undefined)

/** As the door reads a body: null leaves out, what a field refuses is not a customer. */
const readAll = (values: Record<string, unknown>) => {
  const row: Record<string, unknown> = {}
  for (const [name, field] of written) {
    if (values[name] === null || values[name] === undefined) continue
    const read = z.safeParse(field.read, values[name])
    if (read.success && read.data !== '') row[name] = read.data
  }
  return row.name === undefined ? undefined : row
}

it('exported, imported into an empty database and exported again, customers are equal', async () => {
  const columns = written.map(([name]) => name).join(',')
  const by = importing(house, house.root)
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCustomer(), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('csv', 'xlsx'),
      fc.constantFrom('zh', 'en'),
      async (customers, format, locale) => {
        await wipe()
        await house.root.call('PATCH', '/me', { body: { locale } })
        await house.db
          .transaction()
          .execute((db) =>
            insert({ ...house.ctx, db, now: house.ctx.now }, customer, customers as never),
          )
        const first = await exported({ format, columns })
        await wipe()
        const { id, mapping } = await by.upload(`往返.${format}`, first.raw)
        assert.deepEqual(
          mapping,
          written.map(([name]) => name),
        )
        await by.set(id, { key: null, owner_id: null })
        await by.check(id)
        const { counts } = await by.run(id)
        assert.equal(counts.created, customers.length, JSON.stringify(await by.problems(id)))
        const second = await exported({ format, columns })
        assert.deepEqual(sorted(second.rows), sorted(first.rows))
        const rows = await house.db
          .selectFrom('customer')
          .selectAll()
          .where('number', '!=', 'HOME')
          .execute()
        const kept = rows.map((row) => JSON.stringify(written.map(([name]) => row[name as 'name'])))
        const given = customers.map((each) =>
          JSON.stringify(
            written.map(
              ([name, field]) =>
                each[name] ?? field.initial ?? (field.column === '_text' ? [] : null),
            ),
          ),
        )
        assert.deepEqual(kept.sort(), given.sort())
      },
    ),
    { numRuns: 20 },
  )
  assert.deepEqual(house.faults, [])
})

const sorted = (rows: string[][]) => rows.map((row) => JSON.stringify(row)).sort()
