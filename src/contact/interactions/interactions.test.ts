import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Answer, type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { HOME } from '#platform/database/ctx.ts'

type Interaction = {
  id: string
  customer_id: string
  version: number
  at: string
  channel: string
  direction: string
  summary: string
  person_id: number
  contact_id: string | null
  files: { id: string; name: string }[]
  can: { edit: boolean; delete: boolean }
}
type Problem = {
  reason: string
  errors?: { path: string; reason: string }[]
  facts?: { changed?: string[] }
}
type Named = { id: string }

const now = '2026-11-18T02:00:00.000Z'
const nobodysId = '019a9f00-0000-7000-8000-000000000000'
let house: TestHouse
let customer: string
let contact: string
let foreignContact: string

before(async () => {
  house = await openTestHouse({ clock: () => now })
  customer = (await newCustomer(house.ann, '安的客户')).id
  contact = (await newContact(customer, '王经理')).id
  const other = (await newCustomer(house.ann, '另一个客户')).id
  foreignContact = (await newContact(other, '别家的人')).id
})
after(() => house.close())

const newCustomer = async (by: Caller, name: string): Promise<Named> =>
  (await by.call('POST', '/customers', { body: { name, owner_id: by.id } })).body
const newContact = async (under: string, name: string): Promise<Named> =>
  (await house.ann.call('POST', `/customers/${under}/contacts`, { body: { name } })).body
const newFile = async (under: string, name: string): Promise<Named> => {
  const answer = await house.ann.call('POST', `/customers/${under}/files`, {
    query: { name },
    raw: Buffer.from(name),
  })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}

const post = (by: Caller, body: Record<string, unknown> = {}, under = customer) =>
  by.call('POST', `/customers/${under}/interactions`, { body: { summary: '谈了价格', ...body } })
const made = async (body: Record<string, unknown> = {}) => {
  const answer = await post(house.ann, body)
  assert.equal(answer.status, 201, answer.raw.toString())
  const interaction: Interaction = answer.body
  return interaction
}
const at = (each: Interaction) => `/customers/${each.customer_id}/interactions/${each.id}`

const stored = (id: string) =>
  house.db.selectFrom('interaction').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const lastContact = async () => {
  const row = await house.db
    .selectFrom('customer')
    .select(['last_contact_at', 'version'])
    .where('id', '=', customer)
    .executeTakeFirstOrThrow()
  assert.equal(row.version, 1, 'a fact is no edit')
  return row.last_contact_at
}
const countRows = async () => {
  const { rows } = await sql<{ interactions: number; tasks: number; events: number }>`select
    (select count(*) from interaction) as interactions, (select count(*) from task) as tasks,
    (select count(*) from event) as events`.execute(house.db)
  return rows[0]
}
const refusedAt = (answer: Answer) => {
  const problem: Problem = answer.body
  assert.equal(answer.status, 400, answer.raw.toString())
  return problem.errors
}

