import * as z from 'zod/mini'
import type { Condition } from '../conditions/condition.ts'
import { type Explained, explain } from '../conditions/explain.ts'
import type { Ctx } from '../database/ctx.ts'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { filterText } from './crud.ts'

const uuid = z.uuid('not_an_id')
const explained: z.ZodMiniType<Explained> = z.lazy(() =>
  z.object({
    holds: z.boolean(),
    value: z.optional(z.unknown()),
    count: z.optional(z.number()),
    names: z.optional(z.array(z.string())),
    parts: z.optional(z.array(explained)),
  }),
)

type Address = { id: string; customer_id?: string | undefined }

/** Why one record is among those that a condition finds, or is not. */
export const explanationsOf = ({ plural, label, root }: Entity) => ({
  explain: endpoint({
    method: 'GET',
    path: `${root ? `/${plural}` : `/customers/:customer_id/${plural}`}/:id/explanation`,
    permission: `${plural}.view`,
    summary: { zh: `${label.zh}：为什么符合条件`, en: `Why it matches: ${label.en.toLowerCase()}` },
    input: z.strictObject({
      ...(!root && { customer_id: uuid }),
      id: uuid,
      filter: filterText,
    }) as unknown as z.ZodMiniType<Address & { filter: Condition }>,
    output: z.object({ because: explained }),
  }),
})

export const explaining = (entity: Entity) => ({
  explain: async (ctx: Ctx, { filter, ...key }: Address & { filter: Condition }) => ({
    because: await explain(ctx, entity, filter, key),
  }),
})
