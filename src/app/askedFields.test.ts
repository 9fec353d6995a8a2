import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { stageMachine } from '#customers/customers/rules.ts'
import type { Right } from '#platform/database/ctx.ts'
import { csvFile, importing } from './testing/importing.ts'
import { type Answer, type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = Record<string, unknown> & { id: string; version: number }

let house: TestHouse
let hidden: Caller
let masked: Caller
before(async () => {
  house = await openTestHouse()
  await added('x_risk', { kind: 'choice', choices: [choice('low'), choice('high')] })
  await added('x_word', { kind: 'text' })
  hidden = await reader('hidden')
  masked = await reader('masked')
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const choice = (value: string) => ({ value, label: { zh: value, en: '' } })
const added = async (name: string, more: object) => {
  const definition = { name, label: { zh: `项${name}`, en: '' }, ...more }
  const body = { entity: 'customer', definition }
  const { status, raw } = await house.root.call('POST', '/fields', { body })
  assert.equal(status, 201, raw.toString())
}
/** May do everything with customers, but of some of their fields has this right alone. */
const reader = async (right: Right) => {
  const all = { view: 'all', create: 'all', edit: 'all', import: 'all' }
  const fields = ['x_risk', 'phones', 'x_word'].map((name) => [`customer.${name}`, right])
  const made = await house.root.call('POST', '/roles', {
    body: {
      ...{ label: { zh: right, en: '' }, description: '', default_scope: 'all', departments: [] },
      rights: {
        ...{ kinds: { customer: all }, keys: [], fields: Object.fromEntries(fields) },
        levels: { internal: 'write', personal: 'write', sensitive: 'write' },
      },
    },
  })
  assert.equal(made.status, 201, made.raw.toString())
  const { id }: { id: string } = made.body
  return house.hire(right, { name: right, roles: [id], department_id: house.departments.north })
}
const make = async (values: Record<string, unknown>): Promise<Row> => {
  const { status, body, raw } = await house.root.call('POST', '/customers', { body: values })
  assert.equal(status, 201, raw.toString())
  return body
}
const set = (by: Caller, { id, version }: Row, body: Record<string, unknown>) =>
  by.call('PATCH', `/customers/${id}`, { body, version })
const errorsOf = ({ body }: Answer) => {
  const { errors = [] }: { errors?: { path: string; reason: string }[] } = body
  return errors.map(({ path, reason }) => [path, reason])
}
const needing = async (needs: string[]) => {
  const { body } = await house.root.call('GET', '/fields')
  const { machines }: { machines: { id: string; version: number }[] } = body
  const version = machines.find(({ id }) => id === 'customer.stage')?.version ?? 1
  const stages = stageMachine.stages.map((stage) =>
    stage.value === 'active' ? { ...stage, needs } : stage,
  )
  const machine = { body: { ...stageMachine, stages }, version }
  assert.equal((await house.root.call('PUT', '/stages/customer.stage', machine)).status, 200)
}

describe('a field that is asked for by the value of another', () => {
  let risky: Row[]
  before(async () => {
    risky = []
    for (let at = 0; at < 3; at += 1) risky.push(await make({ name: `险${at}`, x_risk: 'high' }))
    const when = { field: 'x_risk', in: ['high'] }
    await added('x_reason', { kind: 'text', required: true, when })
    await added('x_plan', { kind: 'text', when })
  })
  const one = (at: number) => {
    const found = risky[at]
    assert.ok(found)
    return found
  }

  it('is asked of whoever reads that value, and of nobody else, as asking would tell it', async () => {
    const refused = await set(house.root, one(0), { note: '改' })
    assert.deepEqual([refused.status, errorsOf(refused)], [400, [['x_reason', 'required']]])
    const calm = await make({ name: '稳', x_risk: 'low' })
    for (const [at, by] of [hidden, masked].entries()) {
      const { status } = await set(by, one(at), { note: '改' })
      assert.deepEqual(
        [status, (await set(by, { ...calm, version: 1 + at }, { note: `${at}` })).status],
        [200, 200],
      )
      const kept = await by.call('PATCH', `/customers/${one(at).id}`, {
        ...{ body: { x_reason: '写得' }, version: 2 },
      })
      assert.equal(kept.status, 200, 'what they may write they may still fill in')
    }
  })

  it('is needed for a stage by the same people, by hand and by import', async () => {
    await needing(['x_plan'])
    const refused = await set(house.root, one(2), { stage: 'active', x_reason: '因' })
    assert.deepEqual(errorsOf(refused), [['x_plan', 'stage_needs_fields']])
    const way = importing(house, hidden)
    const table = csvFile([
      ['客户名称', '阶段'],
      ['险2', '成交'],
    ])
    const { id } = await way.upload('a.csv', table)
    await way.set(id, { mode: 'update', key: 'name' })
    assert.equal((await way.check(id)).counts.updated, 1)
    assert.equal((await way.run(id)).counts.updated, 1)
    const { body }: { body: Row } = await house.root.call('GET', `/customers/${one(2).id}`)
    assert.equal(body.stage, 'active')
  })
})

describe('the check of an import', () => {
  it('judges what a stage needs by what the record holds, also where that is covered', async () => {
    await needing(['phones'])
    for (const by of [hidden, masked]) {
      const names = ['有号', '无号'].map((name) => `${name}${by.id}`)
      await make({ name: names[0], phones: ['13800138000'] })
      await make({ name: names[1] })
      const rows = names.map((name) => [name, '成交'])
      const way = importing(house, by)
      const { id } = await way.upload('b.csv', csvFile([['客户名称', '阶段'], ...rows]))
      await way.set(id, { mode: 'update', key: 'name' })
      const outcome = async ({
        counts: { updated, failed },
      }: Awaited<ReturnType<typeof way.get>>) => [
        ...[updated, failed],
        ...(await way.problems(id)).map(({ row, reason }) => [row, reason]),
      ]
      const reason = by === hidden ? 'stage_needs_unseen' : 'stage_needs_fields'
      const wanted = [1, 1, [3, reason]]
      assert.deepEqual(await outcome(await way.check(id)), wanted)
      assert.deepEqual(await outcome(await way.run(id)), wanted)
      const told = JSON.stringify(await way.problems(id))
      assert.ok(!told.includes('13800138000'))
    }
  })
})

it('a conflict names no field that is hidden from whoever is told, retired ones included', async () => {
  const row = await make({ name: '撞上' })
  const changed = await set(house.root, row, { x_word: '密', phones: ['13800138001'], note: '甲' })
  assert.equal(changed.status, 200, changed.raw.toString())
  const named = async (by: Caller): Promise<unknown> => {
    const late = await set(by, row, { note: '乙' })
    assert.deepEqual([late.status, late.raw.includes('13800138001')], [412, by === house.root])
    const { facts }: { facts: { changed: string[] } } = late.body
    return facts.changed
  }
  assert.deepEqual(await named(house.root), ['note', 'phones', 'x_word'])
  assert.deepEqual(await named(masked), ['note', 'phones', 'x_word'])
  assert.deepEqual(await named(hidden), ['note'])
  const retired = await house.root.call('DELETE', '/fields/customer.x_word', { version: 1 })
  assert.equal(retired.status, 200, retired.raw.toString())
  assert.deepEqual(await named(masked), ['note', 'phones'])
  assert.deepEqual(await named(hidden), ['note'])
})
