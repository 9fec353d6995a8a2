import * as z from 'zod/mini'
import { done, endpoint } from '../door/contract.ts'
import { machineShape } from '../fields/machine.ts'

/** `customer.stage`: the kind of record and the field. */
const id = z.string().check(z.regex(/^[a-z_]{1,40}\.[a-z][a-z0-9_]{0,60}$/, 'not_an_id'))
const kept = z.object({ id: z.string(), version: z.number(), machine: machineShape })

/** The ways of stages; everybody gets them with the fields, as buttons and boards go by them. */
export const stages = {
  update: endpoint({
    method: 'PUT',
    path: '/stages/:id',
    permission: 'fields.manage',
    summary: { zh: '阶段：修改', en: 'Change: stages' },
    input: z.strictObject({ id, ...machineShape.shape }),
    output: kept,
    ifMatch: true,
    reshapes: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/stages/:id',
    permission: 'fields.manage',
    summary: { zh: '阶段：恢复成普通单选', en: 'Make stages a plain choice again' },
    input: z.strictObject({ id }),
    output: done,
    ifMatch: true,
    reshapes: true,
  }),
}
export type StageWay = z.infer<typeof kept>
