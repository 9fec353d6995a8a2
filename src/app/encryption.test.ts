import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { customer } from '#customers/customers/fields.ts'
import {
  blindIndex,
  decrypt,
  encrypt,
  isEncrypted,
  setEncryptionSecret,
} from '#platform/encryption/encryption.ts'
import { knowSecret, takeSecret } from '#platform/encryption/secret.ts'
import { seal, verify } from '#platform/events/seal.ts'
import { everywhere } from './testing/everywhere.ts'
import { csvFile, importing } from './testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = Record<string, unknown> & {
  id: string
  version: number
  x_id: string | null
  warnings: { path: string; reason: string }[]
}

let house: TestHouse
let ward: Caller
before(async () => {
  house = await openTestHouse()
  for (const [name, kind, zh] of [
    ['x_id', 'idNumber', '证件号'],
    ['x_bank', 'bankAccount', '收款账号'],
  ]) {
    const definition = { name, kind, label: { zh, en: '' }, list: true }
    const body = { entity: 'customer', definition }
    assert.equal((await house.root.call('POST', '/fields', { body })).status, 201)
  }
  await house.work()
  ward = await wardIn(house)
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

/** Sees what is sensitive masked, and the plain value for a reason. */
const wardIn = async (place: TestHouse) => {
  const { body } = await place.root.call('POST', '/roles', {
    body: {
      ...{ label: { zh: '前台', en: '' }, description: '', default_scope: 'all', departments: [] },
      rights: {
        ...{ kinds: { customer: { view: 'all' } }, keys: ['fields.plain', 'events.view'] },
        levels: { internal: 'read', personal: 'masked', sensitive: 'masked' },
        fields: {},
      },
    },
  })
  const { id }: { id: string } = body
  const { north } = place.departments
  return place.hire('ward', { name: '前台', roles: [id], department_id: north })
}

const ids = ['11010519491231002X', '110105194912310039', '330106198801020017', '44030619770303003X']
const banks = ['6222021234567890123', '6222029876543210987']
const wrong = '33010619880102ZZ99'
/** Whole values, and enough of their digits to know them by. */
const secrets = [...ids, ...banks, wrong].flatMap((each) => [each, each.slice(2, 14)])

const path = (id: unknown) => `/customers/${id}`
const read = async (by: Caller, id: string): Promise<Row> => (await by.call('GET', path(id))).body
const stored = async (id: string) => {
  const { rows } = await sql<{ custom: Record<string, string> }>`
    select custom from customer where id = ${id}::uuid`.execute(house.db)
  return rows[0]?.custom ?? {}
}
const whole = (by: Caller, field: string, value: string) =>
  by.call('POST', '/customers/exact-match', { body: { field, value } })
const found = async (by: Caller, field: string, value: string) => {
  const { body } = await whole(by, field, value)
  return (body as { items: Row[] }).items.map(({ id }) => id)
}

describe('fields that are stored encrypted', () => {
  let one: Row
  it('lie plain nowhere in the database, whatever is done to a record', async () => {
    const { root } = house
    const [a = '', b = '', c = '', d = ''] = ids
    const [bank = '', other = ''] = banks
    const body = { name: '沈括', x_id: a, x_bank: bank, note: '笔谈' }
    const headers = { 'idempotency-key': 'once' }
    const made = await root.call('POST', '/customers', { body, headers })
    assert.equal(made.status, 201, made.raw.toString())
    one = made.body
    assert.deepEqual([one.x_id, one.x_bank, one.warnings], [a, bank, []])
    const again = await root.call('POST', '/customers', { body, headers })
    assert.equal((again.body as Row).id, one.id)
    const changed = await root.call('PATCH', path(one.id), {
      body: { x_id: `${b.slice(0, 6)} ${b.slice(6)}` },
      version: 1,
    })
    assert.equal((changed.body as Row).x_id, b)

    const table = csvFile([
      ['名称', '证件号', '收款账号'],
      ['郭守敬', c, bank],
      ['错的', '330106 1988，01', ''],
      ['疑的', wrong, ''],
    ])
    const imports = importing(house, root)
    const done = await imports.whole('people.csv', table)
    assert.deepEqual([done.counts.created, done.counts.failed], [2, 1])
    assert.equal(done.preview[0]?.[1], c)
    const told = await imports.problems(done.id)
    assert.ok(told.length > 1 && told.every(({ value }) => !value?.includes('0106')))
    const update = csvFile([
      ['客户编号', '证件号'],
      [String(one.number), d],
    ])
    const further = await imports.whole('more.csv', update, { mode: 'update', key: 'number' })
    assert.equal(further.counts.updated, 1, JSON.stringify(further))
    assert.equal((await read(root, one.id)).x_id, d)
    const { rows: noted } = await sql<{ before: Record<string, string> }>`
      select before from import_row where import_id = ${further.id}`.execute(house.db)
    assert.ok(isEncrypted(noted[0]?.before.x_id))
    await root.call('POST', `/imports/${further.id}/undo`)
    await house.work()
    assert.equal((await read(root, one.id)).x_id, b)

    const { version } = await read(root, one.id)
    const edit = { kind: 'edit', field: 'x_bank', value: other }
    const bulk = await root.call('POST', '/customers/bulk', {
      body: { rows: [{ id: one.id, version }], action: edit },
    })
    assert.equal(bulk.status, 202)
    assert.deepEqual(await everywhere(house.db, secrets), [])
    await house.work()
    one = await read(root, one.id)
    assert.equal(one.x_bank, other)

    const asked = { field: 'x_id', reason: '核对' }
    const view = await ward.call('POST', `${path(one.id)}/plain-view`, { body: asked })
    assert.deepEqual(view.body, { field: 'x_id', value: b })
    const columns = ['name', 'x_id', 'x_bank']
    const out = await root.call('POST', '/customers/exports', { body: { columns, format: 'csv' } })
    assert.equal(out.status, 202, out.raw.toString())
    await house.work()
    const { id: run }: Row = out.body
    const file = await root.call('GET', `/exports/${run}/content`)
    assert.ok(file.raw.toString().includes(b) && file.raw.toString().includes(other))

    const gone = await root.call('DELETE', path(one.id), { version: one.version })
    assert.equal(gone.status, 200)
    assert.deepEqual(await everywhere(house.db, secrets), [])
    const { deletion_id }: { deletion_id: string } = gone.body
    const rows = [{ customer_id: one.id, id: deletion_id }]
    const back = await root.call('POST', '/bin/restoration', { body: { rows } })
    assert.equal(back.status, 200, back.raw.toString())
    await seal(house.db, new Date().toISOString())
    assert.equal((await verify(house.db)).broken, undefined)
    one = await read(root, one.id)
    assert.deepEqual([one.x_id, one.x_bank], [b, other])
    assert.deepEqual(await everywhere(house.db, secrets), [])
    const custom = await stored(one.id)
    assert.ok(isEncrypted(custom.x_id) && isEncrypted(custom.x_bank))
  })

  it('are told in the history to whom they are told in the record', async () => {
    const history = async (by: Caller) => {
      const { body } = await by.call('GET', `${path(one.id)}/events`)
      const { items }: { items: { kind: string; payload: Record<string, unknown> }[] } = body
      return items.filter(({ kind }) => kind === 'customer.updated').map(({ payload }) => payload)
    }
    const plain = await history(house.root)
    assert.ok(plain.some((each) => JSON.stringify(each.changes).includes(ids[1] ?? 'x')))
    const covered = await history(ward)
    assert.equal(covered.length, plain.length)
    assert.ok(covered.some((each) => JSON.stringify(each.concealed) === '["x_id"]'))
    assert.ok(!/enc:|\d{8}/.test(JSON.stringify(covered)))
  })

  it('are masked where they were, and read in one place only', async () => {
    const seen = await read(ward, one.id)
    assert.deepEqual([seen.x_id, seen.x_bank], ['1****************9', '***************0987'])
    const { x_id = '', x_bank = '' } = await stored(one.id)
    const other = await house.root.call('POST', '/customers', { body: { name: '苏颂' } })
    const { id }: Row = other.body
    await sql`update customer set custom = ${JSON.stringify({ x_id, x_bank: x_id })}::jsonb
      where id = ${id}::uuid`.execute(house.db)
    const moved = await read(house.root, id)
    assert.deepEqual([moved.x_id, moved.x_bank], [null, null])
    assert.deepEqual(
      moved.warnings.map(({ path, reason }) => [path, reason]),
      [
        ['x_id', 'encrypted_value_damaged'],
        ['x_bank', 'encrypted_value_damaged'],
      ],
    )
    const place = { entity: customer.name, field: 'x_bank', id: one.id }
    assert.equal(decrypt(place, x_bank), banks[1])
    assert.equal(decrypt({ ...place, field: 'x_id' }, x_bank), undefined)
    for (const broken of [x_bank.slice(0, -4), `${x_bank}AAAA`, 'enc:', 'enc::', 'enc:a:AQ'])
      assert.equal(decrypt(place, broken), undefined, broken)
    assert.notEqual(encrypt(place, '1'), encrypt(place, '1'))
    await sql`update customer set custom = '{}' where id = ${id}::uuid`.execute(house.db)
  })

  it('are found by the whole value through an index, in any spelling, and by nothing less', async () => {
    const [, b = ''] = ids
    assert.deepEqual(await found(ward, 'x_id', b), [one.id])
    assert.deepEqual(await found(house.root, 'x_id', ` ${b.slice(0, 6)}-${b.slice(6)} `), [one.id])
    assert.deepEqual(await found(ward, 'x_bank', banks[1] ?? ''), [one.id])
    assert.deepEqual(await found(ward, 'x_id', b.slice(0, 17)), [])
    const blind = blindIndex({ entity: 'customer', field: 'x_id' }, b)
    for (const value of [blind, `enc:${blind}`, '1****************9']) {
      const answer = await whole(ward, 'x_id', value)
      assert.equal(answer.status, 400, value)
    }
    assert.notEqual(blind, blindIndex({ entity: 'contact', field: 'x_id' }, b))
    const { rows } = await sql<{ plan: string }>`select indexdef as plan from pg_indexes
      where tablename = 'customer' and indexdef like '%split_part%'`.execute(house.db)
    assert.equal(rows.length, 2)
    const line = house.db
    const plan = await line.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      return sql<Record<string, string>>`explain select id from customer t
        where split_part((t.custom ->> 'x_id'), ':', 2) = ${blind}`.execute(tx)
    })
    assert.match(JSON.stringify(plan.rows), /custom_customer_/)
  })

  it('are filtered by being filled, and by nothing else', async () => {
    const list = (by: Caller, filter: object) =>
      by.call('GET', '/customers', { query: { filter, limit: '200' } })
    const filled = await list(house.root, { field: 'x_id', is: 'not_empty' })
    const { items }: { items: Row[] } = filled.body
    assert.ok(items.length > 1 && items.every(({ x_id }) => x_id !== null))
    const empty = await list(house.root, { field: 'x_id', is: 'empty' })
    assert.equal(empty.status, 200)
    const [, b] = ids
    for (const is of ['eq', 'ne', 'in', 'contains', 'starts_with']) {
      const value = is === 'in' ? [b] : b
      assert.equal((await list(house.root, { field: 'x_id', is, value })).status, 400, is)
    }
    const query = (more: object) => house.root.call('GET', '/customers', { query: { ...more } })
    assert.equal((await query({ sort: 'x_id' })).status, 400)
    const sought = await query({ q: b })
    assert.deepEqual((sought.body as { items: Row[] }).items, [])
    const groups = await house.root.call('GET', '/customers/groups', { query: { by: 'x_id' } })
    assert.equal(groups.status, 400)
  })

  it('take no part in formulas, nor in views, sorting or searching', async () => {
    const base = { label: { zh: '尾号', en: '' } }
    const add = (definition: object) =>
      house.root.call('POST', '/fields', { body: { entity: 'customer', definition } })
    const refused = [
      [
        { ...base, kind: 'formula', result: 'text', formula: '「证件号」' },
        'formula_field_encrypted',
      ],
      [{ ...base, kind: 'idNumber', sort: true }, 'field_kind_not_sortable'],
      [{ ...base, kind: 'bankAccount', search: true }, 'field_kind_not_searchable'],
      [{ ...base, kind: 'text', when: { field: 'x_id', in: ['1'] } }, 'field_encrypted'],
    ] as const
    for (const [definition, reason] of refused) {
      const answer = await add(definition)
      const { errors = [] }: { errors?: { reason: string }[] } = answer.body
      assert.deepEqual([answer.status, errors[0]?.reason], [400, reason])
    }
    const filter = { field: 'x_id', is: 'eq', value: ids[1] }
    const view = { entity: 'customer', name: '某人', shared_with: [], definition: { filter } }
    assert.equal((await house.root.call('POST', '/views', { body: view })).status, 400)
  })
})

