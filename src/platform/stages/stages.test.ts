import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { stageMachine } from '#customers/customers/rules.ts'
import type { Machine } from '../fields/machine.ts'

type Row = Record<string, unknown> & { id: string; version: number }
type Problem = {
  reason: string
  errors?: { path: string; reason: string; values?: Record<string, unknown> }[]
}

let house: TestHouse
before(async () => {
  house = await openTestHouse()
})
after(() => house.close())

const shape = async (id: string, machine: Machine) => {
  const { body } = await house.root.call('GET', '/fields')
  const known = (body as { machines: { id: string; version: number }[] }).machines
  const version = known.find((each) => each.id === id)?.version ?? 1
  return house.root.call('PUT', `/stages/${id}`, { body: machine, version })
}
const make = async (values: Record<string, unknown>): Promise<Row> => {
  const { status, body } = await house.ann.call('POST', '/customers', { body: values })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const set = (row: Row, values: Record<string, unknown>) =>
  house.ann.call('PATCH', `/customers/${row.id}`, { body: values, version: row.version })
const named = (value: string, change: Partial<Machine['stages'][number]>): Machine => ({
  ...stageMachine,
  stages: stageMachine.stages.map((each) => (each.value === value ? { ...each, ...change } : each)),
})
const needing = named('active', { label: { zh: '已签约', en: '' }, needs: ['region', 'industry'] })

describe('stages', () => {
  it('bear no name that every object has', async () => {
    const label = { zh: '构造', en: '' }
    const odd = { value: 'constructor', label, meaning: 'open' as const, needs: [] }
    const wider = { ...stageMachine, stages: [...stageMachine.stages, odd] }
    assert.equal((await shape('customer.stage', wider)).status, 400)
    const one = await make({ name: '无门' })
    assert.equal((await set(one, { stage: 'constructor' })).status, 400)
  })

  it('ask for their fields on entry, by change, creation, bulk and import', async () => {
    assert.equal((await shape('customer.stage', needing)).status, 200)
    const one = await make({ name: '甲公司' })
    const refused = await set(one, { stage: 'active', region: '330106' })
    assert.equal(refused.status, 409)
    assert.deepEqual((refused.body as Problem).errors, [
      {
        path: 'industry',
        reason: 'stage_needs_fields',
        values: { stage: '已签约', names: '行业' },
      },
    ])
    const born = await house.ann.call('POST', '/customers', {
      body: { name: '乙公司', stage: 'active' },
    })
    assert.equal((born.body as Problem).reason, 'stage_needs_fields')
    const action = { kind: 'edit', field: 'stage', value: 'active' }
    const rows = [{ id: one.id, version: 1 }]
    const run = await house.ann.call('POST', '/customers/bulk', { body: { rows, action } })
    await house.work()
    const done = await house.ann.call('GET', `/bulk/${(run.body as Row).id}`)
    const [problem] = (done.body as { problems: { reason: string; path: string }[] }).problems
    assert.equal(problem?.reason, 'stage_needs_fields')
    const table = csvFile([
      ['客户名称', '阶段', '地区', '行业'],
      ['丙公司', '已签约', '', '制造业'],
      ['丁公司', '成交', '浙江省杭州市西湖区', '制造业'],
      ['戊公司', '已签约', '浙江省杭州市西湖区', '制造业'],
    ])
    const way = importing(house, house.root)
    const taken = await way.whole('a.csv', table, { owner_id: house.ann.id })
    const told = (await way.problems(taken.id)).map(({ row, reason }) => [row, reason])
    // A table may still call the stage what it was called before.
    assert.deepEqual([told, taken.counts.created], [[[2, 'stage_needs_fields']], 2])
    const filled = await set(one, { stage: 'active', region: '330106', industry: '制造业' })
    assert.equal(filled.status, 200, JSON.stringify(filled.body))
    const there = filled.body as Row
    const emptied = await set(there, { industry: null })
    assert.deepEqual(
      (emptied.body as Problem).errors?.map(({ path, reason }) => [path, reason]),
      [['industry', 'stage_needs_fields']],
    )
    assert.equal((await set(there, { industry: '教育', note: '换了行业' })).status, 200)
  })

  it('leave alone what stood in them before they asked', async () => {
    const early = await make({ name: '老客户', stage: 'dormant', source: '官网' })
    const asking = named('dormant', { needs: ['source', 'region'] })
    assert.equal((await shape('customer.stage', asking)).status, 200)
    const noted = await set(early, { note: '还缺地区' })
    assert.equal(noted.status, 200)
    assert.equal((await set(noted.body as Row, { source: null })).status, 409)
    assert.equal((await shape('customer.stage', needing)).status, 200)
  })

  it('do not ask an individual for what only firms have', async () => {
    const one = await make({ name: '某人', kind: 'person', region: '330106' })
    assert.equal((await set(one, { stage: 'active' })).status, 200)
  })

  it('follow their moves on every path, an import that updates included', async () => {
    const one = await make({ name: '己公司', stage: 'lost' })
    const refused = await set(one, { stage: 'active', region: '330106', industry: '教育' })
    assert.deepEqual((refused.body as Problem).errors, [
      {
        path: 'stage',
        reason: 'stage_not_reachable',
        values: { stage: '已签约', names: '潜在、接触、沉睡、挽回' },
      },
    ])
    const table = csvFile([
      ['客户名称', '阶段'],
      ['己公司', '沉睡'],
    ])
    const way = importing(house, house.root)
    const done = await way.whole('b.csv', table, { mode: 'update', key: 'name' })
    const [problem] = await way.problems(done.id)
    assert.deepEqual([done.counts.failed, problem?.reason], [1, 'stage_not_reachable'])
    const { body } = await house.ann.call('GET', `/customers/${one.id}`)
    assert.equal((body as Row).stage, 'lost')
  })

  it('can be renamed, added and retired without any record changing or losing its meaning', async () => {
    const trial = {
      value: 's1',
      label: { zh: '试用', en: '' },
      meaning: 'open',
      needs: [],
    } as const
    const machine = named('contacted', { retired: true })
    const answer = await shape('customer.stage', {
      stages: [...machine.stages, { ...trial, needs: [] }],
      moves: { ...machine.moves, prospect: ['s1'], s1: ['active'] },
    })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const one = await make({ name: '庚公司' })
    assert.equal((await set(one, { stage: 'contacted' })).status, 409)
    const tried = await set(one, { stage: 's1' })
    assert.equal(tried.status, 200, JSON.stringify(tried.body))
    const known = customer.fields.stage.machine.stages
    assert.deepEqual(
      known.map(({ value, meaning }) => [value, meaning]),
      [...stageMachine.stages, trial].map(({ value, meaning }) => [value, meaning]),
    )
    const lost = await shape('customer.stage', machine)
    assert.deepEqual((lost.body as Problem).errors?.[0]?.values, {
      ...{ value: '试用', count: 1, key: 's1' },
    })
  })

  it('refuse a shape in which records would be stuck or programs astray', async () => {
    const cases: [Machine, string][] = [
      [{ ...stageMachine, stages: stageMachine.stages.slice(1) }, 'stage_unknown'],
      [named('prospect', { retired: true }), 'stage_initial_stays'],
      [named('active', { needs: ['nothing'] }), 'field_unknown'],
      [named('active', { label: { zh: '潜在', en: '' } }), 'choice_named_twice'],
      [
        { stages: stageMachine.stages.filter(({ value }) => value !== 'won_back'), moves: {} },
        'stage_built_in',
      ],
    ]
    for (const [machine, reason] of cases) {
      const { status, body } = await shape('customer.stage', machine)
      assert.deepEqual([status, (body as Problem).errors?.[0]?.reason], [400, reason])
    }
    const other = await house.mei.call('PUT', '/stages/customer.stage', {
      body: stageMachine,
      version: 1,
    })
    assert.equal(other.status, 403)
    assert.equal((await shape('customer.kind', stageMachine)).status, 404)
    assert.equal((await shape('customer.nothing', stageMachine)).status, 404)
  })

  it('make stages of an added choice, and a plain choice of it again', async () => {
    const choices = ['a', 'b', 'c'].map((value) => ({ value, label: { zh: value, en: '' } }))
    const field = await house.root.call('POST', '/fields', {
      body: {
        entity: 'customer',
        definition: { name: 'x_way', kind: 'choice', label: { zh: '签约进度', en: '' }, choices },
      },
    })
    assert.equal(field.status, 201, JSON.stringify(field.body))
    const stages = choices.map((each) => ({ ...each, meaning: 'open' as const, needs: [] }))
    const moves = { a: ['b'], b: ['c'], c: [] }
    assert.equal((await shape('customer.x_way', { stages, moves })).status, 200)
    const one = await make({ name: '辛公司', x_way: 'a' })
    assert.equal((await set(one, { x_way: 'c' })).status, 409)
    assert.equal((await set(one, { x_way: null })).status, 409)
    assert.equal((await set(one, { x_way: 'b' })).status, 200)
    const { body } = await house.root.call('GET', '/fields')
    const told = body as { items: { id: string; version: number; definition: object }[] }
    const kept = told.items.find(({ id }) => id === 'customer.x_way')
    const by = { definition: { ...kept?.definition, choices: choices.slice(1) } }
    const astray = await house.root.call('PATCH', '/fields/customer.x_way', {
      body: by,
      version: kept?.version ?? 0,
    })
    assert.equal((astray.body as Problem).errors?.[0]?.reason, 'choices_are_stages')
    assert.equal(
      (await house.root.call('DELETE', '/stages/customer.x_way', { version: 2 })).status,
      200,
    )
    assert.equal((await set({ ...one, version: 2 }, { x_way: 'a' })).status, 200)
  })
})
