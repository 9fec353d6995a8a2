import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { find as findRole } from '#access/roles/queries.ts'
import type { Rights, Verb } from '#access/roles/rules.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { testsOf } from '#platform/conditions/tests.ts'
import type { Right } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { csvFile, importing, tableRows } from './testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = Record<string, unknown> & { id: string; version: number }

const personal = {
  ...{ phones: ['13655550001'], email: 'hidden@silk.cn', wechat: 'silkroad' },
  ...{ address: '隐秘路九号', legal_representative: '秦秘', birth_date: '1971-02-03' },
  ...{ gender: 'male', occupation: '茶商', income_level: 'high', hobbies: ['潜水'] },
}
const contactPersonal = {
  ...{ phones: ['13655550009'], email: 'bao@silk.cn', wechat: 'baobao', birth_date: '1982-11-21' },
}
const plain = [personal, contactPersonal]
  .flatMap((values) => Object.values(values).flat())
  .filter((value) => value !== 'male' && value !== 'high')
const masked = (entity: Entity) =>
  Object.entries<Field>(entity.fields).filter(([, field]) => field.sensitivity === 'personal')

let house: TestHouse
let bob: Caller
let held: Row
let person: Row
before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-18T02:00:00.000Z' })
  bob = house.bob
  held = await made('/customers', { name: '丝路商行', ...personal })
  person = await made(`${own()}/contacts`, { name: '鲍经理', ...contactPersonal })
  await made(`${own()}/interactions`, { summary: '谈好了', contact_id: person.id })
  await made(`${own()}/tasks`, { title: '回电', due_on: '2026-11-18', owner_id: bob.id })
  await changed(own(), { phones: ['13655550001', '13655550002'], note: '看得见' })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const own = () => `/customers/${held.id}`