describe('another secret than the one that encrypted', () => {
  const secret = 'a secret that only tests know, 32 letters'
  const start = (other: string) => {
    setEncryptionSecret(other)
    return knowSecret(house)
  }
  const troubles = ({ warnings }: Row) => warnings.map(({ reason }) => reason)
  const both = (reason: string) => [reason, reason]
  let one: Row
  before(async () => {
    const body = { name: '毕昇', x_id: ids[0], x_bank: banks[0] }
    one = (await house.root.call('POST', '/customers', { body })).body
  })
  after(() => start(secret))

  it('is said at the field, at every attempt and by name, and nothing is written over', async () => {
    const { root } = house
    const kept = await stored(one.id)
    assert.equal(await start('another secret of another house, 32 letters'), false)
    const list = await root.call('GET', '/customers', { query: { limit: '200' } })
    assert.equal(list.status, 200)
    for (const by of [root, ward]) {
      const row = await read(by, one.id)
      assert.deepEqual([row.x_id, row.x_bank], [null, null])
      assert.deepEqual(troubles(row), both('encrypted_with_other_secret'))
    }
    const view = { field: 'x_id', reason: '核对' }
    const write = (body: object) => root.call('PATCH', path(one.id), { body, version: one.version })
    const raw = csvFile([['名称'], ['甲']])
    const refused = {
      encrypted_with_other_secret: [
        () => write({ x_id: ids[1] }),
        () => write({ x_id: null }),
        () => ward.call('POST', `${path(one.id)}/plain-view`, { body: view }),
      ],
      encryption_secret_changed: [
        () => root.call('POST', '/customers', { body: { name: '新', x_id: ids[1] } }),
        () => whole(root, 'x_id', ids[0] ?? ''),
        () => root.call('GET', '/customers/export', { query: { columns: 'name,x_id' } }),
        () => root.call('POST', '/imports', { query: { entity: 'customer', name: 'a.csv' }, raw }),
      ],
    }
    for (const [reason, calls] of Object.entries(refused))
      for (const call of calls) {
        const { status, body } = await call()
        const { reason: told }: { reason: string } = body
        assert.deepEqual([status, told], [409, reason])
      }
    const renamed = await write({ name: '毕升' })
    assert.equal(renamed.status, 200, renamed.raw.toString())
    const history = await root.call('GET', `${path(one.id)}/events`)
    assert.match(history.raw.toString(), /"concealed":\["x_id","x_bank"\]/)
    assert.ok(!history.raw.toString().includes('enc:'))
    assert.equal((await root.call('GET', '/imports')).status, 200)
    assert.deepEqual(await stored(one.id), kept)
    assert.equal(await start(secret), true)
    one = await read(root, one.id)
    assert.deepEqual([one.x_id, one.x_bank, one.warnings], [ids[0], banks[0], []])
  })

  it('can be taken for good; what the former encrypted may then be entered anew', async () => {
    await start('a new secret as the former is lost, 32 letters')
    assert.equal(await takeSecret(house), true)
    assert.equal(await takeSecret(house), false)
    assert.deepEqual(troubles(await read(house.root, one.id)), both('encrypted_secret_given_up'))
    const body = { x_id: ids[2] }
    const answer = await house.root.call('PATCH', path(one.id), { body, version: one.version })
    assert.equal(answer.status, 200, answer.raw.toString())
    assert.deepEqual(await found(house.root, 'x_id', ids[2] ?? ''), [one.id])
    await start(secret)
    await takeSecret(house)
    const back = await read(house.root, one.id)
    assert.deepEqual([back.x_id, back.x_bank], [null, banks[0]])
  })
})
