import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { line, principal } from '#platform/fields/kinds.ts'
import { fieldRights, grants, scopes, verbs } from './rules.ts'

const id = z.string().check(z.maxLength(60, 'too_long'))
const label = z.strictObject({
  zh: line(30).check(z.minLength(1, 'required')),
  en: z._default(line(40), ''),
})
const grant = z.enum(grants, 'not_a_choice')
const right = z.enum(fieldRights, 'not_a_choice')
const few = (most: number) =>
  z.refine<Record<string, unknown>>((map) => Object.keys(map).length <= most, 'too_many')
const rights = z.strictObject({
  kinds: z
    .record(
      z.string().check(z.maxLength(60, 'too_long')),
      z.partialRecord(z.enum(verbs, 'not_a_choice'), grant),
    )
    .check(few(200)),
  keys: z.array(z.string().check(z.maxLength(60, 'too_long'))).check(z.maxLength(100, 'too_many')),
  levels: z.strictObject({ internal: right, personal: right, sensitive: right }),
  fields: z.record(z.string().check(z.maxLength(120, 'too_long')), right).check(few(2000)),
})
const settable = {
  label,
  description: line(200),
  default_scope: z.enum(scopes, 'not_a_choice'),
  departments: z.array(principal).check(z.maxLength(200, 'too_many')),
  rights,
}
const role = z.object({
  id: z.string(),
  ...settable,
  label: z.object({ zh: z.string(), en: z.string() }),
  built_in: z.boolean(),
  /** How many people in service hold it, by themselves or by their post. */
  people: z.number(),
  version: z.number(),
})

export const rolesContract = {
  list: endpoint({
    method: 'GET',
    path: '/roles',
    permission: 'signed_in',
    summary: { zh: '角色：列表', en: 'List: roles' },
    input: nothing,
    output: z.object({ items: z.array(role) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/roles',
    permission: 'roles.manage',
    summary: { zh: '角色：新建', en: 'Create: role' },
    input: z.strictObject(settable),
    output: role,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/roles/:id',
    permission: 'roles.manage',
    summary: { zh: '角色：修改', en: 'Change: role' },
    input: z.strictObject({
      id,
      label: z.optional(label),
      description: z.optional(settable.description),
      default_scope: z.optional(settable.default_scope),
      departments: z.optional(settable.departments),
      rights: z.optional(rights),
    }),
    output: role,
    ifMatch: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/roles/:id',
    permission: 'roles.manage',
    summary: { zh: '角色：删除', en: 'Delete: role' },
    input: z.strictObject({ id }),
    output: done,
    ifMatch: true,
  }),
}
