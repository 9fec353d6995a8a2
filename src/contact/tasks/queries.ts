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

/**
 * Why this person cannot be responsible for a task of this customer: who is responsible must be able
 * to see it, and what is the firm's own is seen by its owner alone.
 */
export const ownerProblem = async (ctx: Ctx, person: number, customer_id: string) => {
  if (person === ctx.actor.id) return undefined
  const actor = await actorOf(ctx, { id: person })
  if (!actor) return 'person_unknown'
  if (customer_id === HOME) return 'owner_cannot_see_customer'
  const { rows } = await sql`select 1 from customer t
    where t.id = ${customer_id}::uuid and ${visible({ ...ctx, actor }, 'tasks.view')}`.execute(
    ctx.db,
  )
  return rows.length > 0 ? undefined : 'owner_cannot_see_customer'
}
