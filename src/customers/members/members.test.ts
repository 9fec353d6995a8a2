import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Caller, openTestHouse, type TestHouse } from '#app/testing/testHouse.ts'

type Row = { id: string; version: number; can: { edit: boolean; delete: boolean } }
type Member = {
  id: string
  version: number
  principal_id: number
  kind: string
  until: string | null
}

let day = '2026-11-18'
let house: TestHouse
before(async () => {
  house = await openTestHouse({ clock: () => `${day}T02:00:00.000Z` })
})
after(async () => {
  assert.deepEqual(house.faults, [])
  await house.close()
})
beforeEach(() => {
  day = '2026-11-18'
})

const customerOf = async (by: Caller, name = '共享的客户'): Promise<Row> => {
  const answer = await by.call('POST', '/customers', { body: { name, phones: ['13912345678'] } })
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const share = (by: Caller, id: string, body: object) =>
  by.call('POST', `/customers/${id}/members`, { body })
const shared = async (by: Caller, id: string, body: object): Promise<Member> => {
  const answer = await share(by, id, body)
  assert.equal(answer.status, 201, answer.raw.toString())
  return answer.body
}
const team = async (by: Caller, id: string) => {
  const answer = await by.call('GET', `/customers/${id}/members`)
  assert.equal(answer.status, 200)
  const body: { items: Member[]; can: { manage: boolean } } = answer.body
  return body
}
const sees = async (by: Caller, id: string) => {
  const { status } = await by.call('GET', `/customers/${id}`)
  assert.ok(status === 200 || status === 404, String(status))
  return status === 200
}
const edits = async (by: Caller, id: string) => {
  const { body } = await by.call('GET', `/customers/${id}`)
  const { can, version }: Row = body
  const answer = await by.call('PATCH', `/customers/${id}`, {
    version,
    body: { note: `${by.id} ${version}` },
  })
  assert.equal(answer.status, can.edit ? 200 : 403)
  return can.edit
}
const storedGrants = async (id: string) => {
  const { rows } = await sql<{ grants: number[] }>`
    select grants from customer where id = ${id}`.execute(house.db)
  return rows[0]?.grants ?? []
}

describe('a member of the team', () => {
  it('who may read sees the customer and what belongs to it, and changes nothing', async () => {
    const { ann, eve } = house
    const { id } = await customerOf(ann)
    assert.equal(await sees(eve, id), false)
    const made = await shared(ann, id, { principal_id: eve.id, access: 'read', role: '售前' })
    assert.equal(made.kind, 'person')
    assert.equal(await sees(eve, id), true)
    assert.equal(await edits(eve, id), false)
    const add = await eve.call('POST', `/customers/${id}/tasks`, {
      body: { title: '回电', due_on: '2026-11-20' },
    })
    assert.equal(add.status, 404)
    for (const path of ['contacts', 'tasks', 'interactions', 'files', 'chronicle', 'members'])
      assert.equal((await eve.call('GET', `/customers/${id}/${path}`)).status, 200, path)
  })

  it('who may write works with the customer and hands on nothing of it', async () => {
    const { ann, eve, root } = house
    const { id } = await customerOf(ann)
    const made = await shared(ann, id, { principal_id: eve.id, access: 'write' })
    assert.equal(await edits(eve, id), true)
    const task = await eve.call('POST', `/customers/${id}/tasks`, {
      body: { title: '回电', due_on: '2026-11-20' },
    })
    assert.equal(task.status, 201)
    const removed = await eve.call(
      'DELETE',
      `/customers/${id}/tasks/${(task.body as { id: string }).id}`,
      { version: 1 },
    )
    assert.equal(removed.status, 200)
    assert.equal((await team(eve, id)).can.manage, false)
    assert.equal((await share(eve, id, { principal_id: root.id, access: 'read' })).status, 403)
    const more = { version: made.version, body: { until: null, access: 'write' } }
    assert.equal((await eve.call('PATCH', `/customers/${id}/members/${made.id}`, more)).status, 403)
    assert.deepEqual(
      (await team(ann, id)).items.map(({ principal_id }) => principal_id),
      [eve.id],
    )
  })

  it('does not widen what leaves the house or is put away', async () => {
    const { ann } = house
    const { south } = house.departments
    const lead = await house.hire(`lead${Date.now()}`, {
      ...{ name: '南主管', role: 'manager', department_id: south, scope: 'department' },
    })
    const { id, version } = await customerOf(ann, '不得带出的客户')
    await shared(ann, id, { principal_id: lead.id, access: 'write' })
    assert.equal(await sees(lead, id), true)
    const file = await lead.call('GET', '/customers/export', { query: { format: 'csv' } })
    assert.equal(file.status, 200)
    assert.ok(!file.raw.toString().includes('不得带出的客户'))
    const away = await lead.call('DELETE', `/customers/${id}`, { version })
    assert.equal(away.status, 403)
  })
})

it('shows who was brought in on their day, for three days, and nobody else', async () => {
  const { ann, eve, mei } = house
  const { id } = await customerOf(ann, '请来一起跟进的')
  await shared(ann, id, { principal_id: eve.id, access: 'read', role: '售前' })
  const invited = async (by: Caller) => {
    const { body } = await by.call('GET', '/day')
    const { invitations }: { invitations: { customer_id: string; role: string }[] } = body
    return invitations.filter(({ customer_id }) => customer_id === id).map(({ role }) => role)
  }
  assert.deepEqual([await invited(eve), await invited(ann), await invited(mei)], [['售前'], [], []])
  day = '2026-11-22'
  assert.deepEqual(await invited(eve), [])
})

it('lets in to many at once: those one may share, and tells why not the others', async () => {
  const { ann, eve, bob } = house
  const [one, two, foreign] = [await customerOf(ann), await customerOf(ann), await customerOf(eve)]
  await shared(ann, two.id, { principal_id: bob.id, access: 'read' })
  const rows = [one, two, foreign].map(({ id, version }) => ({ id, version }))
  const action = { kind: 'share', principal_id: bob.id, access: 'read', until: '2999-01-01' }
  const { status, body } = await ann.call('POST', '/customers/bulk', { body: { rows, action } })
  assert.equal(status, 202)
  await house.work()
  const run: { id: string } = body
  const result = await ann.call('GET', `/bulk/${run.id}`)
  const { done, problems }: { done: number; problems: { id: string; reason: string }[] } =
    result.body
  assert.equal(done, 1)
  assert.deepEqual(
    problems.map(({ id, reason }) => [id, reason]),
    [
      [two.id, 'member_exists'],
      [foreign.id, 'record_missing'],
    ],
  )
  assert.deepEqual(
    (await team(ann, one.id)).items.map(({ until }) => until),
    ['2999-01-01'],
  )
  assert.deepEqual((await team(eve, foreign.id)).items, [])
  const tasks = { rows: [{ id: one.id, customer_id: one.id, version: 1 }], action }
  assert.equal((await ann.call('POST', '/tasks/bulk', { body: tasks })).status, 400)
})

describe('a share with an end', () => {
  it('counts to the end of its last day and not a moment longer, without any chore', async () => {
    const { ann, eve } = house
    const { id } = await customerOf(ann)
    await shared(ann, id, { principal_id: eve.id, access: 'write', until: '2026-11-20' })
    const found = async () => {
      const { body } = await eve.call('GET', '/search', { query: { q: '共享的客户' } })
      const { items }: { items: Row[] } = body
      return items.some((each) => each.id === id)
    }
    day = '2026-11-20'
    assert.deepEqual([await sees(eve, id), await edits(eve, id), await found()], [true, true, true])
    day = '2026-11-21'
    assert.deepEqual([await sees(eve, id), await found()], [false, false])
    assert.deepEqual((await team(ann, id)).items, [])
    await shared(ann, id, { principal_id: eve.id, access: 'read', until: '2026-12-31' })
    assert.equal(await sees(eve, id), true)
  })

  it('is swept from the rows, told in the story, and leaves the others', async () => {
    const { ann, eve, root } = house
    const { id } = await customerOf(ann)
    const before = await storedGrants(id)
    await shared(ann, id, { principal_id: eve.id, access: 'read', until: '2026-11-18' })
    await shared(ann, id, { principal_id: root.id, access: 'read' })
    assert.equal((await storedGrants(id)).length, before.length + 2)
    day = '2026-11-19'
    const { jobs } = await import('./jobs.ts')
    const input = { db: house.db, now: `${day}T02:00:00.000Z`, signal: undefined }
    await jobs[0]?.run(input, {})
    assert.equal((await storedGrants(id)).length, before.length + 1)
    const { body } = await root.call('GET', `/customers/${id}/events`)
    const { items }: { items: { kind: string; actor_id: number | null; payload: object }[] } = body
    const ended = items.find(({ kind }) => kind === 'customer.member_ended')
    assert.equal(ended?.actor_id, null)
    assert.match(JSON.stringify(ended?.payload), /"until":"2026-11-18"/)
  })

  it('is refused when it is over already', async () => {
    const { ann, eve } = house
    const { id } = await customerOf(ann)
    const late = await share(ann, id, {
      ...{ principal_id: eve.id, access: 'read', until: '2026-11-17' },
    })
    assert.equal(late.status, 400)
    assert.match(late.raw.toString(), /until_is_over/)
  })
})

describe('a department in the team', () => {
  it('lets in those of the department and below, whatever their own scope', async () => {
    const { ann, eve, root } = house
    const { south } = house.departments
    const made = await root.call('POST', '/departments', {
      body: { name: `南一组${Date.now()}`, parent_id: south },
    })
    const { id: group }: { id: number } = made.body
    const gus = await house.hire(`gus${Date.now()}`, {
      ...{ name: '古组员', role: 'staff', department_id: group, scope: 'own' },
    })
    const { id } = await customerOf(ann)
    const member = await shared(ann, id, { principal_id: south, access: 'read' })
    assert.equal(member.kind, 'department')
    assert.deepEqual([await sees(eve, id), await sees(gus, id)], [true, true])
    const up = await customerOf(ann)
    await shared(ann, up.id, { principal_id: group, access: 'read' })
    assert.deepEqual([await sees(eve, up.id), await sees(gus, up.id)], [false, true])
  })
})

describe('the team', () => {
  it('stays when the customer is handed over, and who takes over leaves it', async () => {
    const { ann, eve, mei, root } = house
    const { id, version } = await customerOf(ann)
    await shared(ann, id, { principal_id: eve.id, access: 'read' })
    await shared(ann, id, { principal_id: root.id, access: 'write' })
    const over = await mei.call('PATCH', `/customers/${id}`, {
      ...{ version, body: { owner_id: eve.id } },
    })
    assert.equal(over.status, 200, over.raw.toString())
    assert.deepEqual(
      (await team(root, id)).items.map(({ principal_id }) => principal_id),
      [root.id],
    )
    assert.equal(await edits(eve, id), true)
    assert.equal(await sees(ann, id), false)
    await storedGrants(id)
  })

  it('moves along with its owner to another department', async () => {
    const { eve, root, mei } = house
    const { north, south } = house.departments
    const owner = await house.hire(`mover${Date.now()}`, {
      ...{ name: '搬家的', role: 'staff', department_id: north },
    })
    const { id } = await customerOf(owner)
    await shared(mei, id, { principal_id: eve.id, access: 'read' })
    const answer = await root.call('PATCH', `/people/${owner.id}`, {
      ...{ version: 1, body: { department_id: south } },
    })
    assert.equal(answer.status, 200)
    const grants = await storedGrants(id)
    assert.ok(grants.includes(south) && !grants.includes(north))
    assert.equal(await sees(eve, id), true)
  })

  it('loses a customer that is put away', async () => {
    const { ann, eve, mei } = house
    const { id, version } = await customerOf(ann)
    const member = await shared(ann, id, { principal_id: eve.id, access: 'write' })
    assert.equal((await mei.call('DELETE', `/customers/${id}`, { version })).status, 200)
    assert.equal(await sees(eve, id), false)
    const change = { version: member.version, body: { access: 'read' } }
    const path = `/customers/${id}/members/${member.id}`
    assert.equal((await mei.call('PATCH', path, change)).status, 404)
    const { rows } = await sql`select 1 from customer where id = ${id} and grants = '{}'`.execute(
      house.db,
    )
    assert.equal(rows.length, 1)
  })

  it('has everybody once, the owner never, and nobody who is not there', async () => {
    const { ann, eve } = house
    const { id } = await customerOf(ann)
    await shared(ann, id, { principal_id: eve.id, access: 'read' })
    const refused = async (body: object, reason: RegExp) => {
      const answer = await share(ann, id, body)
      assert.equal(answer.status, 400)
      assert.match(answer.raw.toString(), reason)
    }
    await refused({ principal_id: eve.id, access: 'write' }, /member_exists/)
    await refused({ principal_id: ann.id, access: 'write' }, /member_is_owner/)
    await refused({ principal_id: 1, access: 'write' }, /principal_unknown/)
    await refused({ principal_id: 999_999, access: 'write' }, /principal_unknown/)
    await refused({ principal_id: eve.id, access: 'owner' }, /input_invalid/)
  })

  it('is changed by the version that was seen, and both at once make one', async () => {
    const { ann, eve, root } = house
    const { id } = await customerOf(ann)
    const answers = await Promise.all([
      share(ann, id, { principal_id: eve.id, access: 'read' }),
      share(root, id, { principal_id: eve.id, access: 'write' }),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400])
    const [member] = (await team(ann, id)).items
    assert.ok(member)
    const path = `/customers/${id}/members/${member.id}`
    const change = (version: number, body: object) => ann.call('PATCH', path, { version, body })
    assert.equal((await change(1, { access: 'write', until: '2026-11-30' })).status, 200)
    assert.equal((await change(1, { access: 'read' })).status, 412)
    assert.equal(await edits(eve, id), true)
    assert.equal((await ann.call('DELETE', path, { version: 2 })).status, 200)
    assert.equal(await sees(eve, id), false)
    assert.equal((await storedGrants(id)).length, 3)
  })

  it('answers in a fixed number of statements and leaves the customer at its version', async () => {
    const { ann, eve } = house
    const { id, version } = await customerOf(ann)
    await shared(ann, id, { principal_id: eve.id, access: 'read' })
    const after = await ann.call('GET', `/customers/${id}`)
    assert.equal((after.body as Row).version, version)
    const { sql: statements } = await house.statements(() => team(ann, id))
    assert.ok(statements.length <= 6, statements.join('\n'))
  })
})
