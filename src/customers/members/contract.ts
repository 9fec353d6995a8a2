import * as z from 'zod/mini'
import { sourceShape } from '#access/explained/contract.ts'
import { scopes } from '#access/roles/rules.ts'
import { done, endpoint } from '#platform/door/contract.ts'
import { date, line, principal } from '#platform/fields/kinds.ts'

const uuid = z.uuid('not_an_id')
const personId = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
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

/** Why somebody reaches a customer: as its owner, by how far a role goes, or as a member of its team. */
const why = z.discriminatedUnion('by', [
  z.object({ by: z.literal('owner'), role: z.string() }),
  z.object({ by: z.literal('scope'), role: z.string(), scope: z.enum(scopes) }),
  z.object({
    by: z.literal('member'),
    principal_id: z.number(),
    access,
    until: z.nullable(z.string()),
  }),
])
export type Why = z.infer<typeof why>

const seer = z.object({ id: z.number(), view: z.array(why), edit: z.array(why) })

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
  access: endpoint({
    method: 'GET',
    path: '/customers/:customer_id/access',
    permission: 'customers.view',
    summary: { zh: '谁能看到这位客户，为什么', en: 'Who sees this customer, and why' },
    input: z.strictObject({ customer_id: uuid, person_id: z.optional(personId) }),
    output: z.object({
      owner_id: z.nullable(z.number()),
      department_id: z.nullable(z.number()),
      /** Everybody who sees it and may do so now. */
      people: z.array(seer),
      /** The person who was asked about: how far each of their roles goes, and what has ended. */
      asked: z.nullable(
        z.object({
          ...seer.shape,
          active: z.boolean(),
          roles: z.array(sourceShape),
          ended: z.array(z.string()),
        }),
      ),
    }),
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
