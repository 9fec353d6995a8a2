import * as z from 'zod/mini'
import { done, endpoint } from '#platform/door/contract.ts'
import { date, line, principal } from '#platform/fields/kinds.ts'

const uuid = z.uuid('not_an_id')
const access = z.enum(['read', 'write'])
const role = z.nullable(line(20))
const reason = z.nullable(line(200))
/** The last day, in the organisation's time zone. */
const until = z.nullable(date({ label: { zh: '截止日', en: 'Until' } }).read)

const member = z.object({
  customer_id: z.string(),
  id: z.string(),
  principal_id: z.number(),
  kind: z.enum(['person', 'department']),
  access,
  until: z.nullable(z.string()),
  role: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  version: z.number(),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
})
export type Member = z.infer<typeof member>

const path = '/customers/:customer_id/members'

/**
 * Who works with a customer besides the responsible person. Whoever may change the customer by their
 * own scope lets others in; who was let in lets in nobody else, so no share outlives or exceeds the one
 * it came from.
 */
export const members = {
  list: endpoint({
    method: 'GET',
    path,
    permission: 'customers.view',
    summary: { zh: '客户团队：列表', en: 'List: team of a customer' },
    input: z.strictObject({ customer_id: uuid }),
    output: z.object({ items: z.array(member), can: z.object({ manage: z.boolean() }) }),
  }),
  add: endpoint({
    method: 'POST',
    path,
    permission: 'customers.edit',
    summary: { zh: '客户团队：加入', en: 'Add to the team of a customer' },
    input: z.strictObject({
      customer_id: uuid,
      principal_id: principal,
      access,
      until: z.optional(until),
      role: z.optional(role),
      reason: z.optional(reason),
    }),
    output: member,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: `${path}/:id`,
    permission: 'customers.edit',
    summary: { zh: '客户团队：修改', en: 'Change in the team of a customer' },
    input: z.strictObject({
      customer_id: uuid,
      id: uuid,
      access: z.optional(access),
      until: z.optional(until),
      role: z.optional(role),
      reason: z.optional(reason),
    }),
    output: member,
    ifMatch: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: `${path}/:id`,
    permission: 'customers.edit',
    summary: { zh: '客户团队：移出', en: 'Take out of the team of a customer' },
    input: z.strictObject({ customer_id: uuid, id: uuid }),
    output: done,
    ifMatch: true,
  }),
}
