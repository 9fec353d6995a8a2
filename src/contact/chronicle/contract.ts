import * as z from 'zod/mini'
import { endpoint } from '#platform/door/contract.ts'
import { pageOf } from '#platform/lists/crud.ts'
import { interactionShape } from '../interactions/contract.ts'

const entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('interaction'), at: z.string(), interaction: interactionShape }),
  z.object({
    type: z.literal('event'),
    at: z.string(),
    event: z.object({
      id: z.string(),
      kind: z.string(),
      actor_id: z.nullable(z.number()),
      subject_kind: z.string(),
      subject_id: z.string(),
      payload: z.record(z.string(), z.unknown()),
    }),
  }),
])
export type Entry = z.infer<typeof entry>

export const chronicle = {
  read: endpoint({
    method: 'GET',
    path: '/customers/:customer_id/chronicle',
    permission: 'customers.view',
    summary: { zh: '客户往来记录', en: 'Chronicle of a customer' },
    input: z.strictObject({
      customer_id: z.uuid('not_an_id'),
      after: z.optional(z.string().check(z.maxLength(2000, 'too_long'))),
    }),
    output: pageOf(entry),
  }),
}
