import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Grant, Rights, Verb } from '#access/roles/rules.ts'
import type { Foretold } from '#platform/bin/contract.ts'
import { csvFile, importing } from './testing/importing.ts'
import { type Answer, type Caller, openTestHouse, type TestHouse } from './testing/testHouse.ts'

type Row = { id: string; version: number; name: string }
type Problem = { reason: string }

let house: TestHouse
/** Ann's in North, with a contact, a task, and a file; everybody here sees the customer. */
let one: Row
before(async () => {
  house = await openTestHouse({ clock: () => '2026-11-18T02:00:00.000Z' })
  one = await made(house.ann, '/customers', { name: '丝路商行', phones: ['13655550001'] })
  const at = `/customers/${one.id}`
  await made(house.ann, `${at}/contacts`, { name: '司徒敏', phones: ['13655550009'] })
  await made(house.ann, `${at}/tasks`, { title: '密谈', due_on: '2026-11-20' })
  const file = await house.ann.call('POST', `${at}/files`, {
    query: { name: '密约.txt' },
    raw: Buffer.from('密'),
  })
  const { id }: Row = file.body
  await made(house.ann, `${at}/interactions`, { summary: '谈好了', file_ids: [id] })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})

const made = async (by: Caller, path: string, body: Record<string, unknown>): Promise<Row> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
let count = 0
const roleOf = async (
  kinds: Record<string, Partial<Record<Verb, Grant>>>,
  more: Partial<Rights> = {},
): Promise<string> => {
  const role = await made(house.root, '/roles', {
    label: { zh: `窄角色${++count}`, en: '' },
    ...{ description: '', default_scope: 'own', departments: [] },
    rights: {
      ...{ kinds, keys: [], fields: {} },
      levels: { internal: 'write', personal: 'write', sensitive: 'write' },
      ...more,
    },
  })
  return role.id
}
const hire = async (
  kinds: Record<string, Partial<Record<Verb, Grant>>>,
  more: Partial<Rights> = {},
  department_id = house.departments.south,
) => {
  const roles = [await roleOf(kinds, more)]
  return house.hire(`narrow${count}`, { name: `窄${count}`, roles, department_id })
}
const namesIn = ({ body }: Answer) => (body as { items: Row[] }).items.map(({ name }) => name)
const reasonOf = ({ status, body }: Answer) => [status, (body as Problem).reason]

describe('who sees all customers, but of what belongs to them only what is their own', () => {
  const kinds = {
    customer: { view: 'all', delete: 'all' },
    contact: { view: 'own' },
    task: { view: 'own' },
    interaction: { view: 'all' },
    file: { view: 'own' },
  } as const

  it('finds no customer by a contact that is out of sight', async () => {
    const uma = await hire(kinds)
    const found = async (q: string) =>
      namesIn(await uma.call('GET', '/customers', { query: { q } }))
    assert.deepEqual(await found('司徒敏'), [])
    assert.deepEqual(await found('13655550009'), [])
    const eve = await hire({ customer: { view: 'own' }, contact: { view: 'all' } })
    assert.deepEqual(
      namesIn(await eve.call('GET', '/contacts', { query: { q: '13655550001' } })),
      [],
    )
  })

  it('is not told by a deletion what it would take along', async () => {
    const uma = await hire(kinds)
    const { body } = await uma.call('GET', `/customers/${one.id}/deletion`)
    const { along }: Foretold = body
    assert.deepEqual(
      along.map(({ entity }) => entity),
      ['interaction'],
    )
  })

  it('is not told in interactions which files hang on them', async () => {
    const uma = await hire(kinds)
    for (const path of ['interactions', 'chronicle']) {
      const answer = await uma.call('GET', `/customers/${one.id}/${path}`)
      assert.equal(answer.status, 200)
      assert.ok(answer.raw.includes('谈好了'))
      assert.ok(!answer.raw.includes('密约'), answer.raw.toString())
    }
  })

  it('reads in the event log only of what they see', async () => {
    const vic = await hire(kinds, { keys: ['events.view'] })
    const answer = await vic.call('GET', `/customers/${one.id}/events`)
    assert.equal(answer.status, 200)
    assert.ok(answer.raw.includes('丝路商行'))
    for (const each of ['司徒敏', '密谈', '密约'])
      assert.ok(!answer.raw.includes(each), `${each} in ${answer.raw}`)
  })
})

