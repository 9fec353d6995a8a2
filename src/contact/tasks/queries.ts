import { sql } from 'kysely'
import { actorOf } from '#access/holders/queries.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import { reads } from '#platform/lists/standard.ts'
import { visible } from '#platform/records/visible.ts'
import { task } from './fields.ts'

export const { list, count, get } = reads(task)
export const within = list

/** The earliest due date of the open tasks of each customer; one statement. */
export const nextDue = async (ctx: Ctx, customers: readonly string[]) => {
  const { rows } = await sql<{ customer_id: string; due_on: string }>`
    select customer_id, min(due_on) as due_on from task
    where customer_id = any(${[...customers]}::uuid[]) and done_at is null and deleted_at is null
    group by customer_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.customer_id, row.due_on]))
}

type Given = { person: number; customer_id: string }

/**
 * Why a person cannot be responsible for a task of a customer: who is responsible must be able to see
 * it, and what is the firm's own is seen by its owner alone. Two statements for each person.
 */
export const ownerProblems = async (ctx: Ctx, asked: readonly Given[]) => {
  const seen = new Map<number, Set<string> | undefined>()
  const others = asked.filter(({ person }) => person !== ctx.actor.id)
  for (const [person, all] of Map.groupBy(others, (each) => each.person)) {
    const actor = await actorOf(ctx, { id: person })
    const ids = all.map(({ customer_id }) => customer_id).filter((id) => id !== HOME)
    seen.set(person, actor && (await seenBy({ ...ctx, actor }, ids)))
  }
  return ({ person, customer_id }: Given) => {
    if (person === ctx.actor.id) return undefined
    const customers = seen.get(person)
    if (!customers) return 'person_unknown'
    return customers.has(customer_id) ? undefined : 'owner_cannot_see_customer'
  }
}

const seenBy = async (ctx: Ctx, customers: readonly string[]) => {
  const { rows } = await sql<{ id: string }>`select t.id from customer t
    where t.id = any(${[...customers]}::uuid[]) and ${visible(ctx, 'tasks.view')}`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}
