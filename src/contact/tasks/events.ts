import { noteContact } from '#customers/customers/commands.ts'
import type { Reaction } from '#platform/events/events.ts'
import { nextDue } from './queries.ts'

const run: Reaction['run'] = (ctx, events) =>
  noteContact(
    ctx,
    'next_due_on',
    events.map((event) => event.customer_id),
    (customers) => nextDue(ctx, customers),
  )

/** `now`: a customer shows when the next step is due as soon as the step is known. */
export const taskReactions: readonly Reaction[] = [
  'task.created',
  'task.updated',
  'task.deleted',
  'task.restored',
  'task.completed',
  'task.reopened',
].map((on) => ({ on, run }))
