import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Database, openDatabase } from '../database/database.ts'
import { refusalOf } from '../door/problem.ts'
import { insert } from '../records/records.ts'

type Rule = { prefix: string; dated: string; digits: number; reset: string }

let now = '2026-11-21T02:00:00.000Z'
let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => now })
})
after(() => house.close())

const shape = async (rule: Rule) => {
  const { body } = await house.root.call('GET', '/numbering')
  const [kept] = (body as { items: { version: number }[] }).items
  return house.root.call('PUT', '/numbering/customer', {
    body: rule,
    ...(kept && { version: kept.version }),
  })
}
const make = async (): Promise<string> => {
  const answer = await house.ann.call('POST', '/customers', { body: { name: '甲' } })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return (answer.body as { number: string }).number
}

describe('numbering rules', () => {
  it('begin as the program brings them, and go on after a change of words', async () => {
    assert.equal(await make(), 'C000001')
    const answer = await shape({ prefix: '客-', dated: 'none', digits: 4, reset: 'never' })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(await make(), '客-0002')
  })

  it('let nobody wait for a record that is still being written', async () => {
    await house.db.transaction().execute(async (db) => {
      const [held] = await insert({ ...house.ctx, db, now }, customer, [{ name: '还没写完' }])
      assert.equal(held?.number, '客-0003')
      assert.equal(await make(), '客-0004')
    })
  })

  it('begin again with each period, by the day it is in China', async () => {
    await shape({ prefix: 'K', dated: 'month', digits: 3, reset: 'month' })
    assert.deepEqual([await make(), await make()], ['K202611001', 'K202611002'])
    now = '2026-11-30T16:00:00.000Z'
    assert.equal(await make(), 'K202612001')
    await shape({ prefix: 'K', dated: 'day', digits: 2, reset: 'year' })
    assert.equal(await make(), 'K2026120101')
  })

  it('that begin again let nobody wait either, and leave out what came to nothing', async () => {
    const given: unknown[] = []
    const failed = house.db.transaction().execute(async (db) => {
      for (const each of [1, 2]) {
        const [held] = await insert({ ...house.ctx, db, now }, customer, [{ name: `半途${each}` }])
        given.push(held?.number)
      }
      given.push(await make())
      throw new Error('nothing came of it')
    })
    await assert.rejects(failed, /nothing came of it/)
    assert.deepEqual(given, ['K2026120102', 'K2026120103', 'K2026120104'])
    assert.equal(await make(), 'K2026120105')
  })

  it('never give a number twice, however many write at once', async () => {
    await shape({ prefix: 'D', dated: 'day', digits: 1, reset: 'day' })
    const numbers = await Promise.all(Array.from({ length: 40 }, make))
    assert.equal(new Set(numbers).size, 40)
    await shape({ prefix: 'K', dated: 'month', digits: 3, reset: 'month' })
    assert.equal(await make(), 'K202612002')
  })

  it('wait for a line where there are few, and say so where none is left', async () => {
    await shape({ prefix: 'F', dated: 'day', digits: 1, reset: 'day' })
    const writing = ({ db: lines }: Database) =>
      lines.transaction().execute(async (db) => {
        const [held] = await insert({ ...house.ctx, db, now }, customer, [{ name: '挤' }])
        return held?.number
      })
    const two = openDatabase(house.url, { max: 2 })
    const numbers = await Promise.all(Array.from({ length: 50 }, () => writing(two)))
    await two.close()
    assert.equal(new Set(numbers).size, 50)
    const url = new URL(house.url)
    const name = `few_${url.pathname.slice(1)}`
    const role = sql.id(name)
    const limit = (count: number) =>
      sql`alter role ${role} connection limit ${sql.lit(count)}`.execute(house.db)
    await sql`create role ${role} login password 'few'`.execute(house.db)
    for (const kind of ['tables', 'sequences'])
      await sql`grant all on all ${sql.raw(kind)} in schema public to ${role}`.execute(house.db)
    Object.assign(url, { username: name, password: 'few' })
    await limit(1)
    const one = openDatabase(url.href, { max: 1 })
    await assert.rejects(writing(one), (error) => refusalOf(error)?.reason === 'server_busy')
    const stored = await one.db
      .selectFrom('customer')
      .select('id')
      .where('name', '=', '挤')
      .execute()
    assert.equal(stored.length, 50)
    await limit(2)
    const later = await writing(one)
    assert.ok(later && !numbers.includes(later))
    await one.close()
    await sql`drop owned by ${role}`.execute(house.db)
    await sql`drop role ${role}`.execute(house.db)
    await shape({ prefix: 'K', dated: 'month', digits: 3, reset: 'month' })
  })

  it('pass over numbers that records bear already', async () => {
    await house.db.deleteFrom('numbering_series').execute()
    assert.equal(await make(), 'K202612003')
  })

  it('are refused where numbers would repeat, to others, and when somebody was faster', async () => {
    const rule = { prefix: 'C', dated: 'year', digits: 4, reset: 'month' }
    const repeated = await shape(rule)
    assert.deepEqual((repeated.body as { errors: unknown }).errors, [
      { path: 'reset', reason: 'number_repeats' },
    ])
    const late = { body: { ...rule, reset: 'year' }, version: 1 }
    assert.equal((await house.root.call('PUT', '/numbering/customer', late)).status, 412)
    assert.equal((await house.mei.call('PUT', '/numbering/customer', late)).status, 403)
    assert.equal((await house.root.call('PUT', '/numbering/nothing', late)).status, 404)
  })
})

