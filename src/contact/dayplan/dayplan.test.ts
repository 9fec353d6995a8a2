import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer as customerEntity } from '#customers/customers/fields.ts'
import { HOME } from '#platform/database/ctx.ts'
import { insert } from '#platform/records/records.ts'

type Kept = { id: string; version: number }
type Row = {
  title: string
  customer_name: string
  phone: string | null
  why: { reason: string; days: number }
  can: { edit: boolean }
}
type Day = {
  overdue: Row[]
  today: Row[]
  week: Row[]
  counts: { overdue: number; today: number; week: number; done_today: number }
  without_next: { count: number; more: boolean }
}

/** Wednesday, ten in the morning in Shanghai. */
const wednesday = '2026-11-18T02:00:00.000Z'
const clock = { now: wednesday }
let house: TestHouse
let customer: string

before(async () => {
  house = await openTestHouse({ clock: () => clock.now })
})
after(() => house.close())
beforeEach(async () => {
  clock.now = wednesday
  await house.db.deleteFrom('task').execute()
  await house.db.updateTable('customer').set({ owner_id: null }).execute()
  const body = { name: '安的客户', owner_id: house.ann.id, phones: ['13800138000', '010-62345678'] }
  customer = (await ok(house.ann.call('POST', '/customers', { body }))).id
})

const ok = async (answer: ReturnType<Caller['call']>): Promise<Kept> => {
  const { status, body, raw } = await answer
  assert.ok(status < 300, raw.toString())
  return body
}
const plan = (
  due_on: string,
  title: string,
  more: Record<string, unknown> = {},
  under = customer,
) => ok(house.ann.call('POST', `/customers/${under}/tasks`, { body: { title, due_on, ...more } }))
const dayOf = async (by: Caller): Promise<Day> => {
  const answer = await by.call('GET', '/day')
  assert.equal(answer.status, 200, answer.raw.toString())
  return answer.body
}
const titles = (rows: Row[]) => rows.map((row) => row.title)

describe('the day', () => {
  it('has what is overdue, due today and due until Sunday, and says why', async () => {
    await plan('2026-11-17', '昨天')
    await plan('2026-11-02', '很久以前')
    await plan('2026-11-18', '今天')
    await plan('2026-11-19', '明天')
    await plan('2026-11-22', '星期天')
    await plan('2026-11-23', '下星期一')
    const day = await dayOf(house.ann)
    assert.deepEqual(titles(day.overdue), ['很久以前', '昨天'])
    assert.deepEqual(titles(day.today), ['今天'])
    assert.deepEqual(titles(day.week), ['明天', '星期天'])
    assert.deepEqual(day.counts, { overdue: 2, today: 1, week: 2, done_today: 0 })
    assert.deepEqual(
      [day.overdue[0], day.today[0], day.week[1]].map((row) => row?.why),
      [
        { reason: 'task_overdue', days: 16 },
        { reason: 'task_due_today', days: 0 },
        { reason: 'task_due_this_week', days: 4 },
      ],
    )
    assert.deepEqual(
      [day.today[0]?.customer_name, day.today[0]?.phone, day.today[0]?.can.edit],
      ['安的客户', '13800138000', true],
    )
  })

  it('orders one day by the four quadrants', async () => {
    await plan('2026-11-18', '都不')
    await plan('2026-11-18', '紧急', { urgent: true })
    await plan('2026-11-18', '重要', { important: true })
    await plan('2026-11-18', '重要且紧急', { important: true, urgent: true })
    assert.deepEqual(titles((await dayOf(house.ann)).today), ['重要且紧急', '重要', '紧急', '都不'])
  })

  it('turns at midnight in Shanghai, and on Sunday has no week left', async () => {
    await plan('2026-11-22', '星期天')
    await plan('2026-11-23', '星期一')
    clock.now = '2026-11-21T15:59:59.000Z'
    assert.deepEqual(titles((await dayOf(house.ann)).week), ['星期天'])
    clock.now = '2026-11-21T16:00:00.000Z'
    const sunday = await dayOf(house.ann)
    assert.deepEqual([titles(sunday.today), titles(sunday.week)], [['星期天'], []])
    clock.now = '2026-11-22T16:00:00.000Z'
    const monday = await dayOf(house.ann)
    assert.deepEqual([titles(monday.overdue), titles(monday.today)], [['星期天'], ['星期一']])
  })

  it('counts what was finished today, and lets it go', async () => {
    const [early, late] = [await plan('2026-11-18', '早'), await plan('2026-11-18', '晚')]
    const finish = (task: Kept) =>
      ok(
        house.ann.call('POST', `/customers/${customer}/tasks/${task.id}/completion`, {
          version: 1,
        }),
      )
    clock.now = '2026-11-17T15:59:00.000Z'
    await finish(early)
    clock.now = '2026-11-17T16:00:00.000Z'
    await finish(late)
    clock.now = wednesday
    const day = await dayOf(house.ann)
    assert.deepEqual(day.counts, { overdue: 0, today: 0, week: 0, done_today: 1 })
    assert.equal((await dayOf(house.mei)).counts.done_today, 0)
  })

  it('counts my customers for whom nothing is planned, as the list would', async () => {
    assert.equal((await dayOf(house.ann)).without_next.count, 1)
    assert.equal((await dayOf(house.mei)).without_next.count, 0)
    const task = await plan('2026-12-24', '圣诞')
    assert.equal((await dayOf(house.ann)).without_next.count, 0)
    await ok(
      house.ann.call('POST', `/customers/${customer}/tasks/${task.id}/completion`, { version: 1 }),
    )
    assert.equal((await dayOf(house.ann)).without_next.count, 1)
  })

  it('counts no further than lists do when nothing is planned for very many', async () => {
    const many = Array.from({ length: 1001 }, (_, each) => ({
      name: `无计划${each}`,
      owner_id: house.ann.id,
    }))
    await house.db
      .transaction()
      .execute((db) => insert({ ...house.ctx, db, now: clock.now }, customerEntity, many))
    assert.deepEqual((await dayOf(house.ann)).without_next, { count: 1000, more: true })
  })

  it('is my own: tasks of others and of customers that I no longer see are not on it', async () => {
    await plan('2026-11-18', '内部', {}, HOME)
    await plan('2026-11-18', '给梅的', { owner_id: house.mei.id })
    await plan('2026-11-18', '安的')
    assert.deepEqual(titles((await dayOf(house.ann)).today), ['内部', '安的'])
    assert.deepEqual(titles((await dayOf(house.mei)).today), ['给梅的'])
    assert.deepEqual(titles((await dayOf(house.root)).today), [])
    const moved = { body: { owner_id: house.eve.id }, version: 1 }
    await ok(house.root.call('PATCH', `/customers/${customer}`, moved))
    const day = await dayOf(house.ann)
    assert.deepEqual(titles(day.today), ['内部'])
    assert.deepEqual([day.counts.today, day.without_next.count, day.today[0]?.phone], [1, 0, null])
  })

  it('shows a reader the masked number', async () => {
    await plan('2026-11-18', '请你看看', { owner_id: house.bob.id })
    const [row] = (await dayOf(house.bob)).today
    assert.equal(row?.phone, '138****8000')
    assert.equal(row?.can.edit, false)
  })

  it('takes a fixed number of statements', async () => {
    const measure = async () => (await house.statements(() => dayOf(house.ann))).sql.length
    const few = await measure()
    for (let index = 0; index < 20; index++) await plan('2026-11-18', '又一个')
    assert.equal(await measure(), few)
    assert.ok(few <= 6, `${few} statements`)
    assert.deepEqual(house.faults, [])
  })
})