const made = async (path: string, body: Record<string, unknown>): Promise<Row> => {
  const answer = await house.ann.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const changed = async (path: string, body: Record<string, unknown>) =>
  assert.equal((await house.ann.call('PATCH', path, { body, version: 1 })).status, 200)

const reads = () => [
  ...['/customers', '/contacts', '/interactions', '/tasks', '/day', '/search?q=丝路'],
  ...['', '/contacts', '/interactions', '/tasks', '/chronicle'].map((rest) => `${own()}${rest}`),
  `${own()}/contacts/${person.id}`,
]
const texts = async (paths: readonly string[]) => {
  const found: string[] = []
  for (const path of paths) {
    const answer = await bob.call('GET', path)
    assert.equal(answer.status, 200, `${path} ${answer.raw}`)
    found.push(answer.raw.toString())
  }
  return found.join('\n')
}
const noneIn = (text: string, secrets: readonly unknown[] = [...plain, '13655550002']) => {
  for (const each of secrets) assert.ok(!text.includes(String(each)), `${each} in ${text}`)
}

/** Gives the reader's role, for a while, what a role of the firm's own making may hold. */
const withRole = async (
  verbs: readonly Verb[],
  change: Partial<Omit<Rights, 'levels'>> & { internal?: Right },
  work: () => Promise<void>,
) => {
  const set = (rights: Rights) =>
    sql`update role set rights = ${JSON.stringify(rights)}::jsonb where id = 'reader'`.execute(
      house.db,
    )
  const { rights } = await findRole(house.ctx, 'reader')
  const { internal = 'read', ...more } = change
  await set({
    ...{ ...rights, ...more, levels: { ...rights.levels, internal } },
    kinds: { '*': Object.fromEntries(['view', ...verbs].map((verb) => [verb, 'personal'])) },
  })
  try {
    await work()
  } finally {
    await set(rights)
  }
}

describe('a masked field', () => {
  it('is personal, and there are as many as the test fills', () => {
    assert.deepEqual(
      masked(customer)
        .map(([name]) => name)
        .sort(),
      Object.keys(personal).sort(),
    )
    assert.deepEqual(
      masked(contact)
        .map(([name]) => name)
        .sort(),
      Object.keys(contactPersonal).sort(),
    )
  })

  it('is in no answer', async () => {
    const text = await texts(reads())
    noneIn(text)
    assert.ok(text.includes('136****0001') && text.includes('看得见'))
    assert.ok((await house.ann.call('GET', own())).raw.toString().includes('13655550001'))
  })

  it('takes no filter of any kind, and no sort', async () => {
    for (const entity of [customer, contact])
      for (const [name, field] of masked(entity)) {
        for (const is of testsOf(field))
          for (const rest of ['', '/count']) {
            const filter = { any: [{ not: { field: name, is, value: 1 } }] }
            const query = { filter }
            const answer = await bob.call('GET', `/${entity.plural}${rest}`, { query })
            assert.equal(answer.status, 400)
            const { errors }: { errors: { reason: string }[] } = answer.body
            assert.equal(errors[0]?.reason, 'field_not_readable')
          }
        for (const sort of [name, `-${name}`])
          assert.equal(
            (await bob.call('GET', `/${entity.plural}`, { query: { sort } })).status,
            400,
          )
      }
  })

  it('is found by no search, of the customer or of what belongs to it', async () => {
    for (const q of [
      '13655550001',
      '5555',
      '5000',
      'hidden@silk.cn',
      'silk',
      '13655550009',
      'bao@',
    ])
      for (const path of ['/customers', '/contacts', '/search'])
        assert.deepEqual((await bob.call('GET', path, { query: { q } })).body, {
          items: [],
          ...(path === '/search' ? { records: [] } : { next: null }),
        })
    assert.ok((await texts(['/search?q=丝路'])).includes(held.id))
  })

  it('stays masked in exports and raw events for a role that may have them', () =>
    withRole(['export'], { keys: ['events.view'] }, async () => {
      for (const plural of ['customers', 'contacts'])
        for (const format of ['csv', 'xlsx']) {
          const answer = await bob.call('GET', `/${plural}/export`, { query: { format } })
          assert.equal(answer.status, 200)
          const rows = await tableRows(answer.raw)
          assert.equal(rows.length, 2)
          noneIn(JSON.stringify(rows))
        }
      const text = await texts([`${own()}/events`])
      noneIn(text)
      assert.ok(text.includes('看得见') && text.includes('concealed'))
    }))

  it('is neither written, matched nor shown on the way of a change or an import', () =>
    withRole(['create', 'edit', 'import'], { internal: 'write' }, async () => {
      const body = { phones: ['13800138000'] }
      const answer = await bob.call('PATCH', own(), { body, version: 2 })
      assert.deepEqual([answer.status, answer.raw.includes('field_not_writable')], [403, true])
      const late = await bob.call('PATCH', own(), { body: { note: 'x' }, version: 1 })
      assert.equal(late.status, 412)
      noneIn(late.raw.toString())
      const by = importing(house, bob)
      const table = csvFile([
        ['名称', '电话', '邮箱'],
        ['丝路商行', '13655550001', 'hidden@silk.cn'],
      ])
      const { id, mapping, version } = await by.upload('a.csv', table)
      assert.deepEqual(mapping, ['name', null, null])
      for (const body of [{ mapping: ['name', 'phones', null] }, { key: 'phones', mode: 'both' }]) {
        const refused = await bob.call('PATCH', `/imports/${id}`, { body, version })
        assert.equal(refused.status, 400)
      }
    }))

  it('hides a customer’s name wherever it is told, when names are masked', () =>
    withRole(['export'], { internal: 'masked' }, async () => {
      const paths = reads().filter((path) => !path.startsWith('/search'))
      const text = await texts(paths)
      noneIn(text, ['丝路', '鲍经理', '谈好了'])
      assert.ok(text.includes('丝***'))
      for (const plural of ['customers', 'contacts', 'interactions', 'tasks']) {
        const query = { format: 'csv' }
        const answer = await bob.call('GET', `/${plural}/export`, { query })
        noneIn(answer.raw.toString(), ['丝路', '鲍经理', '谈好了'])
      }
      for (const q of ['丝路', 'silu'])
        assert.deepEqual((await bob.call('GET', '/search', { query: { q } })).body, {
          ...{ items: [], records: [] },
        })
      const sorted = await bob.call('GET', '/customers', { query: { sort: 'name' } })
      assert.equal(sorted.status, 400)
    }))
})
