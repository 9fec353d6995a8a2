import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows } from '#app/testing/importing.ts'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

let house: TestHouse
let one = { id: '', number: '' }
let other = { id: '', number: '' }
before(async () => {
  house = await openTestHouse()
  one = await made('/customers', { name: '同名回程' })
  other = await made('/customers', { name: '同名回程' })
})
after(() => house.close())

const made = async (path: string, body: Record<string, unknown>) => {
  const answer = await house.mei.call('POST', path, { body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string; number: string; version: number }
}
const at = ({ id }: { id: string }, what: string) => `/customers/${id}/${what}`
const takenOut = async (plural: string) => {
  const answer = await house.mei.call('GET', `/${plural}/export`, { query: { format: 'csv' } })
  assert.equal(answer.status, 200)
  return answer.raw
}
/** Takes a table in again as one person; gives the import before its check and after its run. */
const takenIn = async (entity: string, raw: Buffer, settings: Record<string, unknown> = {}) => {
  const by = importing(house, house.mei)
  const uploaded = await by.upload('回程.csv', raw, entity)
  if (Object.keys(settings).length > 0) await by.set(uploaded.id, settings)
  const checked = await by.check(uploaded.id)
  return {
    uploaded,
    checked,
    problems: await by.problems(uploaded.id),
    run: () => by.run(uploaded.id),
  }
}

describe('what an export wrote comes in again, at customers of one name', () => {
  it('contacts, each at their own customer', async () => {
    await made(at(one, 'contacts'), { name: '王一', phones: ['13711110001'] })
    await made(at(other, 'contacts'), { name: '王一', phones: ['13711110002'] })
    const raw = await takenOut('contacts')
    const [header, ...rows] = await tableRows(raw)
    assert.deepEqual(header?.slice(0, 2), ['客户', '客户编号'])
    assert.deepEqual(rows.map((row) => row[1]).sort(), [one.number, other.number].sort())
    const again = await takenIn('contact', raw)
    assert.deepEqual(again.uploaded.mapping.slice(0, 3), ['@customer', '@customer', 'name'])
    assert.deepEqual([again.checked.counts.skipped, again.checked.counts.failed], [2, 0])
    const doubled = await takenIn('contact', raw, { key: null })
    assert.equal((await doubled.run()).counts.created, 2)
    const stored = await house.db.selectFrom('contact').select(['customer_id', 'phones']).execute()
    const of = ({ id }: { id: string }) => stored.filter((each) => each.customer_id === id)
    assert.deepEqual(
      of(one).flatMap((each) => each.phones),
      ['13711110001', '13711110001'],
    )
    assert.deepEqual(
      of(other).flatMap((each) => each.phones),
      ['13711110002', '13711110002'],
    )
  })

  it('interactions, with the contact of that customer', async () => {
    const { id: contact_id } = await made(at(other, 'contacts'), { name: '李二' })
    await made(at(one, 'contacts'), { name: '李二' })
    const summary = '谈了回程'
    await made(at(other, 'interactions'), { summary, at: '2026-01-05T02:00:00Z', contact_id })
    const raw = await takenOut('interactions')
    const { uploaded, checked, run } = await takenIn('interaction', raw)
    assert.deepEqual(
      uploaded.mapping.filter((path) => path === null),
      [],
    )
    assert.equal(checked.counts.created, 1)
    assert.equal((await run()).counts.created, 1)
    const stored = await house.db
      .selectFrom('interaction')
      .select(['customer_id', 'contact_id', 'summary'])
      .execute()
    const same = { customer_id: other.id, contact_id, summary }
    assert.deepEqual(stored, [same, same])
  })

  it('tasks, finished ones finished, those of the firm inside the firm', async () => {
    const due = { due_on: '2026-01-09' }
    const open = await made(at(one, 'tasks'), { title: '没做', ...due })
    const done = await made(at(other, 'tasks'), { title: '做完', ...due })
    const home = '00000000-0000-7000-8000-000000000001'
    await made(at({ id: home }, 'tasks'), { title: '内部', ...due })
    const { version } = done
    const path = `${at(other, 'tasks')}/${done.id}/completion`
    assert.equal((await house.mei.call('POST', path, { version })).status, 200)
    const tasks = () =>
      house.db
        .selectFrom('task')
        .select(['customer_id', 'title', 'done_at', 'done_by', 'id'])
        .orderBy('title')
        .orderBy('id')
        .execute()
    const { checked, run } = await takenIn('task', await takenOut('tasks'))
    assert.deepEqual([checked.counts.created, checked.counts.failed], [3, 0])
    assert.equal((await run()).counts.created, 3)
    const stored = await tasks()
    const of = (title: string) => stored.filter((each) => each.title === title)
    assert.deepEqual(
      of('没做').map((each) => [each.customer_id, each.done_at]),
      [
        [one.id, null],
        [one.id, null],
      ],
    )
    assert.ok(of('没做').some(({ id }) => id === open.id))
    assert.deepEqual(
      of('内部').map((each) => each.customer_id),
      [home, home],
    )
    const [first, second] = of('做完')
    assert.deepEqual([second?.customer_id, second?.done_by], [other.id, house.mei.id])
    const seconds = (time: unknown) => Math.floor(Date.parse(String(time)) / 1000)
    assert.equal(seconds(second?.done_at), seconds(first?.done_at))
  })
})

describe('a table that says two things', () => {
  it('of a customer, must mean one; a contact must be there once', async () => {
    const third = await made('/customers', { name: '第三家' })
    for (const name of ['重名', '重名']) await made(at(third, 'contacts'), { name })
    const at_ = '2026-01-05 10:00'
    const { checked, problems } = await takenIn(
      'interaction',
      csvFile([
        ['客户编号', '客户', '时间', '内容', '联系人'],
        [third.number, '同名回程', at_, '不是一家', ''],
        [third.number, '', at_, '只有编号', ''],
        ['', '同名回程', at_, '只有名称', ''],
        [third.number, '第三家', at_, '没有此人', '李二'],
        [third.number, '第三家', at_, '两位', '重名'],
      ]),
    )
    assert.deepEqual(
      problems.map((each) => [each.row, each.column, each.reason, each.values?.count]),
      [
        [2, '客户编号', 'customer_differs', undefined],
        [4, '客户编号', 'customer_ambiguous', 2],
        [5, '联系人', 'reference_not_found', undefined],
        [6, '联系人', 'reference_ambiguous', 2],
      ],
    )
    assert.equal(checked.counts.created, 1)
  })

  it('of the end of a task, needs a time that has come; no caller of the interface says it', async () => {
    const { run } = await takenIn(
      'task',
      csvFile([
        ['客户编号', '事项', '到期日', '完成时间', '完成人'],
        [one.number, '未来', '2026-01-09', '2199-01-01 10:00', ''],
        [one.number, '无时', '2026-01-09', '', 'mei'],
      ]),
    )
    const { id, counts } = await run()
    assert.deepEqual([counts.created, counts.failed], [0, 2])
    assert.deepEqual(
      (await importing(house, house.mei).problems(id)).map((each) => [each.column, each.reason]),
      [
        ['完成时间', 'done_in_the_future'],
        ['完成时间', 'required'],
      ],
    )
    const forged = await house.mei.call('POST', at(one, 'tasks'), {
      body: { title: '假', due_on: '2026-01-09', done_at: '2026-01-01T00:00:00Z' },
    })
    assert.equal(forged.status, 400)
  })
})
