import * as z from 'zod/mini'
import { endpoint, nothing } from '#platform/door/contract.ts'
import { presented } from '#platform/lists/crud.ts'
import { task } from '../tasks/fields.ts'
import { whys } from './rules.ts'

const row = z.intersection(
  presented(task),
  z.object({
    customer_name: z.string(),
    /** The number to call, as far as the reader may see it. */
    phone: z.nullable(z.string()),
    why: z.object({ reason: z.enum(whys), days: z.number() }),
  }),
)

export const day = {
  read: endpoint({
    method: 'GET',
    path: '/day',
    permission: 'signed_in',
    summary: { zh: '今日工作台', en: 'Day plan' },
    input: nothing,
    output: z.object({
      overdue: z.array(row),
      today: z.array(row),
      week: z.array(row),
      counts: z.object({
        overdue: z.number(),
        today: z.number(),
        week: z.number(),
        done_today: z.number(),
      }),
      /** Cut off at 1,000, as the counts of lists are: `more` says so. */
      without_next: z.object({ count: z.number(), more: z.boolean() }),
      /** Customers that others brought the caller in to, of the last three days. */
      invitations: z.array(
        z.object({
          id: z.string(),
          customer_id: z.string(),
          customer_name: z.string(),
          access: z.enum(['read', 'write']),
          until: z.nullable(z.string()),
          role: z.nullable(z.string()),
          reason: z.nullable(z.string()),
          created_by: z.nullable(z.number()),
        }),
      ),
    }),
  }),
}
