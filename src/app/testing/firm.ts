import * as departments from '#access/departments/commands.ts'
import * as roles from '#access/roles/commands.ts'
import type { BuiltIn, Scope, Verb } from '#access/roles/rules.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { HOME } from '#platform/database/ctx.ts'
import { keep, receive } from '#platform/files/commands.ts'
import { insert } from '#platform/records/records.ts'
import { sampleOf, standing } from './standing.ts'
import { type Caller, openTestHouse } from './testHouse.ts'

export type Member = {
  name: string
  by: Caller
  role: BuiltIn | 'clerk'
  scope: Scope
  department: number
  listed: readonly number[]
  /** A role of the firm's own has a scope for each verb. */
  verbs?: Partial<Record<Verb, Scope>>
}
export type Held = { id: string; name: string; owner: number | null; department: number }
export type Made = { id: string | number; version: number }

export const now = '2026-11-18T02:00:00.000Z'
/** Every name of the firm's customers holds this, so that one search finds what may be found. */
export const common = '矩阵'

const clerkVerbs: Partial<Record<Verb, Scope>> = {
  ...{ view: 'all', create: 'department' },
  ...{ edit: 'department', export: 'department' },
}
const clerkRole = {
  ...{ label: { zh: '文员', en: '' }, description: '', departments: [] },
  default_scope: 'own' as const,
  rights: {
    ...{ kinds: { '*': clerkVerbs }, keys: [] },
    levels: { internal: 'write', personal: 'masked', sensitive: 'hidden' } as const,
    fields: { 'customer.email': 'hidden' } as const,
  },
}

/**
 * A firm to try rights on: the cast, one manager for each data scope, a department below North, and
 * customers of many owners, each with one contact, interaction and task.
 */
export const openFirm = async () => {
  const house = await openTestHouse({ clock: () => now })
  const { top, north, south } = house.departments
  const { id: hill } = await departments.create(house.ctx, { name: '北区一组', parent_id: north })
  const members: Member[] = [
    member('root', house.root, 'administrator', 'all', top),
    member('mei', house.mei, 'manager', 'subtree', top),
    member('ann', house.ann, 'staff', 'own', north),
    member('bob', house.bob, 'reader', 'department', north),
    member('eve', house.eve, 'staff', 'own', south),
  ]
  const hired = [
    ['ned', 'staff', 'own', hill, []],
    ['owen', 'manager', 'own', north, []],
    ['dora', 'manager', 'department', north, []],
    ['sue', 'manager', 'subtree', north, []],
    ['lisa', 'manager', 'listed', north, [south]],
    ['alan', 'manager', 'all', north, []],
  ] as const
  for (const [name, role, scope, department_id, listed] of hired) {
    const values = { name, role, scope, department_id, scope_departments: [...listed] }
    const by = await house.hire(name, values)
    members.push(member(name, by, role, scope, department_id, listed))
  }
  const { id: clerk } = await roles.create(house.ctx, clerkRole)
  const vera = await house.hire('vera', { name: 'vera', roles: [clerk], department_id: north })
  members.push({ ...member('vera', vera, 'clerk', 'own', north), verbs: clerkVerbs })
  const named = (name: string) => {
    const found = members.find((each) => each.name === name)
    if (!found) throw new Error(`Nobody is called ${name}`)
    return found
  }

  /** A customer of this person, or of nobody in South, made by the product itself. */
  const hold = async (name: string, owner?: Member): Promise<Held> => {
    const actor = { ...house.ctx.actor, departmentId: south }
    const values = { name, owner_id: owner?.by.id ?? null, phones: ['13912345678'] }
    const [made] = await insert({ ...house.ctx, now, actor }, customer, [values])
    if (!made) throw new Error('No customer was made')
    return {
      id: made.id,
      name,
      owner: owner?.by.id ?? null,
      department: owner?.department ?? south,
    }
  }
  const ctx = { ...house.ctx, now }
  const make = {
    contact: async ({ id, name }: Held) =>
      first(await insert(ctx, contact, [{ customer_id: id, name, phones: ['13912345679'] }])),
    /** One of a kind that is nothing but its fields. */
    alike: async ({ id, name }: Held, kind: string = contact.name) => {
      const entity = standing().find((each) => each.name === kind)
      if (!entity) throw new Error(`No kind is called ${kind}`)
      return first(await insert(ctx, entity, [{ ...sampleOf(entity, name), customer_id: id }]))
    },
    interaction: async ({ id, name }: Held) =>
      first(await insert(ctx, interaction, [{ customer_id: id, at: now, summary: name }])),
    task: async ({ id, name, owner }: Held) =>
      first(await insert(ctx, task, [planned(id, name, owner)])),
    finished: async ({ id, name, owner }: Held) =>
      first(await insert(ctx, task, [planned(id, name, owner)], () => ({ done_at: now }))),
    file: async ({ id, name }: Held) => {
      const content = (async function* () {
        yield Buffer.from(name)
      })()
      return keep(ctx, { customer_id: id, name: `${name}.txt`, content: await receive(content) })
    },
  }

  const customers: Held[] = []
  for (const name of ['ann', 'eve', 'ned', 'mei', 'owen', 'lisa'])
    customers.push(await hold(`${common}${name}`, named(name)))
  customers.push(await hold(`${common}south`))
  for (const each of customers) {
    await make.contact(each)
    for (const { name } of standing()) if (name !== contact.name) await make.alike(each, name)
    await make.interaction(each)
    await make.task(each)
  }
  for (const { name, by } of members)
    await insert(ctx, task, [planned(HOME, `home ${name}`, by.id)])
  return { house, hill, members, named, customers, hold, make }
}

export type Firm = Awaited<ReturnType<typeof openFirm>>

const member = (
  name: string,
  by: Caller,
  role: Member['role'],
  scope: Scope,
  department: number,
  listed: readonly number[] = [],
): Member => ({ name, by, role, scope, department, listed })

const planned = (customer_id: string, title: string, owner_id: number | null) => ({
  customer_id,
  title,
  owner_id,
  due_on: '2026-11-18',
})

const first = <T>(list: readonly T[]): T => {
  const [made] = list
  if (!made) throw new Error('Nothing was made')
  return made
}