describe('a kind that had no number', () => {
  const rule = { prefix: 'l-', dated: 'year', digits: 3, reset: 'year' }
  const path = async () => {
    const { body } = await house.ann.call('POST', '/customers', { body: { name: '有联系人' } })
    return `/customers/${(body as { id: string }).id}/contacts`
  }
  type Contact = { id: string; version: number; x_no?: string } & Record<string, unknown>
  const put = async (version: number) =>
    house.root.call('PUT', '/numbering/contact', { body: rule, version })
  const stored = async () => {
    const { body } = await house.root.call('GET', '/numbering')
    const { items } = body as { items: { id: string; on: boolean; version: number }[] }
    return items.find(({ id }) => id === 'contact')
  }
  let field = ''

  it('is told with all others, gets one by its rule, and what was there is numbered by age', async () => {
    assert.deepEqual(
      [(await stored())?.on, (await stored())?.version, (await stored())?.id],
      [false, 0, 'contact'],
    )
    const contacts = await path()
    const old: string[] = []
    for (const name of ['老甲', '老乙', '老丙']) {
      const { body } = await house.ann.call('POST', contacts, { body: { name } })
      old.push((body as Contact).id)
    }
    const longAgo = house.db.updateTable('contact').set({ created_at: '2024-12-31T15:59:00Z' })
    await longAgo.where('id', '=', old[0] ?? '').execute()
    const answer = await put(0)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.deepEqual([(await stored())?.on, (await stored())?.version], [true, 1])
    const { body: fields } = await house.ann.call('GET', '/fields')
    const [made] = (fields as { items: { definition: { name: string; kind: string } }[] }).items
    assert.equal(made?.definition.kind, 'serial')
    field = made?.definition.name ?? ''
    await house.work()
    const numbers: [unknown, number][] = []
    for (const id of old) {
      const { body } = await house.ann.call('GET', `${contacts}/${id}`)
      numbers.push([(body as Contact)[field], (body as Contact).version])
    }
    const number = (at: number) => String(numbers[at]?.[0])
    assert.equal(number(0), 'L-2024001')
    for (const at of [1, 2]) assert.match(number(at), new RegExp(`^L-2\\d{3}00${at}$`))
    assert.notEqual(number(1).slice(0, 6), 'L-2024')
    assert.deepEqual([...new Set(numbers.map(([, version]) => version))], [1])
    const { body: found } = await house.ann.call('GET', '/contacts', { query: { q: number(1) } })
    assert.ok((found as { items: Contact[] }).items.some((each) => each.id === old[1]))
    const filter = { field, is: 'eq', value: number(2).toLowerCase() }
    const { body: one } = await house.ann.call('GET', '/contacts', { query: { filter } })
    assert.deepEqual(
      (one as { items: Contact[] }).items.map(({ id }) => id),
      [old[2]],
    )
  })

  it('numbers a minute later what was being written meanwhile, once', async () => {
    const contacts = await path()
    const { body } = await house.ann.call('POST', contacts, { body: { name: '半路' } })
    const { id } = body as Contact
    // As a server leaves it that had not heard of the field when it began.
    await sql`update contact set custom = custom - ${field} where id = ${id}::uuid`.execute(
      house.db,
    )
    await house.work()
    const bare = await house.ann.call('GET', `${contacts}/${id}`)
    assert.equal((bare.body as Contact)[field], null)
    const later = () =>
      sql`update graphile_worker._private_jobs set run_at = now()`.execute(house.db)
    assert.ok(Number((await later()).numAffectedRows) > 0)
    await house.work()
    const numbered = await house.ann.call('GET', `${contacts}/${id}`)
    assert.match(String((numbered.body as Contact)[field]), /^L-2\d{6}$/)
    assert.equal(Number((await later()).numAffectedRows), 0)
  })

  it('gives each new record its own, however many are made at once, and takes none from outside', async () => {
    const contacts = await path()
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        house.ann.call('POST', contacts, { body: { name: `同时${at}` } }),
      ),
    )
    const numbers = made.map(({ body }) => String((body as Contact)[field]))
    assert.equal(new Set(numbers).size, 20)
    assert.ok(numbers.every((each) => /^L-2026\d{3}$/.test(each)))
    const forged = await house.ann.call('POST', contacts, {
      body: { name: '自编', [field]: 'L-1' },
    })
    assert.equal(forged.status, 400)
  })

  it('has one number, begins anew each year, and goes on when it is taken back up', async () => {
    const definition = { kind: 'serial', label: { zh: '又一个编号', en: '' } }
    for (const entity of ['contact', 'customer']) {
      const twice = await house.root.call('POST', '/fields', { body: { entity, definition } })
      const { errors } = twice.body as { errors: { reason: string }[] }
      assert.equal(errors[0]?.reason, 'numbered_already')
    }
    const contacts = await path()
    now = '2027-01-01T03:00:00.000Z'
    const first = await house.ann.call('POST', contacts, { body: { name: '新年' } })
    assert.equal((first.body as Contact)[field], 'L-2027001')
    const id = `contact.${field}`
    const warned = await house.root.call('DELETE', `/fields/${id}`, { version: 1 })
    const { reason, facts } = warned.body as { reason: string; facts: { numbers: string } }
    assert.deepEqual([reason, facts.numbers], ['field_in_use', '联系人'])
    await house.root.call('DELETE', `/fields/${id}`, { version: 1, query: { anyway: 'true' } })
    assert.deepEqual([(await stored())?.on, (await stored())?.version], [false, 1])
    const bare = await house.ann.call('POST', contacts, { body: { name: '无号' } })
    assert.equal((bare.body as Contact)[field], undefined)
    assert.equal((await put(1)).status, 200)
    await house.work()
    const kept = await house.ann.call('GET', `${contacts}/${(first.body as Contact).id}`)
    assert.equal((kept.body as Contact)[field], 'L-2027001')
    const later = await house.ann.call('GET', `${contacts}/${(bare.body as Contact).id}`)
    assert.match(String((later.body as Contact)[field]), /^L-2\d{6}$/)
  })
})