describe('who reaches everything below customers, but of customers only their own', () => {
  const below = { view: 'all', edit: 'all', delete: 'all', export: 'all' } as const
  const kinds = {
    customer: { view: 'own', create: 'own' },
    ...{ contact: below, task: below, interaction: below, file: below },
  } as const

  it('is told nothing below a customer out of sight, on any path', async () => {
    const uma = await hire(kinds, { keys: ['bin.manage', 'events.view'] })
    const contact = await made(house.ann, `/customers/${one.id}/contacts`, { name: '司徒走' })
    const path = `/customers/${one.id}/contacts/${contact.id}`
    assert.equal((await house.ann.call('DELETE', path, { version: 1 })).status, 200)
    await made(house.root, `/customers/${one.id}/tasks`, {
      ...{ title: '回电', due_on: '2026-11-18', owner_id: house.ann.id },
    })
    await house.db
      .updateTable('task')
      .set({ owner_id: uma.id })
      .where('title', '=', '回电')
      .execute()
    for (const plural of ['contacts', 'tasks', 'interactions'])
      for (const each of [`/${plural}`, `/${plural}/export?format=csv`, `/${plural}/count`]) {
        const { status, raw } = await uma.call('GET', each)
        assert.equal(status, 200, `${each} ${raw}`)
        for (const word of ['丝路商行', '司徒', '密谈', '谈好了', '回电', '1365555'])
          assert.ok(!raw.includes(word), `${word} in ${each}: ${raw}`)
      }
    for (const each of ['/day', '/bin', '/search?q=司徒敏']) {
      const { status, raw } = await uma.call('GET', each)
      assert.equal(status, 200, `${each} ${raw}`)
      for (const word of ['丝路商行', '司徒', '回电', '1365555'])
        assert.ok(!raw.includes(word), `${word} in ${each}: ${raw}`)
    }
    const { body } = await house.mei.call('GET', `/customers/${one.id}/contacts`)
    const { items }: { items: Row[] } = body
    const known = items[0]
    assert.ok(known)
    const at = `/customers/${one.id}/contacts/${known.id}`
    const renamed = { body: { name: '越权' }, version: known.version }
    assert.equal((await uma.call('GET', at)).status, 404)
    assert.equal((await uma.call('PATCH', at, renamed)).status, 404)
    assert.equal((await uma.call('DELETE', at, { version: known.version })).status, 404)
    assert.equal((await house.mei.call('GET', at)).status, 200)
  })

  it('is told by the page on rights as many as lists show', async () => {
    const uma = await hire(kinds)
    const own = await made(uma, '/customers', { name: '自家客户' })
    await made(house.root, `/customers/${own.id}/contacts`, { name: '自家人' })
    const { body } = await uma.call('GET', '/me/access')
    const told: { kinds: { name: string; verbs: { verb: string; reached: unknown }[] }[] } = body
    const contacts = told.kinds.find(({ name }) => name === 'contact')?.verbs ?? []
    for (const verb of ['view', 'edit', 'delete', 'export'])
      assert.deepEqual(
        contacts.find((each) => each.verb === verb)?.reached,
        { count: 1, more: false },
        verb,
      )
    assert.deepEqual(namesIn(await uma.call('GET', '/contacts')), ['自家人'])
  })
})

it('an entry of the bin counts along only what its reader sees', async () => {
  const row = await made(house.ann, '/customers', { name: '带走的' })
  await made(house.ann, `/customers/${row.id}/contacts`, { name: '随行' })
  await made(house.ann, `/customers/${row.id}/tasks`, { title: '随行', due_on: '2026-11-20' })
  const gone = await house.mei.call('DELETE', `/customers/${row.id}`, { version: 1 })
  assert.equal(gone.status, 200)
  const along = async (by: Caller) => {
    const { body } = await by.call('GET', '/bin')
    const { items }: { items: { subject_id: string; along: { entity: string }[] }[] } = body
    const found = items.find(({ subject_id }) => subject_id === row.id)
    return found?.along.map(({ entity }) => entity).sort()
  }
  const uma = await hire({
    ...{ customer: { view: 'all', delete: 'all' }, contact: { view: 'own' } },
    task: { view: 'all' },
  })
  assert.deepEqual(await along(uma), ['task'])
  assert.deepEqual(await along(house.mei), ['contact', 'task'])
})

