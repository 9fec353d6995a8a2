import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing } from '#app/testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
let number: string
let ida: Caller
before(async () => {
  house = await openTestHouse()
  number = (await made(house.ann, '/customers', { name: '先知公司' })).number
  await made(house.root, '/fields', {
    entity: 'contact',
    definition: {
      ...{ name: 'x_badge', kind: 'text', required: true },
      label: { zh: '工牌', en: '' },
    },
  })
  const kinds = { customer: { view: 'all', edit: 'all', import: 'all', transfer: 'own' } }
  const role = await made(house.root, '/roles', {
    ...{ label: { zh: '只移交自己的', en: '' }, description: '', default_scope: 'all' },
    departments: [],
    rights: {
      ...{ kinds, keys: [], fields: {} },
      levels: { internal: 'write', personal: 'write', sensitive: 'write' },
    },
  })
  ida = await house.hire('ida', {
    ...{ name: '伊', roles: [role.id], department_id: house.departments.south },
  })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const made = async (by: Caller, path: string, body: Record<string, unknown>) => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body as { id: string; number: string }
}

/** What the check says of each row, having found that the run says the same and does no more. */
const foretold = async (
  by: Caller,
  entity: string,
  rows: string[][],
  settings: Record<string, unknown> = {},
) => {
  const way = importing(house, by)
  const { id } = await way.upload('先知.csv', csvFile(rows), entity)
  if (Object.keys(settings).length > 0) await way.set(id, settings)
  const checked = await way.check(id)
  const problems = await way.problems(id)
  const done = await way.run(id)
  assert.deepEqual([done.status, done.counts], ['done', checked.counts])
  assert.deepEqual(await way.problems(id), problems)
  return {
    counts: checked.counts,
    problems: problems.map(({ row, column, reason }) => [row, column, reason]),
  }
}

describe('the check of an import says what the run will refuse', () => {
  it('of tasks: ends that lie ahead or have no time, people who do not see the customer', async () => {
    const { counts, problems } = await foretold(house.ann, 'task', [
      ['客户编号', '事项', '到期日', '完成时间', '完成人', '负责人'],
      [number, '未来', '2026-01-09', '2199-01-01 10:00', '', ''],
      [number, '无时', '2026-01-09', '', 'mei', ''],
      [number, '看不到', '2026-01-09', '', '', 'eve'],
      [number, '可以', '2026-01-09', '2026-01-05 10:00', 'mei', 'bob'],
      [number, '自己', '2026-01-09', '', '', ''],
    ])
    assert.deepEqual(problems, [
      [2, '完成时间', 'done_in_the_future'],
      [3, '完成时间', 'required'],
      [4, '负责人', 'owner_cannot_see_customer'],
    ])
    assert.deepEqual([counts.created, counts.failed], [2, 3])
    const stored = await house.db
      .selectFrom('task')
      .select(['title', 'owner_id', 'done_by'])
      .orderBy('title')
      .execute()
    assert.deepEqual(
      stored.toSorted((one, other) => Number(one.owner_id) - Number(other.owner_id)),
      [
        { title: '自己', owner_id: house.ann.id, done_by: null },
        { title: '可以', owner_id: house.bob.id, done_by: house.mei.id },
      ].toSorted((one, other) => one.owner_id - other.owner_id),
    )
  })

  it('of interactions: times that lie ahead, impossible lengths', async () => {
    const { counts, problems } = await foretold(house.ann, 'interaction', [
      ['客户编号', '时间', '内容', '时长（分钟）'],
      [number, '2099-01-01 10:00', '还没发生', ''],
      [number, '2026-01-05 10:00', '太久', '1441'],
      [number, '2026-01-05 10:00', '谈了价格', '20'],
    ])
    assert.deepEqual(problems, [
      [2, '时间', 'in_the_future'],
      [3, '时长（分钟）', 'out_of_range'],
    ])
    assert.equal(counts.created, 1)
    const notes = await house.db.selectFrom('interaction').select(['summary', 'minutes']).execute()
    assert.deepEqual(notes, [{ summary: '谈了价格', minutes: 20 }])
  })

  it('of the contact that a customer brings along: what an added field asks for', async () => {
    const { counts, problems } = await foretold(house.ann, 'customer', [
      ['客户名称', '联系人', '工牌'],
      ['带人公司', '无牌', ''],
      ['带牌公司', '有牌', '007'],
    ])
    assert.deepEqual(problems, [[2, '工牌', 'required']])
    assert.equal(counts.created, 1)
    const contacts = await house.db.selectFrom('contact').select('name').execute()
    assert.deepEqual(contacts, [{ name: '有牌' }])
    const table = [
      ['客户名称', '联系人'],
      ['少列公司', '无列'],
    ]
    // Told by its label where no column fills it.
    assert.deepEqual((await foretold(house.ann, 'customer', table)).problems, [
      [2, '工牌', 'required'],
    ])
  })

  it('of customers that others have: who may not hand them over', async () => {
    await made(house.root, '/customers', { name: '伊的公司', owner_id: ida.id })
    const { counts, problems } = await foretold(
      ida,
      'customer',
      [
        ['客户名称', '负责人'],
        ['先知公司', 'eve'],
        ['伊的公司', 'eve'],
      ],
      { mode: 'update', key: 'name' },
    )
    assert.deepEqual(problems, [[2, '负责人', 'permission_missing']])
    assert.equal(counts.updated, 1)
    const owners = await house.db
      .selectFrom('customer')
      .select(['name', 'owner_id'])
      .where('name', 'in', ['先知公司', '伊的公司'])
      .orderBy('id')
      .execute()
    assert.deepEqual(
      owners.map(({ owner_id }) => owner_id),
      [house.ann.id, house.eve.id],
    )
  })

  it('asking for each person once, however many rows name one', async () => {
    const rows = (count: number) => [
      ['客户编号', '事项', '到期日', '负责人'],
      ...Array.from({ length: count }, (_, at) => [number, `第${at}件`, '2026-01-09', 'bob']),
    ]
    const statements = async (count: number) => {
      const way = importing(house, house.ann)
      const { id } = await way.upload('多.csv', csvFile(rows(count)), 'task')
      const { value, sql } = await house.statements(() => way.check(id))
      assert.deepEqual([value.counts.created, value.counts.failed], [count, 0])
      return sql.filter((each) => /from person p left join|^select t.id from customer t/.test(each))
        .length
    }
    const few = await statements(2)
    assert.ok(few > 0)
    assert.equal(await statements(60), few)
  })
})
