import * as z from 'zod/mini'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { line } from '../fields/kinds.ts'
import { pageOf, presented } from '../lists/crud.ts'
import { mostReason, plainKey } from './keys.ts'

const uuid = z.uuid('not_an_id')
const field = z.string().check(z.maxLength(60, 'too_long'))

export type Viewed = {
  id: string
  customer_id?: string | undefined
  field: string
  reason?: string | undefined
}

/**
 * What a reader may do with a field that is shown shortened: see the plain value of one record, which
 * leaves an event, and find records by the whole value, which is counted and noted.
 */
export const plainViewsOf = <const E extends Entity>(entity: E) => {
  const { plural, label } = entity
  const base = entity.root ? `/${plural}` : `/customers/:customer_id/${plural}`
  return {
    plainView: endpoint({
      method: 'POST',
      path: `${base}/:id/plain-view`,
      permission: plainKey,
      summary: {
        zh: `${label.zh}：查看完整内容`,
        en: `Plain value: ${label.en.toLowerCase()}`,
      },
      input: z.strictObject({
        ...(entity.root ? {} : { customer_id: uuid }),
        id: uuid,
        field,
        reason: z.optional(line(mostReason)),
      }) as unknown as z.ZodMiniType<Viewed>,
      output: z.object({ field: z.string(), value: z.unknown() }),
    }),
    exactMatch: endpoint({
      method: 'POST',
      path: `/${plural}/exact-match`,
      permission: `${plural}.view`,
      summary: {
        zh: `${label.zh}：按完整内容查找`,
        en: `Find by a whole value: ${label.en.toLowerCase()}`,
      },
      input: z.strictObject({ field, value: z.string().check(z.maxLength(300, 'too_long')) }),
      output: pageOf(presented(entity)),
    }),
  }
}