it('files of a field that is hidden are not told by a deletion, nor found by their names', async () => {
  const papers = { name: 'x_papers', kind: 'file', label: { zh: '密件', en: '' } }
  await made(house.root, '/fields', { entity: 'customer', definition: papers })
  const upload = await house.ann.call('POST', '/files', {
    ...{ query: { name: '暗账.pdf' }, raw: Buffer.from('暗') },
  })
  const file: Row = upload.body
  const kept = await made(house.ann, '/customers', { name: '有暗账', x_papers: [file.id] })
  const blind = await hire(
    { customer: { view: 'all', delete: 'all' }, file: { view: 'all' } },
    { fields: { 'customer.x_papers': 'hidden' } },
  )
  const told = await blind.call('GET', `/customers/${kept.id}/deletion`)
  assert.equal(told.status, 200)
  assert.ok(!told.raw.includes('暗账'), told.raw.toString())
  const where = { field: 'name', is: 'contains', value: '暗账' }
  const filter = { related: 'files', is: 'some', where }
  assert.deepEqual(namesIn(await blind.call('GET', '/customers', { query: { filter } })), [])
  const some = { related: 'files', is: 'some' }
  const why = await blind.call('GET', `/customers/${kept.id}/explanation`, {
    query: { filter: some },
  })
  assert.equal(why.status, 200)
  assert.ok(!why.raw.includes('暗账'), why.raw.toString())
})

describe('what comes back from the bin', () => {
  const gone = async (by: Caller, name: string) => {
    const row = await made(house.ann, '/customers', { name })
    const { status, body } = await by.call('DELETE', `/customers/${row.id}`, { version: 1 })
    assert.equal(status, 200)
    const { deletion_id }: { deletion_id: string } = body
    return { customer_id: row.id, id: deletion_id }
  }
  it('goes to somebody else only by whoever may hand over', async () => {
    const kinds = { customer: { view: 'all', create: 'all', delete: 'all' } } as const
    const uma = await hire(kinds)
    for (const owner of [uma.id, house.eve.id]) {
      const row = await gone(uma, `夺回${owner}`)
      const body = { rows: [row], owner_id: owner }
      const { body: outcome } = await uma.call('POST', '/bin/restoration', { body })
      const { problems }: { problems: Problem[] } = outcome
      assert.deepEqual(
        problems.map(({ reason }) => reason),
        ['permission_missing'],
      )
    }
    const back = await gone(house.mei, '移交回来')
    const body = { rows: [back], owner_id: house.eve.id }
    const { body: outcome } = await house.mei.call('POST', '/bin/restoration', { body })
    assert.deepEqual((outcome as { problems: Problem[] }).problems, [])
  })
})

describe('who manages departments without being an administrator', () => {
  const version = async (id: number) => {
    const { body } = await house.root.call('GET', '/departments')
    const { items }: { items: { id: number; version: number }[] } = body
    return items.find((each) => each.id === id)?.version ?? 0
  }
  const move = async (by: Caller, id: number, parent_id: number) =>
    by.call('PATCH', `/departments/${id}`, { version: await version(id), body: { parent_id } })

  it('does not bring others’ customers into sight by moving departments, nor gives them away', async () => {
    const { top, north, south } = house.departments
    const secret = await made(house.ann, '/customers', { name: '北区机密' })
    const kinds = { customer: { view: 'subtree' } } as const
    const uma = await hire(kinds, { keys: ['departments.manage'] })
    assert.deepEqual(reasonOf(await move(uma, north, south)), [403, 'rights_beyond_own'])
    assert.equal((await uma.call('GET', `/customers/${secret.id}`)).status, 404)
    const hill = await made(uma, '/departments', { name: '山区', parent_id: south })
    assert.equal((await move(uma, Number(hill.id), top)).status, 200)
    assert.equal((await move(house.root, north, south)).status, 200)
    assert.equal((await move(house.root, north, top)).status, 200)
  })

  it('gives nobody a verb by it that they lack themselves', async () => {
    const { top, north, south } = house.departments
    const row = await made(house.ann, '/customers', { name: '北区的客户' })
    const lord = await hire({ customer: { view: 'subtree', delete: 'subtree' } }, {}, south)
    const [clerk, head] = [
      await hire({ customer: { view: 'all' } }, { keys: ['departments.manage'] }),
      await hire({ customer: { view: 'all', delete: 'all' } }, { keys: ['departments.manage'] }),
    ]
    const refused = await move(clerk, north, south)
    assert.deepEqual(reasonOf(refused), [403, 'rights_beyond_own'])
    assert.match(refused.raw.toString(), /customers\.delete/)
    assert.equal((await lord.call('GET', `/customers/${row.id}`)).status, 404)
    assert.equal((await move(head, north, south)).status, 200)
    assert.equal((await lord.call('GET', `/customers/${row.id}`)).status, 200)
    assert.equal((await move(house.root, north, top)).status, 200)
  })
})

