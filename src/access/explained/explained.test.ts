import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { now as day, type Firm, openFirm } from '#app/testing/firm.ts'
import { tableRows } from '#app/testing/importing.ts'
import type { Answer, Caller } from '#app/testing/testHouse.ts'
import * as members from '#customers/members/commands.ts'
import type { Why } from '#customers/members/contract.ts'
import { furtherKeys } from '../roles/rules.ts'
import type { Explanation } from './contract.ts'

let firm: Firm
before(async () => {
  firm = await openFirm()
  const { house, customers, named } = firm
  const share = (
    customer: number,
    principal_id: number,
    access: 'read' | 'write',
    until?: string,
  ) =>
    members.add(
      { ...house.ctx, now: day },
      { customer_id: customers[customer]?.id ?? '', principal_id, access, until },
    )
  await share(0, named('eve').by.id, 'read')
  await share(1, named('ann').by.id, 'write', '2026-11-18')
  await share(3, house.departments.south, 'write')
  await share(4, firm.hill, 'read', '2026-12-01')
  await share(6, named('bob').by.id, 'write')
})
after(async () => {
  assert.deepEqual(firm.house.faults, [])
  await firm.house.close()
})

const told = async (by: Caller, path: string): Promise<Explanation> => {
  const answer = await by.call('GET', path)
  assert.equal(answer.status, 200, answer.raw.toString())
  return answer.body
}
type Row = { id: string; can: { edit: boolean; delete: boolean } }
const rowsOf = ({ body }: Answer): Row[] => {
  const { items }: { items: Row[] } = body
  return items
}

describe('what a person may do', () => {
  it('is told as it is over HTTP: each verb over each kind, counted', async () => {
    for (const { by, name } of firm.members) {
      const { kinds } = await told(firm.house.root, `/people/${by.id}/access`)
      for (const [kind, plural] of Object.entries({
        ...{
          customer: 'customers',
          contact: 'contacts',
          interaction: 'interactions',
          task: 'tasks',
        },
      })) {
        const verbs = kinds.find((each) => each.name === kind)?.verbs ?? []
        const reached = (verb: string) => {
          const found = verbs.find((each) => each.verb === verb)
          return found?.sources.length ? (found.reached?.count ?? 0) : undefined
        }
        const whose = `${name} ${plural}`
        const rows = rowsOf(await by.call('GET', `/${plural}`, { query: { limit: '200' } }))
        assert.equal(reached('view'), rows.length, whose)
        for (const verb of ['edit', 'delete'] as const) {
          const able = rows.filter(({ can }) => can[verb]).length
          if (reached(verb) !== undefined) assert.equal(reached(verb), able, whose)
        }
        const file = await by.call('GET', `/${plural}/export`, { query: { format: 'csv' } })
        const taken = file.status === 403 ? undefined : (await tableRows(file.raw)).length - 1
        assert.equal(reached('export'), taken, whose)
      }
    }
  })

  it('is told as the person is told: permissions, rights over fields, further keys', async () => {
    for (const { by } of firm.members) {
      const { kinds, fields, keys, person } = await told(by, '/me/access')
      assert.equal(person.id, by.id)
      const { body } = await by.call('GET', '/me')
      const me: { permissions: string[]; rights: Record<string, Record<string, string>> } = body
      const plurals = { customer: 'customers', file: 'files', task: 'tasks' }
      for (const [kind, plural] of Object.entries(plurals))
        for (const { verb, sources } of kinds.find(({ name }) => name === kind)?.verbs ?? [])
          assert.equal(sources.length > 0, me.permissions.includes(`${plural}.${verb}`))
      for (const { entity, name, right } of fields)
        assert.equal(right, me.rights[entity]?.[name], `${entity}.${name}`)
      assert.deepEqual(
        keys.map(({ key }) => key).sort(),
        me.permissions.filter((key) => key in furtherKeys).sort(),
      )
    }
  })

  it('tells what came by sharing apart', async () => {
    const { kinds } = await told(firm.named('eve').by, '/me/access')
    const verbs = kinds.find(({ name }) => name === 'customer')?.verbs
    const shared = (verb: string) => verbs?.find((each) => each.verb === verb)?.shared
    assert.deepEqual([shared('view'), shared('edit'), shared('transfer')], [2, 1, 0])
  })

  it('is nothing for who is out of service, and not told to everybody', async () => {
    const { root, ann } = firm.house
    const { id, call: _ } = await firm.house.hire('gone', {
      ...{ name: '离职的', role: 'staff', department_id: firm.hill },
    })
    await root.call('PATCH', `/people/${id}`, { version: 1, body: { active: false } })
    const { kinds, keys, person, fields } = await told(root, `/people/${id}/access`)
    assert.equal(person.active, false)
    assert.deepEqual(keys, [])
    assert.ok(kinds.every(({ verbs }) => verbs.every(({ sources }) => sources.length === 0)))
    assert.ok(fields.every(({ right }) => right === 'hidden'))
    assert.equal((await ann.call('GET', `/people/${id}/access`)).status, 403)
    assert.equal((await root.call('GET', '/people/999999/access')).status, 404)
  })

  it('takes a fixed number of statements', async () => {
    const { sql } = await firm.house.statements(() => told(firm.house.root, '/me/access'))
    assert.ok(sql.length <= 12, sql.join('\n'))
  })
})

describe('who sees a customer', () => {
  type Seer = { id: number; view: Why[]; edit: Why[] }
  type Access = { people: Seer[]; asked: (Seer & { roles: unknown[]; ended: string[] }) | null }
  const access = async (id: string, query = {}): Promise<Access> => {
    const answer = await firm.house.root.call('GET', `/customers/${id}/access`, { query })
    assert.equal(answer.status, 200, answer.raw.toString())
    return answer.body
  }

  it('is told as each of them finds it', async () => {
    for (const { id, name } of firm.customers.filter((_, index) => index % 3 === 0)) {
      const { people } = await access(id)
      for (const { by, name: whose } of firm.members) {
        const { status, body } = await by.call('GET', `/customers/${id}`)
        const seer = people.find((each) => each.id === by.id)
        assert.equal(seer !== undefined, status === 200, `${whose} on ${name}`)
        const row: Row = body
        if (seer) assert.equal(seer.edit.length > 0, row.can.edit, `${whose} on ${name}`)
      }
      for (const whose of ['ann', 'eve']) {
        const asked = await access(id, { person_id: String(firm.named(whose).by.id) })
        const seer = people.find((each) => each.id === asked.asked?.id)
        assert.deepEqual(asked.asked?.view, seer?.view ?? [])
      }
    }
  })

  it('says by what: owner, scope, or a member until a day', async () => {
    const { named, customers, house } = firm
    const { people } = await access(customers[1]?.id ?? '')
    const whyOf = (name: string) => people.find(({ id }) => id === named(name).by.id)?.view
    assert.deepEqual(whyOf('eve'), [{ by: 'owner', role: 'staff' }])
    assert.deepEqual(whyOf('mei'), [{ by: 'scope', role: 'manager', scope: 'subtree' }])
    assert.deepEqual(whyOf('ann'), [
      { ...{ by: 'member', principal_id: house.ann.id }, access: 'write', until: '2026-11-18' },
    ])
  })

  it('tells whom it does not see only that it is not there', async () => {
    const { named, customers } = firm
    const path = `/customers/${customers[2]?.id}/access`
    assert.equal((await named('eve').by.call('GET', path)).status, 404)
  })
})
