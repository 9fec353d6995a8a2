import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { task } from '#contact/tasks/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { compile } from '../conditions/compile.ts'
import type { Condition } from '../conditions/condition.ts'
import type { Db } from '../database/database.ts'
import { indexQueue } from '../database/indexes.ts'
import { addJob } from '../jobs/jobs.ts'
import { noteFiltered } from '../lists/filtered.ts'
import { keepFilterIndexes, mostFiltered } from './indexes.ts'
import { load } from './queries.ts'

type Row = Record<string, unknown> & { id: string; name: string; version: number }
type Problem = { reason: string; errors?: { path: string; reason: string }[] }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const label = (zh: string) => ({ zh, en: '' })

const add = async (definition: Record<string, unknown>) => {
  const answer = await house.root.call('POST', '/fields', {
    body: { entity: 'customer', definition },
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  await load({ db: house.db })
}

const make = async (values: Record<string, unknown>): Promise<Row> => {
  const answer = await house.ann.call('POST', '/customers', { body: values })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

const names = async (query: Record<string, unknown>) => {
  const answer = await house.ann.call('GET', '/customers', { query })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return (answer.body as { items: Row[] }).items.map((each) => each.name)
}

describe('custom fields', () => {
  it('of every kind are written, read, changed, filtered and sorted by', async () => {
    const choices = [
      { value: 'a', label: label('甲') },
      { value: 'b', label: label('乙') },
    ]
    await add({ name: 'x_text', kind: 'text', label: label('简称'), sort: true, search: true })
    await add({ name: 'x_count', kind: 'integer', label: label('门店数'), sort: true })
    await add({ name: 'x_rate', kind: 'number', label: label('折扣'), sort: true })
    await add({ name: 'x_sum', kind: 'money', label: label('年采购额'), sort: true })
    await add({ name: 'x_day', kind: 'date', label: label('签约日'), sort: true })
    await add({ name: 'x_at', kind: 'dateTime', label: label('到店时间'), sort: true })
    await add({ name: 'x_yes', kind: 'bool', label: label('开票') })
    await add({ name: 'x_one', kind: 'choice', label: label('级别'), choices })
    await add({ name: 'x_many', kind: 'choices', label: label('产品'), choices })
    await add({ name: 'x_who', kind: 'person', label: label('介绍人') })
    await add({ name: 'x_tel', kind: 'phone', label: label('传真'), search: true })
    const values = {
      x_text: '长沙店',
      x_count: 12,
      x_rate: 0.85,
      x_sum: 1_234_500,
      x_day: '2026-05-06',
      x_at: '2026-05-06T01:02:03.000Z',
      x_yes: true,
      x_one: 'a',
      x_many: ['a', 'b'],
      x_who: house.ann.id,
      x_tel: '0731-88887777',
    }
    const made = await make({ name: '有自定义项', ...values })
    for (const [name, value] of Object.entries(values)) assert.deepEqual(made[name], value, name)
    await make({ name: '无自定义项' })
    const row = await house.db
      .selectFrom('customer')
      .select('custom')
      .where('id', '=', made.id)
      .executeTakeFirstOrThrow()
    assert.equal(row.custom.x_count, 12)

    const tests: [string, string, unknown][] = [
      ['x_text', 'contains', '沙店'],
      ['x_count', 'gte', 12],
      ['x_rate', 'lte', 0.9],
      ['x_sum', 'eq', 1_234_500],
      ['x_day', 'after', '2026-05-06'],
      ['x_at', 'before', '2026-06-01'],
      ['x_yes', 'eq', true],
      ['x_one', 'in', ['a']],
      ['x_many', 'has', 'b'],
      ['x_who', 'eq', 'me'],
    ]
    for (const [field, is, value] of tests)
      assert.deepEqual(await names({ filter: { field, is, value } }), ['有自定义项'], field)
    assert.deepEqual(await names({ filter: { field: 'x_count', is: 'empty' } }), ['无自定义项'])
    for (const field of ['x_text', 'x_count', 'x_rate', 'x_sum', 'x_day', 'x_at']) {
      assert.equal((await names({ sort: field }))[0], '无自定义项', field)
      assert.equal((await names({ sort: `-${field}` }))[0], '有自定义项', field)
    }
    for (const q of ['沙店', 'changsha', '88887777'])
      assert.deepEqual(await names({ q }), ['有自定义项'], q)

    const path = `/customers/${made.id}`
    const changed = await house.ann.call('PATCH', path, {
      body: { x_count: 13, x_many: [], x_day: null },
      version: 1,
    })
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    const after: Row = changed.body
    assert.deepEqual(
      [after.x_count, after.x_many, after.x_day, after.x_sum],
      [13, [], null, 1_234_500],
    )
  })

  it('get the index that their order asks for', async () => {
    await house.work()
    const indexed = await house.db
      .selectFrom('pg_indexes' as never)
      .select('indexdef' as never)
      .where('indexname' as never, 'like', 'custom_customer_%' as never)
      .execute()
    assert.ok(indexed.length >= 6)
  })

  it('get an index for what somebody filtered by, which the filter goes through', async () => {
    await house.work()
    const filters = [
      { field: 'x_text', is: 'eq', value: '长沙店' },
      { field: 'x_count', is: 'gte', value: 12 },
      { field: 'x_day', is: 'after', value: '2026-05-06' },
      { field: 'x_one', is: 'in', value: ['a'] },
      { field: 'x_many', is: 'has', value: 'b' },
      { field: 'x_yes', is: 'eq', value: true },
    ] as const
    for (const filter of filters) {
      // Filters by a field that nobody sorts by are those that had no index.
      const plan = await house.db.transaction().execute(async (tx) => {
        await sql`set local enable_seqscan = off`.execute(tx)
        const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from customer t
          where ${compile({ ...house.ctx, db: tx }, customer, { ...filter, value: filter.value as never })}`.execute(
          tx,
        )
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      const digest = createHash('sha256').update(filter.field).digest('hex').slice(0, 12)
      assert.match(plan, new RegExp(`custom_customer_${digest}_f`), `${filter.field}: ${plan}`)
      assert.match(plan, /Index Cond/, plan)
    }
    const { body } = await house.root.call('GET', '/fields')
    const never = (body as { items: { id: string; definition: { sort?: boolean } }[] }).items.length
    assert.ok(never > filters.length)
    const { rows } = await sql<{ name: string }>`select indexname as name from pg_indexes
      where indexname like 'custom\\_customer\\_%\\_f'`.execute(house.db)
    // What nobody filtered by has none: x_licence and the like.
    assert.ok(rows.length >= filters.length && rows.length < never, String(rows.length))
  })

  it('get an index anew whose making broke off', async () => {
    const broken = async () => {
      const { rows } = await sql<{ name: string }>`select c.relname as name from pg_index i
        join pg_class c on c.oid = i.indexrelid
        where c.relname like 'custom\\_customer\\_%' and not i.indisvalid`.execute(house.db)
      return rows.length
    }
    await sql`update pg_index set indisvalid = false where indexrelid in
      (select oid from pg_class where relname like 'custom\\_customer\\_%' and relkind = 'i')`.execute(
      house.db,
    )
    const all = await broken()
    const index = { entity: 'customer', name: 'x_text' }
    await addJob({ db: house.db }, 'fields:index', index, { queue: indexQueue })
    await house.work()
    // Those that other fields are sorted by are looked at with their own fields.
    const sorted = ['x_count', 'x_rate', 'x_sum', 'x_day', 'x_at']
    assert.ok(all > sorted.length + 1)
    assert.equal(await broken(), sorted.length)
    for (const name of sorted) await addJob({ db: house.db }, 'fields:index', { ...index, name })
    await house.work()
    assert.equal(await broken(), 0)
  })

  it('have their indexes made one after the other', async () => {
    await add({ name: 'x_queue', kind: 'text', label: label('候号') })
    await house.work()
    await names({ filter: { field: 'x_queue', is: 'eq', value: '甲' } })
    await house.root.call('POST', '/fields', {
      body: { entity: 'task', definition: { kind: 'text', label: label('排队') } },
    })
    const { rows } = await sql<{ task: string; queue: string | null }>`
      select task_identifier as task, queue_name as queue from graphile_worker.jobs
      where task_identifier in ('fields:index', 'fields:filtered') order by task`.execute(house.db)
    assert.deepEqual(rows, [
      { task: 'fields:filtered', queue: indexQueue },
      { task: 'fields:index', queue: indexQueue },
    ])
    await house.work()
  })

  it('are told again as filtered by when the telling failed', async () => {
    await add({ name: 'x_told', kind: 'text', label: label('说过') })
    await house.work()
    const filter: Condition = { field: 'x_told', is: 'eq', value: '甲' }
    const tell = (db: Db) => noteFiltered({ ...house.ctx, db }, customer, filter)
    await house.db.connection().execute(async (line) => {
      await sql`set default_transaction_read_only = on`.execute(line)
      await assert.rejects(tell(line), /read-only/)
      await sql`reset default_transaction_read_only`.execute(line)
    })
    await tell(house.db)
    await house.work()
    const { filtered_on } = await house.db
      .selectFrom('custom_field')
      .select('filtered_on')
      .where('name', '=', 'x_told')
      .executeTakeFirstOrThrow()
    assert.notEqual(filtered_on, null)
  })

  it('have so many indexes at most, those that were filtered by last', async () => {
    const label = (at: number) => ({ zh: `多筛${at}`, en: '' })
    for (let at = 0; at < mostFiltered; at += 1)
      await house.root.call('POST', '/fields', {
        body: {
          entity: 'task',
          definition: { name: `x_many${at}`, kind: 'text', label: label(at) },
        },
      })
    await house.db
      .updateTable('custom_field')
      .set({ filtered_on: '2026-01-01' })
      .where('entity', '=', 'task')
      .where('name', '<>', 'x_many0')
      .execute()
    await load({ db: house.db })
    await keepFilterIndexes(house.db, task)
    const count = async () => {
      const { rows } = await sql<{ name: string }>`select indexname as name from pg_indexes
        where indexname like 'custom\\_task\\_%\\_f'`.execute(house.db)
      return rows.map(({ name }) => name)
    }
    const digest = createHash('sha256').update('x_many0').digest('hex').slice(0, 12)
    const before = await count()
    assert.equal(before.includes(`custom_task_${digest}_f`), false)
    const filter = { field: 'x_many0', is: 'eq', value: '甲' }
    assert.equal((await house.ann.call('GET', '/tasks', { query: { filter } })).status, 200)
    await house.work()
    const after = await count()
    assert.ok(after.includes(`custom_task_${digest}_f`))
    assert.ok(after.length <= mostFiltered, String(after.length))
    assert.ok(before.length >= mostFiltered - 1)
  })

  it('cannot all be sortable', async () => {
    const sortable = (at: number) => ({
      body: {
        entity: 'interaction',
        definition: { kind: 'integer', label: { zh: `排序${at}`, en: '' }, sort: true },
      },
    })
    for (let at = 0; at < 40; at += 1)
      assert.equal((await house.root.call('POST', '/fields', sortable(at))).status, 201)
    const { status, body } = await house.root.call('POST', '/fields', sortable(40))
    assert.equal(status, 400)
    const { errors } = body as { errors: unknown[] }
    assert.deepEqual(errors, [
      { path: 'definition.sort', reason: 'sorts_at_limit', values: { most: 40 } },
    ])
  })

  it('are refused as fixed ones are', async () => {
    const answer = await house.ann.call('POST', '/customers', {
      body: { name: '甲', x_count: 'many', x_one: 'z', x_none: 1 },
    })
    const { errors }: Problem = answer.body
    assert.deepEqual(errors?.map(({ path, reason }) => `${path} ${reason}`).sort(), [
      'x_count not_a_number',
      'x_none unknown_key',
      'x_one not_a_choice',
    ])
  })

  it('that are required where another has a value are asked for there only', async () => {
    await add({
      name: 'x_licence',
      kind: 'text',
      label: label('许可证'),
      required: true,
      when: { field: 'kind', in: ['organisation'] },
    })
    await make({ name: '个人不必', kind: 'person' })
    const refused = await house.ann.call('POST', '/customers', { body: { name: '单位必填' } })
    assert.deepEqual((refused.body as Problem).errors, [{ path: 'x_licence', reason: 'required' }])
    await make({ name: '单位已填', x_licence: '湘A1' })
  })

  it('are named after the sound of their label, and each name is given once', async () => {
    const names: string[] = []
    for (const label of [
      { zh: '合同金额', en: '' },
      { zh: '合同今额', en: '' },
      { zh: '甲', en: 'Net sum' },
    ]) {
      const { status, body } = await house.root.call('POST', '/fields', {
        body: { entity: 'task', definition: { kind: 'money', label } },
      })
      assert.equal(status, 201, JSON.stringify(body))
      names.push((body as { definition: { name: string } }).definition.name)
    }
    assert.deepEqual(names, ['x_hetongjine', 'x_hetongjine_2', 'x_net_sum'])
  })

  it('of a kind without an order cannot be made sortable', async () => {
    const definition = { name: 'x_flag', kind: 'bool', label: label('标记'), sort: true }
    const { body } = await house.root.call('POST', '/fields', {
      body: { entity: 'task', definition },
    })
    assert.deepEqual((body as Problem).errors, [
      { path: 'definition.sort', reason: 'field_kind_not_sortable' },
    ])
  })

  it('are shaped by administrators alone, and keep their kind', async () => {
    const definition = { name: 'x_no', kind: 'text', label: label('无权') }
    assert.equal(
      (await house.mei.call('POST', '/fields', { body: { entity: 'customer', definition } }))
        .status,
      403,
    )
    const other = await house.root.call('PATCH', '/fields/customer.x_count', {
      body: { definition: { name: 'x_count', kind: 'text', label: label('门店数') } },
      version: 1,
    })
    assert.deepEqual((other.body as Problem).errors, [
      { path: 'definition.kind', reason: 'field_kind_stays' },
    ])
    const retired = await house.root.call('DELETE', '/fields/customer.x_yes', { version: 1 })
    assert.equal(retired.status, 200)
    await load({ db: house.db })
    assert.equal(
      (
        await house.ann.call('POST', '/customers', {
          body: { name: '甲', x_yes: true, x_licence: '1' },
        })
      ).status,
      400,
    )
  })
})
