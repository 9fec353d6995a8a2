import * as z from 'zod/mini'
import { done, endpoint } from '../door/contract.ts'
import { columnsShape, viewShape } from './model.ts'

const entity = z.string().check(z.maxLength(40, 'too_long'))
const id = z.uuid('not_an_id')
const title = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(40, 'too_long'))
const sharedWith = z
  .array(z.number().check(z.int('not_an_integer'), z.minimum(1, 'too_small')))
  .check(z.maxLength(50, 'too_long'))
const view = z.object({
  id: z.string(),
  entity: z.string(),
  name: z.string(),
  owner_id: z.number(),
  shared_with: z.array(z.number()),
  definition: viewShape,
  version: z.number(),
  can: z.object({ edit: z.boolean() }),
})
/** A view is named by its id; those that are built in, by their key in the program. */
const viewKey = z.string().check(z.maxLength(60, 'too_long'))
const own = {
  columns: z
    .record(viewKey, columnsShape)
    .check(z.refine((columns) => Object.keys(columns).length <= 200, 'too_long')),
  default_view: z.nullable(viewKey),
}

export const views = {
  list: endpoint({
    method: 'GET',
    path: '/views',
    permission: 'signed_in',
    summary: { zh: '列表视图：自己的和共享的', en: 'List views: own and shared' },
    input: z.strictObject({
      entity,
      /** Instead, all shared ones that the caller may put right, also those of other departments. */
      others: z.optional(z.literal('true')),
    }),
    output: z.object({ items: z.array(view), own: z.object(own) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/views',
    permission: 'signed_in',
    summary: { zh: '列表视图：保存', en: 'Save: list view' },
    input: z.strictObject({
      entity,
      name: title,
      shared_with: z._default(sharedWith, []),
      definition: viewShape,
    }),
    output: view,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/views/:id',
    permission: 'signed_in',
    summary: { zh: '列表视图：修改', en: 'Change: list view' },
    input: z.strictObject({
      id,
      name: z.optional(title),
      shared_with: z.optional(sharedWith),
      definition: z.optional(viewShape),
      /** Takes the view over from whoever owned it. */
      owner: z.optional(z.literal('me')),
    }),
    output: view,
    ifMatch: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/views/:id',
    permission: 'signed_in',
    summary: { zh: '列表视图：删除', en: 'Delete: list view' },
    input: z.strictObject({ id }),
    output: done,
    ifMatch: true,
  }),
  keepOwn: endpoint({
    method: 'PUT',
    path: '/views/own/:entity',
    permission: 'signed_in',
    summary: { zh: '列表视图：自己的列与默认', en: 'Own columns and default of a list' },
    input: z.strictObject({ entity, ...own }),
    output: z.object(own),
  }),
}
