import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { line, principal } from '#platform/fields/kinds.ts'

const id = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
const name = line(60).check(z.minLength(1, 'required'))
const department = z.object({
  id: z.number(),
  name: z.string(),
  parent_id: z.nullable(z.number()),
  version: z.number(),
})

export const departments = {
  list: endpoint({
    method: 'GET',
    path: '/departments',
    permission: 'signed_in',
    summary: { zh: '部门：列表', en: 'List: departments' },
    input: nothing,
    output: z.object({ items: z.array(department) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/departments',
    permission: 'departments.manage',
    summary: { zh: '部门：新建', en: 'Create: department' },
    input: z.strictObject({ name, parent_id: principal }),
    output: department,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/departments/:id',
    permission: 'departments.manage',
    summary: { zh: '部门：修改', en: 'Change: department' },
    input: z.strictObject({ id, name: z.optional(name), parent_id: z.optional(principal) }),
    output: department,
    ifMatch: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/departments/:id',
    permission: 'departments.manage',
    summary: { zh: '部门：删除', en: 'Delete: department' },
    input: z.strictObject({ id }),
    output: done,
    ifMatch: true,
  }),
}
