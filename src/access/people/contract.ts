import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { line, principal } from '#platform/fields/kinds.ts'
import { passwordBounds, usernameBounds } from '#platform/settings/accountBounds.ts'
import { roleIds } from '../posts/contract.ts'
import { fieldRights, scopes } from '../roles/rules.ts'

const id = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
const name = line(60).check(z.minLength(1, 'required'))
export const username = z
  .string()
  .check(
    z.trim(),
    z.minLength(usernameBounds.min, 'too_short'),
    z.maxLength(usernameBounds.max, 'too_long'),
    z.regex(usernameBounds.letters, 'not_a_username'),
  )
export const password = z
  .string()
  .check(
    z.minLength(passwordBounds.min, 'password_too_short'),
    z.maxLength(passwordBounds.max, 'too_long'),
  )
/** What everybody may know of everybody. */
const colleague = z.object({
  id: z.number(),
  username: z.string(),
  name: z.string(),
  department_id: z.number(),
  active: z.boolean(),
})
const person = z.extend(colleague, {
  roles: z.array(z.string()),
  post_id: z.nullable(z.string()),
  scope: z.enum(scopes),
  scope_departments: z.array(z.number()),
  email: z.nullable(z.string()),
  version: z.number(),
})
/** Where an identity provider's account is recognised by its e-mail. */
const email = z.nullable(
  z
    .string()
    .check(z.trim(), z.maxLength(200, 'too_long'), z.regex(/^[^\s@]+@[^\s@]+$/, 'not_an_email')),
)
const settable = {
  department_id: principal,
  roles: roleIds,
  post_id: z.optional(z.nullable(z.uuid('not_an_id'))),
  scope: z.optional(z.enum(scopes)),
  scope_departments: z.optional(z.array(principal).check(z.maxLength(200, 'too_many'))),
}

export const people = {
  list: endpoint({
    method: 'GET',
    path: '/people',
    permission: 'signed_in',
    summary: { zh: '人员：列表', en: 'List: people' },
    input: nothing,
    output: z.object({ items: z.array(z.union([person, colleague])) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/people',
    permission: 'people.manage',
    summary: { zh: '人员：新建', en: 'Create: person' },
    input: z.strictObject({ username, name, password, email: z.optional(email), ...settable }),
    output: person,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/people/:id',
    permission: 'people.manage',
    summary: { zh: '人员：修改', en: 'Change: person' },
    input: z.strictObject({
      id,
      name: z.optional(name),
      password: z.optional(password),
      department_id: z.optional(settable.department_id),
      roles: z.optional(settable.roles),
      post_id: settable.post_id,
      scope: settable.scope,
      scope_departments: settable.scope_departments,
      active: z.optional(z.boolean()),
      email: z.optional(email),
    }),
    output: person,
    ifMatch: true,
  }),
  me: endpoint({
    method: 'GET',
    path: '/me',
    permission: 'signed_in',
    summary: { zh: '我', en: 'Me' },
    input: nothing,
    output: z.object({
      id: z.number(),
      name: z.string(),
      username: z.string(),
      roles: z.array(z.string()),
      post_id: z.nullable(z.string()),
      department_id: z.number(),
      locale: z.enum(['zh', 'en']),
      organisation: z.string(),
      permissions: z.array(z.string()),
      rights: z.record(z.string(), z.record(z.string(), z.enum(fieldRights))),
      today: z.string(),
      time_zone: z.string(),
    }),
  }),
  updateMe: endpoint({
    method: 'PATCH',
    path: '/me',
    permission: 'signed_in',
    summary: { zh: '我：界面语言', en: 'Me: language' },
    input: z.strictObject({ locale: z.enum(['zh', 'en']) }),
    output: done,
  }),
}
