import * as z from 'zod/mini'
import { endpoint } from '../door/contract.ts'

const uuid = z.uuid('not_an_id')

export const history = {
  list: endpoint({
    method: 'GET',
    path: '/customers/:customer_id/events',
    permission: 'events.view',
    summary: { zh: '客户的事件记录', en: 'Events of a customer' },
    input: z.strictObject({ customer_id: uuid, after: z.optional(uuid) }),
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          kind: z.string(),
          actor_id: z.nullable(z.number()),
          subject_kind: z.string(),
          subject_id: z.string(),
          payload: z.nullable(z.record(z.string(), z.unknown())),
        }),
      ),
      next: z.nullable(z.string()),
    }),
  }),
}
