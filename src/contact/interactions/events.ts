import { noteContact } from '#customers/customers/commands.ts'
import type { Reaction } from '#platform/events/events.ts'
import { lastContact } from './queries.ts'

const run: Reaction['run'] = (ctx, events) =>
  noteContact(
    ctx,
    'last_contact_at',
    events.map((event) => event.customer_id),
    (customers) => lastContact(ctx, customers),
  )

/** `now`: a customer shows when the last contact was as soon as it is noted. */
export const interactionReactions: readonly Reaction[] = [
  'interaction.created',
  'interaction.updated',
  'interaction.deleted',
  'interaction.restored',
].map((on) => ({ on, run }))
