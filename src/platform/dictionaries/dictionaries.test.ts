import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import type { Choice } from '../fields/field.ts'
import { addEntry } from './commands.ts'
import type { Dictionary } from './contract.ts'

type Row = Record<string, unknown> & { id: string; version: number; name: string }
type Problem = { reason: string; errors?: { path: string; reason: string; values?: unknown }[] }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const label = (zh: string) => ({ zh, en: '' })
const kept = async (id: string): Promise<Dictionary> => {
  const { body } = await house.ann.call('GET', '/fields')
  const found = (body as { dictionaries: Dictionary[] }).dictionaries.find((each) => each.id === id)
  assert.ok(found)
  return found
}
const write = async (id: string, change: (entries: Choice[]) => Choice[]) => {
  const { version, entries } = await kept(id)
  return house.root.call('PATCH', `/dictionaries/${id}`, {
    body: { entries: change(entries) },
    version,
  })
}
const make = async (values: Record<string, unknown>): Promise<Row> => {
  const { status, body } = await house.ann.call('POST', '/customers', { body: values })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const names = async (filter: unknown) => {
  const { status, body } = await house.ann.call('GET', '/customers', { query: { filter } })
  assert.equal(status, 200, JSON.stringify(body))
  return (body as { items: Row[] }).items.map(({ name }) => name).sort()
}

describe('dictionaries', () => {
  it('begin with usual sources and the 20 sections of GB/T 4754', async () => {
    assert.equal((await kept('industry')).entries.length, 20)
    assert.equal((await kept('industry')).entries[2]?.label.zh, '制造业')
    assert.ok((await kept('source')).entries.length > 10)
  })

  it('turn their names into values in fixed fields, and keep other words as they are', async () => {
    const known = await make({ name: '展会来的', source: '展览会', industry: 'manufacturing' })
    assert.deepEqual([known.source, known.industry], ['exhibition', 'gbt_c'])
    const free = await make({ name: '熟人', source: '隔壁老王介绍' })
    assert.equal(free.source, '隔壁老王介绍')
    assert.deepEqual(await names({ field: 'source', is: 'in', value: ['exhibition'] }), [
      '展会来的',
    ])
    assert.deepEqual(await names({ field: 'source', is: 'eq', value: '隔壁老王介绍' }), ['熟人'])
  })

  it('go out by name and come in by name, former name and any words, losing nothing', async () => {
    const renamed = await write('source', (all) =>
      all.map((each) => (each.value === 'exhibition' ? { ...each, label: label('博览会') } : each)),
    )
    assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
    const rows = [
      ['客户名称', '来源'],
      ['甲店', '展会'],
      ['乙店', '博览会'],
      ['丙店', '邻居'],
    ]
    const done = await importing(house, house.root).whole('a.csv', csvFile(rows), {
      owner_id: house.ann.id,
    })
    assert.equal(done.counts.failed, 0)
    const file = await house.root.call('GET', '/customers/export', {
      query: { format: 'csv', columns: 'name,source', sort: 'name' },
    })
    const out = Object.fromEntries((await tableRows(file.raw)).slice(1)) as Record<string, string>
    assert.deepEqual(
      [out.甲店, out.乙店, out.丙店, out.展会来的],
      ['博览会', '博览会', '邻居', '博览会'],
    )
    const { rows: stored } = await house.installation.database.pool.query(
      `select version from customer where name = '展会来的'`,
    )
    assert.deepEqual(stored, [{ version: 1 }])
  })

  it('serve added fields: closed, also for several, understood in imports', async () => {
    const made = await house.root.call('POST', '/dictionaries', {
      body: {
        label: label('等级'),
        entries: [
          { value: 'gold', label: label('金牌'), aliases: ['VIP'] },
          { value: 'iron', label: label('铁牌') },
        ],
      },
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const { id }: Dictionary = made.body
    for (const [name, kind] of [
      ['x_rank', 'choice'],
      ['x_ranks', 'choices'],
    ]) {
      const answer = await house.root.call('POST', '/fields', {
        body: {
          entity: 'customer',
          definition: { name, kind, label: label(`${name}`), dictionary: id },
        },
      })
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
    }
    const one = await make({ name: '金店', x_rank: 'gold', x_ranks: ['gold', 'iron'] })
    assert.deepEqual([one.x_rank, one.x_ranks], ['gold', ['gold', 'iron']])
    const wrong = await house.ann.call('POST', '/customers', {
      body: { name: '铜店', x_rank: 'x' },
    })
    assert.equal((wrong.body as Problem).errors?.[0]?.reason, 'not_a_choice')
    const table = csvFile([
      ['客户名称', 'x_rank', 'x_ranks'],
      ['表店', 'vip', '铁牌、金牌'],
    ])
    await importing(house, house.root).whole('b.csv', table, { owner_id: house.ann.id })
    assert.deepEqual(await names({ field: 'x_rank', is: 'eq', value: 'gold' }), ['表店', '金店'])
    assert.deepEqual(await names({ field: 'x_ranks', is: 'has', value: 'iron' }), ['表店', '金店'])
    const gone = await house.root.call('DELETE', `/dictionaries/${id}`, { version: 1 })
    const { reason, facts } = gone.body as Problem & { facts: { fields: string } }
    assert.equal(reason, 'dictionary_in_use')
    assert.match(facts.fields, /^客户 · /)
  })

  it('bear names of their own', async () => {
    const body = { label: label('车系'), entries: [] }
    const [made, again] = [
      await house.root.call('POST', '/dictionaries', { body }),
      await house.root.call('POST', '/dictionaries', { body }),
    ]
    assert.deepEqual([made.status, again.status], [201, 400])
    const { id } = made.body as Dictionary
    const taken = { errors: [{ path: 'label.zh', reason: 'dictionary_label_taken' }] }
    assert.partialDeepStrictEqual(again.body, taken)
    const renamed = (label: object, version: number) =>
      house.root.call('PATCH', `/dictionaries/${id}`, { body: { label }, version })
    assert.partialDeepStrictEqual((await renamed(label('客户来源'), 1)).body, taken)
    assert.equal((await renamed({ zh: '车系', en: 'Series' }, 1)).status, 200)
    assert.equal(
      (await house.root.call('DELETE', `/dictionaries/${id}`, { version: 2 })).status,
      200,
    )
    assert.equal((await house.root.call('POST', '/dictionaries', { body })).status, 201)
    const wide = { label: label('车系Ａ'), entries: [] }
    const both = ['车系a', '车系A'].map((name) => ({ label: label(name), entries: [] }))
    const answers = await Promise.all(
      [wide, ...both].map((each) => house.root.call('POST', '/dictionaries', { body: each })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400])
  })

  it('retire entries that are in use, which old records keep, and delete unused ones only', async () => {
    const { id, entries } = await kept('d1')
    const removed = await write(id, (all) => all.filter(({ value }) => value !== 'gold'))
    assert.equal(removed.status, 409)
    assert.deepEqual((removed.body as Problem).errors, [
      {
        path: 'entries',
        reason: 'choice_in_use',
        values: { value: '金牌', count: 2, key: 'gold' },
      },
    ])
    const retired = await write(id, (all) =>
      all.map((each) => (each.value === 'gold' ? { ...each, retired: true } : each)),
    )
    assert.equal(retired.status, 200, JSON.stringify(retired.body))
    const late = await house.ann.call('POST', '/customers', {
      body: { name: '晚店', x_rank: 'gold' },
    })
    assert.equal((late.body as Problem).reason, 'choice_retired')
    const { body } = await house.ann.call('GET', '/customers', { query: { q: '金店' } })
    const [old] = (body as { items: Row[] }).items
    const kept2 = await house.ann.call('PATCH', `/customers/${old?.id}`, {
      body: { note: '仍是金牌', x_rank: 'gold', x_ranks: ['iron', 'gold'] },
      version: old?.version ?? 0,
    })
    assert.equal(kept2.status, 200, JSON.stringify(kept2.body))
    const added = await write(id, (all) => [...all, { value: 'new', label: label('新牌') }])
    assert.equal(added.status, 200)
    assert.equal((await write(id, (all) => all.filter((each) => each.value !== 'new'))).status, 200)
    assert.equal(entries.length, 2)
  })

  it('take up new words for imports, once each, and only by whoever may', async () => {
    const add = (words: string, actor = house.ctx.actor) =>
      house.db.transaction().execute((db) => addEntry({ ...house.ctx, db, actor }, 'd1', words))
    assert.equal(await add('VIP'), 'gold')
    const fresh = await add(' 铜牌 ')
    assert.equal(await add('铜牌'), fresh)
    assert.equal((await kept('d1')).entries.find(({ value }) => value === 'gold')?.retired, false)
    await assert.rejects(add('锡牌', { ...house.ctx.actor, reach: () => undefined }))
  })

  it('serve formulas, which go on to hold when an entry is called otherwise', async () => {
    const definition = {
      ...{ name: 'x_rebate', kind: 'formula', result: 'number', label: label('返点') },
      formula: "IF(「x_rank」='铁牌', 5, IF(「来源」='路过', 7, 1))",
    }
    const made = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition },
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const iron = { name: '铁店', x_rank: 'iron' }
    assert.equal((await make(iron)).x_rebate, 5)
    assert.equal((await make({ name: '路店', source: '路过' })).x_rebate, 7)
    const renamed = await write('d1', (all) =>
      all.map((each) => (each.value === 'iron' ? { ...each, label: label('基础') } : each)),
    )
    assert.equal(renamed.status, 200, JSON.stringify(renamed.body))
    assert.equal((await make(iron)).x_rebate, 5)
    const wrong = { ...definition, name: 'x_wrong', formula: "IF(「x_rank」='木牌', 1, 0)" }
    const refused = await house.root.call('POST', '/fields', {
      body: { entity: 'customer', definition: wrong },
    })
    assert.equal((refused.body as Problem).errors?.[0]?.reason, 'formula_no_choice')
  })

  it('keep an entry that a field, a formula or a view goes by, and say which', async () => {
    const entry = { value: 'jade', label: label('玉牌') }
    assert.equal((await write('d1', (all) => [...all, entry])).status, 200)
    const post = async (path: string, body: unknown, by = house.root) => {
      const answer = await by.call('POST', path, { body })
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
    }
    const drop = async () => {
      const answer = await write('d1', (all) => all.filter(({ value }) => value !== 'jade'))
      const { errors }: Problem = answer.body
      return { status: answer.status, error: errors?.[0] }
    }
    const told = (more: object) => ({
      path: 'entries',
      reason: 'choice_named',
      values: { value: '玉牌', fields: '', formulas: '', views: '', others: 0, ...more },
    })
    const field = (definition: object) => post('/fields', { entity: 'customer', definition })
    const retire = (name: string) =>
      house.root.call('DELETE', `/fields/customer.${name}`, { version: 1 })

    const when = { field: 'x_rank', in: ['jade'] }
    await field({ name: 'x_gift', kind: 'text', label: label('玉牌礼'), when })
    assert.deepEqual((await drop()).error, told({ fields: '玉牌礼' }))
    await retire('x_gift')

    const formula = "IF(「x_rank」='玉牌', 9, 1)"
    await field({
      ...{ name: 'x_jade', kind: 'formula', result: 'number' },
      ...{ label: label('玉利'), formula },
    })
    assert.deepEqual((await drop()).error, told({ formulas: '玉利' }))
    await retire('x_jade')

    const where = { field: 'x_ranks', is: 'has', value: 'jade' }
    const view = (entity: string, name: string, filter: unknown, by = house.root) =>
      post('/views', { entity, name, shared_with: [], definition: { filter } }, by)
    await view('customer', '玉牌客户', { not: where })
    await view('customer', '安自用的', { field: 'x_rank', is: 'in', value: ['jade'] }, house.ann)
    await view('customer', '铁牌客户', { field: 'x_rank', is: 'eq', value: 'iron' })
    const { status, error } = await drop()
    assert.equal(status, 409)
    assert.deepEqual(error, told({ others: 1 }))
    assert.ok((await kept('d1')).entries.some(({ value }) => value === 'jade'))
    await house.db.deleteFrom('list_view').where('name', '=', '安自用的').execute()
    assert.deepEqual((await drop()).error, told({ views: '玉牌客户' }))
    await house.db.deleteFrom('list_view').where('name', '=', '玉牌客户').execute()
    assert.equal((await drop()).status, 200)
    assert.ok((await kept('d1')).entries.every(({ value }) => value !== 'jade'))
  })

  it('are changed by administrators alone, against the version they saw, with names told apart', async () => {
    const { version } = await kept('source')
    const body = { label: label('渠道') }
    for (const [caller, seen, status] of [
      [house.mei, version, 403],
      [house.root, version - 1, 412],
      [house.root, version, 200],
    ] as const) {
      const answer = await caller.call('PATCH', '/dictionaries/source', { body, version: seen })
      assert.equal(answer.status, status)
    }
    const twice = await write('source', (all) => [...all, { value: 'z', label: label('官网') }])
    assert.equal((twice.body as Problem).errors?.[0]?.reason, 'choice_named_twice')
    const fixed = await house.root.call('DELETE', '/dictionaries/industry', { version: 1 })
    assert.equal((fixed.body as Problem).reason, 'dictionary_in_use')
  })
})