describe('an interaction', () => {
  it('is noted now, by the caller, as an outgoing call, unless the input says otherwise', async () => {
    const plain = await made()
    assert.deepEqual(
      [plain.at, plain.person_id, plain.channel, plain.direction, plain.files],
      [now, house.ann.id, 'call', 'out', []],
    )
    assert.equal(await lastContact(), now)
    const told = await made({
      at: '2026-11-10T17:30:00+08:00',
      channel: 'visit',
      direction: 'in',
      contact_id: contact,
      person_id: house.mei.id,
      minutes: 45,
    })
    const row = await stored(told.id)
    assert.deepEqual(
      [told.at, row.at, row.channel, row.direction, row.contact_id, row.person_id, row.minutes],
      [
        '2026-11-10T09:30:00.000Z',
        '2026-11-10T09:30:00.000Z',
        'visit',
        'in',
        contact,
        house.mei.id,
        45,
      ],
    )
    assert.equal(await lastContact(), now)
    await house.ann.call('DELETE', at(plain), { version: 1 })
    assert.equal(await lastContact(), '2026-11-10T09:30:00.000Z')
    await house.ann.call('DELETE', at(told), { version: 1 })
    assert.equal(await lastContact(), null)
  })

  it('takes along files and the next step, all or nothing', async () => {
    const file = await newFile(customer, '报价单.txt')
    const step = { title: '送样品', due_on: '2026-11-25', important: true }
    const noted = await made({ file_ids: [file.id], next_step: step })
    assert.deepEqual(
      noted.files.map((each) => [each.id, each.name]),
      [[file.id, '报价单.txt']],
    )
    const task = await house.db
      .selectFrom('task')
      .selectAll()
      .where('interaction_id', '=', noted.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(
      [task.title, task.due_on, task.important, task.urgent, task.owner_id, task.customer_id],
      ['送样品', '2026-11-25', true, false, house.ann.id, customer],
    )
    const seen: Interaction = (await house.ann.call('GET', at(noted))).body
    assert.deepEqual(seen.files.length, 1)

    const rows = await countRows()
    const free = await newFile(customer, '合同.txt')
    for (const [body, expected] of [
      [{ next_step: { ...step, owner_id: house.eve.id } }, 'next_step.owner_id'],
      [{ next_step: { title: '', due_on: '2026-11-25' } }, 'next_step.title'],
      [{ next_step: { title: '送样品' } }, 'next_step.due_on'],
      [{ next_step: { ...step, done_at: now } }, 'next_step.done_at'],
      [{ file_ids: [free.id, nobodysId] }, 'file_ids'],
      [{ file_ids: [file.id] }, 'file_ids'],
    ] as const)
      assert.deepEqual(
        refusedAt(await post(house.ann, body))?.map((each) => each.path),
        [expected],
      )
    const after = await countRows()
    assert.deepEqual(
      [after?.interactions, after?.tasks, after?.events],
      [rows?.interactions, rows?.tasks, (rows?.events ?? 0) + 1],
      'only the file that was added in between is new',
    )
  })

  it('refuses a contact of another customer, times ahead and people who are not there', async () => {
    const noted = await made({ contact_id: contact })
    const rows = await countRows()
    for (const [body, error] of [
      [{ contact_id: foreignContact }, { path: 'contact_id', reason: 'contact_not_of_customer' }],
      [{ contact_id: nobodysId }, { path: 'contact_id', reason: 'contact_not_of_customer' }],
      [{ at: '2026-11-19T02:00:01Z' }, { path: 'at', reason: 'in_the_future' }],
      [
        { minutes: 1441 },
        { path: 'minutes', reason: 'out_of_range', values: { min: 0, max: 1440 } },
      ],
      [{ person_id: 999_999 }, { path: 'person_id', reason: 'person_unknown' }],
      [{ channel: 'telepathy' }, { path: 'channel', reason: 'not_a_choice' }],
      [{ summary: ' ' }, { path: 'summary', reason: 'required' }],
    ] as const) {
      assert.deepEqual(refusedAt(await post(house.ann, body)), [error])
      const changed = await house.ann.call('PATCH', at(noted), { body, version: 1 })
      assert.deepEqual(refusedAt(changed), [error])
    }
    assert.deepEqual(await countRows(), rows)
    assert.equal((await stored(noted.id)).version, 1)
  })

  it('keeps the contact that was deleted since', async () => {
    const gone = await newContact(customer, '离职的人')
    const noted = await made({ contact_id: gone.id })
    await house.ann.call('DELETE', `/customers/${customer}/contacts/${gone.id}`, { version: 1 })
    const changed = await house.ann.call('PATCH', at(noted), {
      body: { contact_id: gone.id, summary: '补充' },
      version: 1,
    })
    assert.equal(changed.status, 200, changed.raw.toString())
    const row = await stored(noted.id)
    assert.deepEqual([row.summary, row.contact_id, row.version], ['补充', gone.id, 2])
  })

  it('is changed only at the version that was seen', async () => {
    const noted = await made()
    const change = (version?: number) =>
      house.ann.call('PATCH', at(noted), {
        body: { summary: '改了' },
        ...(version && { version }),
      })
    assert.equal((await change()).status, 428)
    assert.equal((await change(1)).status, 200)
    const slow = await change(1)
    const problem: Problem = slow.body
    assert.equal(slow.status, 412)
    assert.deepEqual(problem.facts?.changed, ['summary'])
    assert.equal((await stored(noted.id)).version, 2)
  })

  it('is not there for a stranger, and only read by a reader', async () => {
    const noted = await made()
    const { eve, bob } = house
    assert.equal((await eve.call('GET', at(noted))).status, 404)
    const change = { body: { summary: 'x' }, version: 1 }
    assert.equal((await eve.call('PATCH', at(noted), change)).status, 404)
    assert.equal((await eve.call('DELETE', at(noted), { version: 1 })).status, 404)
    assert.equal((await post(eve)).status, 404)
    assert.equal((await post(eve, { contact_id: foreignContact })).status, 404)
    assert.equal((await post(house.root, {}, HOME)).status, 404)
    const seen: Interaction = (await bob.call('GET', at(noted))).body
    assert.deepEqual(seen.can, { edit: false, delete: false, transfer: false })
    assert.equal((await post(bob)).status, 403)
    assert.equal((await bob.call('PATCH', at(noted), change)).status, 403)
    assert.equal((await stored(noted.id)).version, 1)
  })

  it('happens once when it is sent twice with one key', async () => {
    const body = { summary: '只此一次', next_step: { title: '回访', due_on: '2026-11-26' } }
    const send = () =>
      house.ann.call('POST', `/customers/${customer}/interactions`, {
        body,
        headers: { 'idempotency-key': 'one' },
      })
    const first: Interaction = (await send()).body
    const second: Interaction = (await send()).body
    assert.equal(second.id, first.id)
    const tasks = await house.db
      .selectFrom('task')
      .select('id')
      .where('interaction_id', '=', first.id)
      .execute()
    assert.equal(tasks.length, 1)
  })
})

it('lists interactions in a fixed number of statements', async () => {
  const list = `/customers/${customer}/interactions`
  const measure = async (path: string) =>
    (await house.statements(() => house.ann.call('GET', path, { query: { limit: 200 } }))).sql
      .length
  const few = [await measure(list), await measure('/interactions')]
  for (let index = 0; index < 20; index++) await made()
  assert.deepEqual([await measure(list), await measure('/interactions')], few)
  assert.ok(Math.max(...few) <= 5, `${few} statements`)
  assert.deepEqual(house.faults, [])
})
