import * as z from 'zod/mini'
import { done, endpoint } from '../door/contract.ts'
import { choiceLabel, choiceShape } from '../fields/choiceShape.ts'
import { dictionaryName } from '../fields/definition.ts'

const entries = z.array(choiceShape).check(z.maxLength(1000, 'too_many'))
const kept = z.object({
  id: z.string(),
  label: choiceLabel,
  version: z.number(),
  entries,
})
export type Dictionary = z.infer<typeof kept>

/** Shared lists of choices; everybody gets them with the fields, as forms and lists need them. */
export const dictionaries = {
  create: endpoint({
    method: 'POST',
    path: '/dictionaries',
    permission: 'fields.manage',
    summary: { zh: '字典：新建', en: 'Create: dictionary' },
    input: z.strictObject({ label: choiceLabel, entries }),
    output: kept,
    status: 201,
    reshapes: true,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/dictionaries/:id',
    permission: 'fields.manage',
    summary: { zh: '字典：修改', en: 'Change: dictionary' },
    input: z.strictObject({
      id: dictionaryName,
      label: z.optional(choiceLabel),
      entries: z.optional(entries),
    }),
    output: kept,
    ifMatch: true,
    reshapes: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/dictionaries/:id',
    permission: 'fields.manage',
    summary: { zh: '字典：删除', en: 'Delete: dictionary' },
    input: z.strictObject({ id: dictionaryName }),
    output: done,
    ifMatch: true,
    reshapes: true,
  }),
}
