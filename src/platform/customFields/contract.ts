import * as z from 'zod/mini'
import { done, endpoint, nothing } from '../door/contract.ts'
import { customName, definitionShape, shapedShape } from '../fields/definition.ts'

const entity = z.string().check(z.maxLength(40, 'too_long'))
/** `customer.x_rate`: the kind of record and the name of the field. */
const id = z.string().check(z.regex(/^[a-z_]{1,40}\.x_[a-z][a-z0-9_]{0,40}$/, 'not_an_id'))
const kept = z.object({
  id: z.string(),
  entity: z.string(),
  position: z.number(),
  version: z.number(),
  definition: definitionShape,
})

export const customFields = {
  list: endpoint({
    method: 'GET',
    path: '/fields',
    permission: 'signed_in',
    summary: {
      zh: '自定义字段、字典和阶段：列表',
      en: 'List: custom fields, dictionaries, stages',
    },
    input: nothing,
    output: shapedShape,
  }),
  create: endpoint({
    method: 'POST',
    path: '/fields',
    permission: 'fields.manage',
    summary: { zh: '自定义字段：新建', en: 'Create: custom field' },
    // A field without a name is named after the sound of its label.
    input: z.strictObject({
      entity,
      definition: z.extend(definitionShape, { name: z.optional(customName) }),
    }),
    output: kept,
    status: 201,
    reshapes: true,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/fields/:id',
    permission: 'fields.manage',
    summary: { zh: '自定义字段：修改', en: 'Change: custom field' },
    input: z.strictObject({
      id,
      definition: z.optional(definitionShape),
      position: z.optional(
        z
          .number()
          .check(
            z.int('not_an_integer'),
            z.minimum(0, 'too_small'),
            z.maximum(10_000, 'too_large'),
          ),
      ),
    }),
    output: kept,
    ifMatch: true,
    reshapes: true,
  }),
  retired: endpoint({
    method: 'GET',
    path: '/fields/retired',
    permission: 'fields.manage',
    summary: { zh: '自定义字段：已停用的', en: 'List: retired custom fields' },
    input: nothing,
    output: z.object({ items: z.array(kept) }),
  }),
  restore: endpoint({
    method: 'POST',
    path: '/fields/:id/restoration',
    permission: 'fields.manage',
    summary: { zh: '自定义字段：恢复', en: 'Restore: custom field' },
    input: z.strictObject({ id }),
    output: kept,
    ifMatch: true,
    reshapes: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/fields/:id',
    permission: 'fields.manage',
    summary: { zh: '自定义字段：停用', en: 'Retire: custom field' },
    // Without `anyway` a field that views, other fields, stages or numbers go by is not retired.
    input: z.strictObject({ id, anyway: z.optional(z.literal('true')) }),
    output: done,
    ifMatch: true,
    reshapes: true,
  }),
}
