import * as z from 'zod/mini'
import { endpoint, nothing } from '../door/contract.ts'
import { ruleShape } from '../records/numberRule.ts'

const kept = z.object({
  id: z.string(),
  /** Whether new records of this kind are numbered. */
  on: z.boolean(),
  version: z.number(),
  ...ruleShape.shape,
})

export const numbering = {
  list: endpoint({
    method: 'GET',
    path: '/numbering',
    permission: 'fields.manage',
    summary: { zh: '编号规则：列表', en: 'List: numbering rules' },
    input: nothing,
    output: z.object({ items: z.array(kept) }),
  }),
  update: endpoint({
    method: 'PUT',
    path: '/numbering/:id',
    permission: 'fields.manage',
    summary: { zh: '编号规则：修改', en: 'Change: numbering rule' },
    input: z.strictObject({
      id: z.string().check(z.regex(/^[a-z_]{1,40}$/, 'not_an_id')),
      ...ruleShape.shape,
    }),
    output: kept,
    ifMatch: true,
    // A kind that had no number gets a field for it.
    reshapes: true,
  }),
}
