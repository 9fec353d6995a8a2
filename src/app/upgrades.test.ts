import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { sql } from 'kysely'
import { load } from '#platform/customFields/queries.ts'
import { HOME } from '#platform/database/ctx.ts'
import { openedPayload } from '#platform/encryption/values.ts'
import { digestOf } from '#platform/events/events.ts'
import { seal, verify } from '#platform/events/seal.ts'
import { encryptStored } from '#platform/upgrades/encryptStored.ts'
import { startUpgrades } from '#platform/upgrades/jobs.ts'
import { everywhere } from './testing/everywhere.ts'
import { csvFile, importing } from './testing/importing.ts'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = Record<string, unknown> & { id: string; version: number }
type Payload = Record<string, unknown>

const before1 = '11010519491231002X'
const now1 = '330106198801020017'
const imported = '44030619770303003X'
const retired = '6222021234567890123'
const secrets = [before1, now1, imported, retired]

let house: TestHouse
before(async () => {
  house = await openTestHouse()
  for (const [name, kind] of [
    ['x_id', 'idNumber'],
    ['x_old', 'bankAccount'],
  ]) {
    const definition = { name, kind, label: { zh: name, en: '' } }
    for (const entity of ['customer', 'contact']) {
      const answer = await house.root.call('POST', '/fields', { body: { entity, definition } })
      assert.equal(answer.status, 201)
    }
  }
  // Encrypted on the one kind, plain words on the other.
  for (const [entity, name, kind] of [
    ['customer', 'x_no', 'idNumber'],
    ['contact', 'x_no', 'text'],
  ]) {
    const definition = { name, kind, label: { zh: name, en: '' } }
    const answer = await house.root.call('POST', '/fields', { body: { entity, definition } })
    assert.equal(answer.status, 201)
  }
})
after(() => house.close())

