import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { csvFile, importing, tableRows } from '#app/testing/importing.ts'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'
import type { FileValue } from '../fields/fileValue.ts'

type Row = Record<string, unknown> & { id: string; version: number; x_papers: FileValue[] }
type Problem = { reason: string; errors?: { path: string; reason: string }[] }

let house: TestHouse
before(async () => {
  house = await openTestHouse()
  for (const entity of ['customer', 'contact', 'interaction', 'task']) await addField(entity)
})
after(() => house.close())

const definition = { name: 'x_papers', kind: 'file', label: { zh: '合同附件', en: '' } }
const addField = async (entity: string, more: object = {}) => {
  const answer = await house.root.call('POST', '/fields', {
    body: { entity, definition: { ...definition, ...more } },
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
}
const upload = async (by: Caller, name: string, text = name): Promise<FileValue> => {
  const { status, body } = await by.call('POST', '/files', {
    query: { name },
    raw: Buffer.from(text),
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const make = async (values: Record<string, unknown>, path = '/customers'): Promise<Row> => {
  const { status, body } = await house.ann.call('POST', path, { body: values })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const set = (row: Row, values: Record<string, unknown>, by = house.ann) =>
  by.call('PATCH', `/customers/${row.id}`, { body: values, version: row.version })
const content = async (by: Caller, customer: string, id: string) =>
  (await by.call('GET', `/customers/${customer}/files/${id}/content`)).status
const found = async (filter: unknown) => {
  const { body } = await house.ann.call('GET', '/customers', { query: { filter } })
  return (body as { items: Row[] }).items.map((each) => each.name)
}

describe('files of fields', () => {
  let one: Row
  let file: FileValue
  it('go with a new record, are told by name, and open for whoever sees it', async () => {
    file = await upload(house.ann, '合同.pdf')
    one = await make({ name: '有附件', x_papers: [file.id] })
    assert.deepEqual(
      one.x_papers.map(({ name, size, customer_id }) => [name, size, customer_id]),
      [['合同.pdf', Buffer.byteLength('合同.pdf'), one.id]],
    )
    assert.equal(await content(house.ann, one.id, file.id), 200)
    assert.equal(await content(house.mei, one.id, file.id), 200)
    assert.equal(await content(house.eve, one.id, file.id), 404)
    const listed = await house.ann.call('GET', `/customers/${one.id}/files`)
    assert.deepEqual((listed.body as { items: unknown[] }).items, [])
    const removed = await house.ann.call('DELETE', `/customers/${one.id}/files/${file.id}`, {
      version: 1,
    })
    assert.equal(removed.status, 404)
  })

  it('belong to contacts, interactions and tasks as well, the firm’s own tasks included', async () => {
    const paths = ['contacts', 'interactions', 'tasks'].map(
      (each) => `/customers/${one.id}/${each}`,
    )
    const home = '/customers/00000000-0000-7000-8000-000000000001/tasks'
    const values = { name: '人', summary: '谈', title: '办', due_on: '2026-11-30' }
    const wanted = [['name'], ['summary'], ['title', 'due_on'], ['title', 'due_on']] as const
    for (const [at, path] of [...paths, home].entries()) {
      const own = await upload(house.ann, `${at}.txt`)
      const fields = Object.fromEntries((wanted[at] ?? []).map((name) => [name, values[name]]))
      const row = await make({ ...fields, x_papers: [own] }, path)
      const customer = String(row.customer_id)
      assert.equal(await content(house.ann, customer, own.id), 200, path)
      assert.equal(await content(house.eve, customer, own.id), 404, path)
    }
  })

  it('come and go with a change; what was taken out can be put back, and nothing else', async () => {
    const more = await upload(house.ann, '补充.txt')
    const added = await set(one, { x_papers: [...one.x_papers, more] })
    assert.equal(added.status, 200, JSON.stringify(added.body))
    one = added.body
    assert.deepEqual(
      one.x_papers.map(({ name }) => name),
      ['合同.pdf', '补充.txt'],
    )
    one = (await set(one, { x_papers: [more] })).body
    assert.equal(await content(house.ann, one.id, file.id), 404)
    one = (await set(one, { x_papers: [file.id, more.id] })).body
    assert.equal(await content(house.ann, one.id, file.id), 200)
    const unsame = await set(one, { x_papers: one.x_papers })
    assert.equal((unsame.body as Row).version, one.version)
    const foreign = await upload(house.root, '别人的.txt')
    const other = await make({ name: '别家', x_papers: [await upload(house.ann, '别家.txt')] })
    for (const id of [foreign.id, other.x_papers[0]?.id, crypto.randomUUID()]) {
      const { status, body } = await set(one, { x_papers: [id] })
      assert.equal(status, 400)
      assert.deepEqual((body as Problem).errors, [{ path: 'x_papers.0', reason: 'file_unknown' }])
    }
  })

  it('are filtered by being there, exported by name, told in history, never imported', async () => {
    assert.deepEqual((await found({ field: 'x_papers', is: 'not_empty' })).sort(), [
      '别家',
      '有附件',
    ])
    const bad = await house.ann.call('GET', '/customers', {
      query: { filter: { field: 'x_papers', is: 'has', value: file.id } },
    })
    assert.equal((bad.body as Problem).errors?.[0]?.reason, 'test_not_for_field')
    const out = await house.root.call('GET', '/customers/export', {
      query: { format: 'csv', columns: 'name,x_papers', sort: 'name' },
    })
    const rows = Object.fromEntries((await tableRows(out.raw)).slice(1)) as Record<string, string>
    assert.equal(rows.有附件, '合同.pdf、补充.txt')
    const history = await house.root.call('GET', `/customers/${one.id}/events`)
    assert.match(JSON.stringify(history.body), /补充\.txt/)
    const way = importing(house, house.root)
    const table = csvFile([
      ['客户名称', '合同附件'],
      ['表里来', 'a.pdf'],
    ])
    const uploaded = await way.upload('a.csv', table)
    assert.deepEqual(uploaded.mapping, ['name', null])
    const mapped = await house.root.call('PATCH', `/imports/${uploaded.id}`, {
      body: { mapping: ['name', 'x_papers'] },
      version: uploaded.version,
    })
    assert.equal((mapped.body as Problem).errors?.[0]?.reason, 'field_not_importable')
  })

  it('are kept from whoever may not see the field, and from everybody once the record is gone', async () => {
    await addField('customer', {
      name: 'x_secret',
      label: { zh: '病历', en: '' },
      sensitivity: 'sensitive',
    })
    const paper = await upload(house.ann, '病历.txt')
    const row = await make({ name: '病人', x_secret: [paper] })
    assert.equal(await content(house.ann, row.id, paper.id), 200)
    const masked = await house.bob.call('GET', `/customers/${row.id}`)
    assert.deepEqual((masked.body as Row).x_secret, [])
    assert.equal(await content(house.bob, row.id, paper.id), 404)
    const told = await house.bob.call('GET', `/customers/${row.id}/chronicle`)
    assert.ok(!JSON.stringify(told.body).includes('病历.txt'))
    assert.equal(
      (await house.mei.call('DELETE', `/customers/${row.id}`, { version: 1 })).status,
      200,
    )
    assert.equal(await content(house.ann, row.id, paper.id), 404)
    const told2 = await house.root.call('GET', '/fields')
    const kept = (told2.body as { items: { id: string; version: number }[] }).items.find(
      ({ id }) => id === 'customer.x_papers',
    )
    await house.root.call('DELETE', '/fields/customer.x_papers', { version: kept?.version ?? 0 })
    assert.equal(await content(house.ann, one.id, file.id), 404)
  })

  it('that no record takes are forgotten after a week', async () => {
    const { id } = await upload(house.ann, '没人要.txt')
    await house.db
      .updateTable('file')
      .set({ created_at: '2020-01-01T00:00:00Z' })
      .where('id', '=', id)
      .execute()
    const { jobs } = await import('./jobs.ts')
    await jobs[0]?.run({ db: house.db, now: house.ctx.now } as never, {})
    const left = await house.db.selectFrom('file').select('id').where('id', '=', id).execute()
    assert.deepEqual(left, [])
  })

  it('required of a record are asked for, and an empty list is nothing', async () => {
    await addField('contact', { name: 'x_card', label: { zh: '名片', en: '' }, required: true })
    const refused = await house.ann.call('POST', `/customers/${one.id}/contacts`, {
      body: { name: '无名片', x_card: [] },
    })
    assert.deepEqual((refused.body as Problem).errors, [{ path: 'x_card', reason: 'required' }])
  })
})