it('who shapes fields does not make one plain that they may not see', async () => {
  const definition = { name: 'x_health', kind: 'text', label: { zh: '健康', en: '' } }
  const field = await made(house.root, '/fields', {
    ...{ entity: 'customer', definition: { ...definition, sensitivity: 'sensitive' } },
  })
  const uma = await hire(
    { customer: { view: 'all' } },
    {
      keys: ['fields.manage'],
      levels: { internal: 'write', personal: 'masked', sensitive: 'hidden' },
    },
  )
  const lower = (by: Caller, sensitivity: string) =>
    by.call('PATCH', `/fields/${field.id}`, {
      ...{ version: 1, body: { definition: { ...definition, sensitivity } } },
    })
  assert.deepEqual(reasonOf(await lower(uma, 'internal')), [403, 'rights_beyond_own'])
  assert.equal((await lower(house.root, 'internal')).status, 200)
})

it('names in an export no contact that is out of sight', async () => {
  const at = `/customers/${one.id}`
  const contact = await made(house.ann, `${at}/contacts`, { name: '宇文静' })
  await made(house.ann, `${at}/interactions`, { summary: '见面', contact_id: contact.id })
  const uma = await hire({
    customer: { view: 'all' },
    interaction: { view: 'all', export: 'all' },
    contact: { view: 'own' },
  })
  const { raw } = await uma.call('GET', '/interactions/export', { query: { format: 'csv' } })
  assert.ok(raw.includes('见面'))
  assert.ok(!raw.includes('宇文静'), raw.toString())
})

it('who sees everybody’s imports takes back no more of them than they might delete', async () => {
  const done = await importing(house, house.ann).whole(
    '客户.csv',
    csvFile([['客户名称'], ['北区导入']]),
  )
  const uma = await hire(
    { customer: { view: 'all', import: 'all', create: 'own', delete: 'own' } },
    { keys: ['imports.all'] },
  )
  assert.equal((await uma.call('POST', `/imports/${done.id}/undo`)).status, 202)
  await house.work()
  const { undo } = await importing(house, uma).get(done.id)
  assert.deepEqual([undo?.done, undo?.kept], [0, 1])
  const found = await house.ann.call('GET', '/customers', { query: { q: '北区导入' } })
  assert.deepEqual(namesIn(found), ['北区导入'])
})

it('who sees everybody’s imports reads no cell whose field may be covered for them', async () => {
  const by = importing(house, house.ann)
  const table = csvFile([
    ['名称', '电话', '生日'],
    ['进口商行', '13655557788', '某日'],
  ])
  const { id } = await by.upload('客户.csv', table)
  await by.check(id)
  const cells = ['进口商行', '13655557788', '某日']
  const seen = async (who: Caller, path: string) => {
    const { status, raw } = await who.call('GET', path)
    return [status, cells.some((each) => raw.includes(each))]
  }
  const kinds = { '*': { view: 'all', import: 'all', edit: 'all' } } as const
  const plain = await hire(kinds, { keys: ['imports.all'] })
  const levels = { internal: 'write', personal: 'masked', sensitive: 'hidden' } as const
  const blind = await hire(kinds, { keys: ['imports.all'], levels })
  const at = `/imports/${id}`
  const downloads = [`${at}/failures?format=csv`, `${at}/file`]
  for (const path of [at, '/imports', `${at}/problems`, ...downloads]) {
    assert.deepEqual(await seen(house.ann, path), [200, true], path)
    assert.deepEqual(await seen(plain, path), [200, true], path)
  }
  for (const path of [at, '/imports', `${at}/problems`])
    assert.deepEqual(await seen(blind, path), [200, false], path)
  for (const path of downloads) assert.deepEqual(await seen(blind, path), [403, false], path)
  const { body } = await blind.call('GET', at)
  const { version, preview }: { version: number; preview: string[][] } = body
  assert.deepEqual(preview.at(-1), ['***', '***', '***'])
  const renamed = { version, body: { mapping: [null, 'name', null] } }
  const remapped = await blind.call('PATCH', at, renamed)
  assert.ok(!cells.some((each) => remapped.raw.includes(each)), remapped.raw.toString())
})
