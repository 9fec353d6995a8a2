import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { line } from '#platform/fields/kinds.ts'

const id = z.uuid('not_an_id')
const name = line(40).check(z.minLength(1, 'required'))
export const roleIds = z.array(z.string().check(z.maxLength(60, 'too_long'))).check(
  z.maxLength(20, 'too_many'),
  z.overwrite((list: string[]) => [...new Set(list)]),
)
const post = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  /** How many people in service hold it. */
  people: z.number(),
  version: z.number(),
})

export const posts = {
  list: endpoint({
    method: 'GET',
    path: '/posts',
    permission: 'signed_in',
    summary: { zh: '岗位：列表', en: 'List: posts' },
    input: nothing,
    output: z.object({ items: z.array(post) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/posts',
    permission: 'roles.manage',
    summary: { zh: '岗位：新建', en: 'Create: post' },
    input: z.strictObject({ name, roles: roleIds.check(z.minLength(1, 'required')) }),
    output: post,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/posts/:id',
    permission: 'roles.manage',
    summary: { zh: '岗位：修改', en: 'Change: post' },
    input: z.strictObject({
      id,
      name: z.optional(name),
      roles: z.optional(roleIds.check(z.minLength(1, 'required'))),
    }),
    output: post,
    ifMatch: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/posts/:id',
    permission: 'roles.manage',
    summary: { zh: '岗位：删除', en: 'Delete: post' },
    input: z.strictObject({ id }),
    output: done,
    ifMatch: true,
  }),
}
