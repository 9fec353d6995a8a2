import * as z from 'zod/mini'
import { endpoint, nothing } from '#platform/door/contract.ts'
import { fieldRights, grants, scopes, verbs } from '../roles/rules.ts'

const id = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
const label = z.object({ zh: z.string(), en: z.string() })
/** Cut off at 1,000, as the counts of lists are: `more` says so. */
const count = z.object({ count: z.number(), more: z.boolean() })

/** How far one role takes a verb: its grant, and the scope and departments it comes to for this person. */
export const sourceShape = z.object({
  role: z.string(),
  grant: z.enum(grants),
  scope: z.enum(scopes),
  departments: z.array(z.number()),
})

const explanation = z.object({
  person: z.object({
    id: z.number(),
    name: z.string(),
    department_id: z.number(),
    active: z.boolean(),
  }),
  /** The roles held by oneself or by the post, which is named. */
  roles: z.array(z.object({ id: z.string(), label, post: z.nullable(z.string()) })),
  kinds: z.array(
    z.object({
      name: z.string(),
      label,
      verbs: z.array(
        z.object({
          verb: z.enum(verbs),
          /** Empty: not permitted. */
          sources: z.array(sourceShape),
          /** The records within reach now; null where the verb is not about existing ones. */
          reached: z.nullable(count),
          /** How many of them only because somebody shares their customer. */
          shared: z.number(),
        }),
      ),
    }),
  ),
  fields: z.array(
    z.object({
      entity: z.string(),
      name: z.string(),
      label,
      right: z.enum(fieldRights),
      /** What each role gives, by a line for this field or by its sensitivity. */
      sources: z.array(z.object({ role: z.string(), right: z.enum(fieldRights), by: z.string() })),
    }),
  ),
  keys: z.array(z.object({ key: z.string(), label, roles: z.array(z.string()) })),
  api_keys: z.array(
    z.object({
      id: z.string(),
      name: z.nullable(z.string()),
      start: z.nullable(z.string()),
      expires_at: z.nullable(z.string()),
      last_used_at: z.nullable(z.string()),
    }),
  ),
})
export type Explanation = z.infer<typeof explanation>

/** What somebody sees and may do, and why: told by the functions that decide it. */
export const explained = {
  person: endpoint({
    method: 'GET',
    path: '/people/:id/access',
    permission: 'people.manage',
    summary: {
      zh: '人员：能看到什么、能做什么、为什么',
      en: 'What a person sees, may do, and why',
    },
    input: z.strictObject({ id }),
    output: explanation,
  }),
  mine: endpoint({
    method: 'GET',
    path: '/me/access',
    permission: 'signed_in',
    summary: { zh: '我能看到什么、能做什么、为什么', en: 'What I see, may do, and why' },
    input: nothing,
    output: explanation,
  }),
}
