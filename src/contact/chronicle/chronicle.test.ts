import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { HOME } from '#platform/database/ctx.ts'

type Kept = { id: string; version: number }
type Payload = {
  values?: Record<string, unknown>
  changes?: Record<string, unknown>
  concealed?: string[]
}
type Entry = {
  type: string
  at: string
  interaction?: { id: string; summary: string; files: { name: string }[]; can: { edit: boolean } }
  event?: { id: string; kind: string; actor_id: number; payload: Payload }
}
type Page = { items: Entry[]; next: string | null }

const clock = { now: '2026-11-18T02:00:00.000Z' }
let house: TestHouse

before(async () => {
  house = await openTestHouse({ clock: () => clock.now })
})
after(() => house.close())

const ok = async (answer: ReturnType<Caller['call']>): Promise<Kept> => {
  const { status, body, raw } = await answer
  assert.ok(status < 300, raw.toString())
  return body
}
const newCustomer = (more: Record<string, unknown> = {}) =>
  ok(
    house.ann.call('POST', '/customers', {
      body: { name: '安的客户', owner_id: house.ann.id, ...more },
    }),
  )
const note = (customer: string, body: Record<string, unknown> = {}) =>
  ok(
    house.ann.call('POST', `/customers/${customer}/interactions`, {
      body: { summary: '电话', ...body },
    }),
  )
const read = async (by: Caller, customer: string, after?: string): Promise<Page> => {
  const answer = await by.call('GET', `/customers/${customer}/chronicle`, {
    ...(after && { query: { after } }),
  })
  assert.equal(answer.status, 200, answer.raw.toString())
  return answer.body
}
const words = (page: Page) =>
  page.items.map((each) => each.event?.kind ?? each.interaction?.summary ?? '')