const post = async (path: string, body: object): Promise<Row> => {
  const { status, body: row, raw } = await house.root.call('POST', path, { body })
  assert.ok(status < 300, raw.toString())
  return row
}
const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`

/** The database as a version wrote it that kept such values as they were typed. */
const asBefore = async (one: Row, contact: Row, importId: string) => {
  const { db } = house
  await sql`update customer set custom = ${json({
    ...{ x_id: now1, x_old: retired, x_last: now1.slice(0, 17), x_last_key: now1, x_further: now1 },
    x_note: 'stays',
  })} where id = ${one.id}::uuid`.execute(db)
  await sql`update contact set custom = ${json({ x_id: before1 })}
    where id = ${contact.id}::uuid`.execute(db)
  const { rows } = await sql<{ id: string; salt: Buffer; payload: Payload; subject: string }>`
    select id, salt, payload, subject_kind as subject, subject_id from event
    where payload ? 'values' or payload ? 'changes'`.execute(db)
  for (const row of rows) {
    const { subject_id }: { subject_id: string } = row as never
    const plain = openedPayload(row.subject, subject_id, row.payload)
    await rewrite(row, plain)
  }
  const asked = { all: [{ field: 'x_id', is: 'in', value: [before1, now1] }] }
  const through = below({ field: 'x_id', is: 'eq', value: before1 })
  await told('customer.exported', { filter: { all: [asked, through] } })
  // No field of interactions is encrypted, only what their conditions ask of others.
  await told('interaction.exported', { filter: { ...through, related: 'customer' } })
  const shown = {
    ...{ name: 'x_shown', kind: 'text', label: { zh: '看证件', en: '' }, required: true },
    when: { field: 'x_id', in: [now1] },
  }
  await told('custom_field.created', { entity: 'customer', definition: shown })
  await sql`insert into custom_field (entity, name, definition, position, version, created_at, updated_at)
    values ('customer', 'x_shown', ${json(shown)}, 9, 1, now(), now())`.execute(db)
  await sql`update import set defaults = ${json({ x_id: imported, name: '甲' })}`.execute(db)
  await sql`update import set preview = ${json([['名称', imported]])}`.execute(db)
  await sql`update import_row set before = ${json({ x_id: imported, name: '甲' })}`.execute(db)
  await sql`update import_problem set value = ${imported}, detail = ${json({ value: imported })}`.execute(
    db,
  )
  await sql`insert into import_key values (${HOME}, gen_random_uuid(), ${importId}, 1, null, true,
    ${json({ x_id: imported })}, ${json([{ x_old: retired }])})`.execute(db)
  await sql`insert into bulk_run (customer_id, id, entity, action, targets, total, next, done, problems, status, created_at, updated_at)
    values (${HOME}, gen_random_uuid(), 'customer', ${json({ kind: 'edit', field: 'x_id', value: before1 })},
      '[]', 0, 0, 0, '[]', 'done', now(), now())`.execute(db)
  await sql`insert into list_view (id, entity, name, owner_id, shared_with, definition, version, created_at, updated_at)
    values ('01980000-0000-7000-8000-00000000aaaa', 'customer', '某人', ${house.root.id}, '{}',
      ${json({ filter: { any: [asked, through, plainBelow, plainName] } })}, 1, now(), now())`.execute(
    db,
  )
  await sql`insert into export_run (customer_id, id, entity, question, columns, format, status, total, done, file_name, created_at, updated_at)
    values (${HOME}, gen_random_uuid(), 'customer', ${json({ filter: { any: [asked, through] } })}, '{}', 'csv', 'done', 0, 0, 'a.csv', now(), now())`.execute(
    db,
  )
  await sql`update custom_field set deleted_at = now(), version = version + 1 where name = 'x_old'`.execute(
    db,
  )
  const formula = (name: string, text: string) =>
    ({ name, kind: 'formula', result: 'text', formula: text, label: { zh: name, en: '' } }) as const
  for (const definition of [formula('x_last', '「x_id」'), formula('x_further', '「x_last」')])
    await sql`insert into custom_field (entity, name, definition, position, version, created_at, updated_at)
      values ('customer', ${definition.name}, ${json(definition)}, 9, 1, now(), now())`.execute(db)
  await sql`update setting set value = value || '{"kinds": []}' where key = 'encryption'`.execute(
    db,
  )
  await load({ db })
}

const below = (where: object) => ({ related: 'contacts', is: 'some', where })
const plainBelow = below({ field: 'x_no', is: 'eq', value: 'A-1' })
const plainName = { field: 'name', is: 'eq', value: '甲' }

const told = async (kind: string, payload: Payload) => {
  const digest = Buffer.from(digestOf(Buffer.alloc(16), payload), 'hex')
  await sql`insert into event (customer_id, id, at, kind, subject_kind, subject_id, payload, salt, digest, tx, era)
    select ${HOME}, gen_random_uuid(), now(), ${kind}, ${kind.split('.')[0]}, ${HOME}, ${json(payload)},
      ${Buffer.alloc(16)}, ${digest}, pg_current_xact_id(), 1`.execute(house.db)
}

const rewrite = async ({ id, salt }: { id: string; salt: Buffer }, payload: Payload) => {
  await sql`update event set payload = ${json(payload)}, digest = ${Buffer.from(digestOf(salt, payload), 'hex')}
    where id = ${id}::uuid`.execute(house.db)
}

it('encrypts what an earlier version kept plain, begun again after a break, and the chain holds', async () => {
  const { root, db } = house
  const one = await post('/customers', { name: '沈括', x_id: before1, x_old: retired })
  const contact = await post(`/customers/${one.id}/contacts`, { name: '沈冲', x_id: before1 })
  const changed = await root.call('PATCH', `/customers/${one.id}`, {
    body: { x_id: now1 },
    version: 1,
  })
  assert.equal(changed.status, 200)
  const table = csvFile([
    ['名称', 'x_id'],
    ['郭守敬', imported],
    ['坏', '１１０,'],
  ])
  const { id: importId } = await importing(house, root).whole('a.csv', table)
  await asBefore(one, contact, importId)
  await seal(db, new Date().toISOString())
  assert.equal((await verify(db)).broken, undefined)
  const plain = (await everywhere(db, secrets)).map((each) => each.split(':')[0])
  for (const name of [
    'customer',
    'contact',
    'import',
    'import_row',
    'import_problem',
    'import_key',
  ])
    assert.ok(plain.includes(`public.${name}`), name)
  for (const name of ['bulk_run', 'list_view', 'export_run'])
    assert.ok(plain.includes(`public.${name}`), name)
  assert.ok(plain.some((each) => each?.startsWith('public.event_')))

  let looks = 0
  const stopping = {
    throwIfAborted: () => {
      looks += 1
      if (looks > 2) throw new Error('stopped')
    },
  }
  await assert.rejects(encryptStored({ db, signal: stopping }), /stopped/)
  assert.ok((await everywhere(db, secrets)).length > 0)
  await startUpgrades({ db })
  await house.work()
  assert.deepEqual(await everywhere(db, secrets), [])
  assert.equal((await verify(db)).broken, undefined)

  const read: Row = (await root.call('GET', `/customers/${one.id}`)).body

  assert.deepEqual([read.x_id, read.version], [now1, 2])
  const history = await root.call('GET', `/customers/${one.id}/events`)
  assert.ok(history.raw.toString().includes(before1) && !history.raw.toString().includes('enc:'))
  const match = await root.call('POST', '/contacts/exact-match', {
    body: { field: 'x_id', value: before1 },
  })
  assert.equal((match.body as { items: Row[] }).items[0]?.id, contact.id)
  const { rows: views } = await sql<{ definition: { filter: unknown } }>`
    select definition from list_view`.execute(db)
  const filter = views[0]?.definition.filter
  const filled = { field: 'x_id', is: 'not_empty' }
  assert.deepEqual(filter, { any: [{ all: [filled] }, below(filled), plainBelow, plainName] })
  const { rows: imports } = await sql<{ defaults: object }>`select defaults from import`.execute(db)
  assert.deepEqual(imports[0]?.defaults, { name: '甲' })
  // As by a field that is retired: shown always, required nowhere.
  const { rows: fields } = await sql<{ definition: object }>`
    select definition from custom_field where name = 'x_shown'`.execute(db)
  assert.deepEqual(fields[0]?.definition, {
    ...{ name: 'x_shown', kind: 'text', label: { zh: '看证件', en: '' } },
  })
  const { rows: kept } = await sql<{ names: string[] }>`select array(
    select jsonb_object_keys(custom) order by 1) as names
    from customer where id = ${one.id}::uuid`.execute(db)
  // What formulas had made of it is gone with the formulas, which are refused now.
  assert.deepEqual(kept[0]?.names, ['x_id', 'x_note', 'x_old'])
  await startUpgrades({ db })
  const { rows: jobs } = await sql<{ count: number }>`
    select count(*) as count from graphile_worker.jobs`.execute(db)
  assert.equal(jobs[0]?.count, 0)
  const seen = await root.call('GET', '/customers', { query: { filter } })
  assert.equal(seen.status, 200, seen.raw.toString())
})

it('encrypts the first rows of imports where no field is encrypted, as any column may hold anything', async () => {
  const { db } = house
  await sql`delete from custom_field`.execute(db)
  await sql`update import set preview = ${json([['名称', imported]])}`.execute(db)
  await sql`update setting set value = value || '{"kinds": []}' where key = 'encryption'`.execute(
    db,
  )
  await startUpgrades({ db })
  await house.work()
  assert.deepEqual(await everywhere(db, [imported]), [])
})
