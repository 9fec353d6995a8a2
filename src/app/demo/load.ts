import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import * as departments from '#access/departments/commands.ts'
import * as people from '#access/people/commands.ts'
import { list as peopleList } from '#access/people/queries.ts'
import type { TemplateKey } from '#access/setup/rules.ts'
import { interaction } from '#contact/interactions/fields.ts'
import { task } from '#contact/tasks/fields.ts'
import { contact } from '#customers/contacts/fields.ts'
import { customer } from '#customers/customers/fields.ts'
import { type Ctx, system, today } from '#platform/database/ctx.ts'
import type { Db } from '#platform/database/database.ts'
import { insert } from '#platform/records/records.ts'
import { type Demo, type DemoCustomer, generateDemo } from './generate.ts'

const seed = 20_261_121
/** Customers per transaction: progress is seen, and a killed load leaves whole customers. */
const batch = 25

type Staff = Map<string, number>
type Progress = { next: number; staff: [string, number][] }

/**
 * Loads the demo data of a template below the organisation that is there. The busiest of its people
 * becomes the administrator, so that whoever set up finds a day to work with. A load that was killed
 * goes on where it stood.
 */
export const loadDemo = async (db: Db, now: string, template: TemplateKey) => {
  const demo = generateDemo({ template, seed, today: today({ now }) })
  const within = <T>(work: (ctx: Ctx) => Promise<T>) =>
    db.transaction().execute((tx) => work({ db: tx, actor: system, now }))
  let progress = await within(async (ctx) => {
    const before = await read(ctx)
    return before ?? keep(ctx, { next: 0, staff: [...(await hire(ctx, demo))] })
  })
  const staff: Staff = new Map(progress.staff)
  while (progress.next < demo.customers.length)
    progress = await within(async (ctx) => {
      const next = progress.next + batch
      for (const each of demo.customers.slice(progress.next, next)) await tell(ctx.db, each, staff)
      return keep(ctx, { ...progress, next })
    })
}

const read = async (ctx: Ctx): Promise<Progress | undefined> => {
  const { rows } = await sql<{
    value: Progress
  }>`select value from setting where key = 'demo'`.execute(ctx.db)
  return rows[0]?.value
}

const keep = async (ctx: Ctx, progress: Progress): Promise<Progress> => {
  await sql`insert into setting (key, value) values ('demo', ${JSON.stringify(progress)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(ctx.db)
  return progress
}

const hire = async (ctx: Ctx, demo: Demo): Promise<Staff> => {
  const { items } = await peopleList(ctx)
  const [administrator] = items
  if (!administrator) throw new Error('The demo data needs an administrator')
  const top = administrator.department_id
  const keys = new Map<string, number>()
  for (const { key, name, parent } of demo.departments) {
    const { id } = await departments.create(ctx, { name, parent_id: keys.get(parent ?? '') ?? top })
    keys.set(key, id)
  }
  const busiest = busiestOf(demo)
  const staff: Staff = new Map([[busiest, administrator.id]])
  for (const person of demo.people) {
    if (person.key === busiest) continue
    const taken = items.some(
      (each) => each.username.toLowerCase() === person.username.toLowerCase(),
    )
    const made = await people.create(ctx, {
      username: taken ? `${person.username}.demo` : person.username,
      name: person.name,
      password: randomBytes(18).toString('base64url'),
      department_id: keys.get(person.department) ?? top,
      roles: [person.role],
    })
    staff.set(person.key, made.id)
  }
  return staff
}

const busiestOf = (demo: Demo): string => {
  const counts = new Map<string, number>()
  for (const { tasks } of demo.customers)
    for (const each of tasks)
      if (!each.done_at) counts.set(each.owner, (counts.get(each.owner) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}

const tell = async (db: Db, told: DemoCustomer, staff: Staff) => {
  const at = (now: string): Ctx => ({ db, actor: { ...system, id: idOf(staff, told.owner) }, now })
  const born = at(told.created_at)
  const [made] = await insert(born, customer, [
    { ...told.values, ...inTheWordsOf(told.values), owner_id: idOf(staff, told.owner) },
  ])
  if (!made) return
  const customer_id = made.id
  const contacts = await insert(
    born,
    contact,
    told.contacts.map((each) => ({ ...each, customer_id })),
  )
  const last = told.interactions.at(-1)?.at ?? told.created_at
  const interactions = await insert(
    at(last),
    interaction,
    told.interactions.map(({ person, contact: place, ...each }) => ({
      ...each,
      customer_id,
      person_id: idOf(staff, person),
      contact_id: place === undefined ? null : (contacts[place]?.id ?? null),
    })),
  )
  // Each next step was set when it was agreed on, and the story says so.
  const agreed = Map.groupBy(
    told.tasks,
    (each) => told.interactions[each.interaction ?? -1]?.at ?? last,
  )
  for (const [when, tasks] of agreed)
    await insert(
      at(when),
      task,
      tasks.map(({ title, due_on, important, urgent, owner }) => ({
        ...{ title, due_on, important, urgent, customer_id },
        owner_id: idOf(staff, owner),
      })),
      (index) => {
        const { done_at, owner = null, interaction: from = -1 } = tasks[index] ?? {}
        return {
          interaction_id: interactions[from]?.id ?? null,
          ...(done_at && { done_at, done_by: idOf(staff, owner) }),
        }
      },
    )
}

/** A story is told in names; what the lists of this installation know by a value becomes one. */
const inTheWordsOf = ({ source, industry }: DemoCustomer['values']) => ({
  ...(source && { source: customer.fields.source.read.parse(source) }),
  ...(industry && { industry: customer.fields.industry.read.parse(industry) }),
})

const idOf = (staff: Staff, key: string | null): number | null =>
  key === null ? null : (staff.get(key) ?? null)