describe('the chronicle of a customer', () => {
  it('tells what was said and what happened, newest first', async () => {
    clock.now = '2026-11-18T02:00:00.000Z'
    const { id, version } = await newCustomer()
    const under = `/customers/${id}`
    clock.now = '2026-11-18T03:00:00.000Z'
    await ok(house.ann.call('PATCH', under, { body: { note: '重要' }, version }))
    const file = await ok(
      house.ann.call('POST', `${under}/files`, {
        query: { name: '报价.txt' },
        raw: Buffer.from('1'),
      }),
    )
    await ok(
      house.ann.call('POST', `${under}/files`, {
        query: { name: '名片.txt' },
        raw: Buffer.from('2'),
      }),
    )
    clock.now = '2026-11-18T04:00:00.000Z'
    await note(id, { summary: '早先的来电', at: '2026-11-18T02:30:00Z' })
    await note(id, { summary: '刚才的电话', file_ids: [file.id] })
    const wrong = await note(id, { summary: '记错的' })
    await ok(house.ann.call('DELETE', `${under}/interactions/${wrong.id}`, { version: 1 }))
    clock.now = '2026-11-18T05:00:00.000Z'
    const body = { title: '回电', due_on: '2026-11-20' }
    const task = await ok(house.ann.call('POST', `${under}/tasks`, { body }))
    clock.now = '2026-11-18T06:00:00.000Z'
    await ok(house.mei.call('POST', `${under}/tasks/${task.id}/completion`, { version: 1 }))
    const page = await read(house.ann, id)
    assert.deepEqual(words(page), [
      'task.completed',
      'task.created',
      '刚才的电话',
      'file.added',
      'customer.updated',
      '早先的来电',
      'customer.created',
    ])
    assert.equal(page.next, null)
    const [completed, , said, , updated] = page.items
    assert.equal(completed?.event?.actor_id, house.mei.id)
    assert.deepEqual(
      said?.interaction?.files.map((each) => each.name),
      ['报价.txt'],
    )
    assert.equal(said?.interaction?.can.edit, true)
    assert.deepEqual(updated?.event?.payload, { changes: { note: [null, '重要'] } })
  })

  it('shows no value of a field that the reader sees masked', async () => {
    clock.now = '2026-11-18T02:00:00.000Z'
    const phones = ['13800138000']
    const { id, version } = await newCustomer({ phones, email: 'wang@secret.cn' })
    clock.now = '2026-11-18T03:00:00.000Z'
    const change = { body: { phones: ['13900139000'], note: '换号' }, version }
    await ok(house.ann.call('PATCH', `/customers/${id}`, change))
    const own = JSON.stringify(await read(house.ann, id))
    assert.ok(own.includes('13800138000') && own.includes('13900139000'))
    const page = await read(house.bob, id)
    assert.ok(!/13800138000|13900139000|wang@secret/.test(JSON.stringify(page)))
    const [updated, created] = page.items
    assert.deepEqual(updated?.event?.payload, {
      changes: { note: [null, '换号'] },
      concealed: ['phones'],
    })
    assert.deepEqual(created?.event?.payload.concealed?.toSorted(), ['email', 'phones'])
    assert.equal(created?.event?.payload.values?.name, '安的客户')
  })

  it('gives every entry once, page by page, while more is written', async () => {
    clock.now = '2026-11-18T02:00:00.000Z'
    const { id } = await newCustomer()
    const told = new Set<string>()
    for (let index = 0; index < 60; index++) {
      // Many of one moment: the order must not depend on the time alone.
      const made = await note(id, {
        at: `2026-11-17T0${index % 2}:00:00Z`,
        next_step: { title: '回电', due_on: '2026-11-20' },
      })
      told.add(made.id)
    }
    const seen: Entry[] = []
    let next: string | null | undefined
    do {
      const page: Page = await read(house.ann, id, next ?? undefined)
      seen.push(...page.items)
      next = page.next
      if (next) {
        clock.now = '2026-11-18T03:00:00.000Z'
        await note(id, { summary: '读的时候来电' })
      }
    } while (next)
    const ids = seen.map((each) => each.interaction?.id ?? each.event?.id)
    assert.equal(new Set(ids).size, ids.length, 'nothing twice')
    assert.equal(ids.length, 60 + 60 + 1)
    for (const each of told) assert.ok(ids.includes(each))
    const times = seen.map((each) => each.at)
    assert.deepEqual(times, times.toSorted().reverse())
  })

  it('is not there for a stranger, nor for the firm itself', async () => {
    const { id } = await newCustomer()
    assert.equal((await house.eve.call('GET', `/customers/${id}/chronicle`)).status, 404)
    assert.equal((await house.root.call('GET', `/customers/${HOME}/chronicle`)).status, 404)
    assert.equal((await house.bob.call('GET', `/customers/${id}/chronicle`)).status, 200)
  })

  it('refuses a cursor of another customer and one that was made up', async () => {
    const [one, other] = [await newCustomer(), await newCustomer()]
    for (let index = 0; index < 51; index++) await note(one.id)
    const { next } = await read(house.ann, one.id)
    assert.ok(next)
    for (const after of [`${next}x`, 'made.up']) {
      const answer = await house.ann.call('GET', `/customers/${one.id}/chronicle`, {
        query: { after },
      })
      assert.equal(answer.status, 400)
    }
    const elsewhere = await house.ann.call('GET', `/customers/${other.id}/chronicle`, {
      query: { after: next },
    })
    assert.equal(elsewhere.status, 400)
    assert.equal((await read(house.ann, one.id, next)).items.length, 2)
  })

  it('takes a fixed number of statements', async () => {
    const { id } = await newCustomer()
    await note(id)
    const measure = async () => (await house.statements(() => read(house.ann, id))).sql.length
    const few = await measure()
    for (let index = 0; index < 20; index++)
      await note(id, { next_step: { title: '回电', due_on: '2026-11-20' } })
    assert.equal(await measure(), few)
    assert.ok(few <= 6, `${few} statements`)
    assert.deepEqual(house.faults, [])
  })
})
