import * as z from 'zod/mini'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { soughtText } from '../search/sought.ts'

const uuid = z.uuid('not_an_id')
/** So many are restored or erased at once. */
export const mostAtOnce = 100

const counted = z.array(z.object({ entity: z.string(), count: z.number() }))

const entry = z.object({
  customer_id: z.string(),
  id: z.string(),
  entity: z.string(),
  /** The record that was put away. */
  subject_id: z.string(),
  /** Left out where the reader may not know it. */
  title: z.optional(z.string()),
  customer_name: z.optional(z.string()),
  /** The customer lies in the bin itself and must come back first. */
  customer_gone: z.boolean(),
  along: counted,
  cause: z.enum(['hand', 'bulk', 'import']),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
  days_left: z.number(),
})
export type BinEntry = z.infer<typeof entry>

const row = z.strictObject({ customer_id: uuid, id: uuid })
const rows = z.array(row).check(z.minLength(1, 'required'), z.maxLength(mostAtOnce, 'too_long'))

const problem = z.object({
  id: z.string(),
  title: z.optional(z.string()),
  reason: z.string(),
  facts: z.optional(z.record(z.string(), z.unknown())),
})
export type BinProblem = z.infer<typeof problem>

const outcome = z.object({
  done: z.array(
    z.object({
      customer_id: z.string(),
      id: z.string(),
      entity: z.string(),
      subject_id: z.string(),
    }),
  ),
  problems: z.array(problem),
})
export type BinOutcome = z.infer<typeof outcome>

/** The word that whoever erases must send along, so that no slip of a program does it. */
export const eraseWord = 'erase'

export const bin = {
  list: endpoint({
    method: 'GET',
    path: '/bin',
    permission: 'signed_in',
    summary: { zh: '回收站', en: 'Recycle bin' },
    input: z.strictObject({
      q: z.optional(soughtText),
      entity: z.optional(z.string().check(z.maxLength(60, 'too_long'))),
      mine: z.optional(z.literal('true')),
      after: z.optional(uuid),
    }),
    output: z.object({
      items: z.array(entry),
      next: z.nullable(z.string()),
      kept_days: z.number(),
      can: z.object({ erase: z.boolean() }),
    }),
  }),
  restore: endpoint({
    method: 'POST',
    path: '/bin/restoration',
    permission: 'signed_in',
    summary: { zh: '回收站：恢复', en: 'Restore from the recycle bin' },
    input: z.strictObject({
      rows,
      /** Who is responsible from now on, where whoever was is gone. */
      owner_id: z.optional(z.number().check(z.int('not_an_integer'))),
    }),
    output: outcome,
  }),
  erase: endpoint({
    method: 'POST',
    path: '/bin/erasure',
    permission: 'bin.manage',
    summary: { zh: '回收站：彻底删除', en: 'Erase from the recycle bin for good' },
    input: z.strictObject({ rows, confirm: z.literal(eraseWord, 'not_confirmed') }),
    output: outcome,
  }),
  settings: endpoint({
    method: 'PUT',
    path: '/bin/settings',
    permission: 'bin.manage',
    summary: { zh: '回收站：保留天数', en: 'How long the recycle bin keeps' },
    input: z.strictObject({
      kept_days: z
        .number('not_a_number')
        .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(3650, 'too_large')),
    }),
    output: z.object({ kept_days: z.number() }),
  }),
}

export const foretold = z.object({
  /** What goes along, as far as the caller may see it, with a few titles of each kind. */
  along: z.array(z.object({ entity: z.string(), count: z.number(), titles: z.array(z.string()) })),
  kept_days: z.number(),
})
export type Foretold = z.infer<typeof foretold>

/** What deleting a record would put away with it. */
export const deletionOf = ({ plural, label, root }: Pick<Entity, 'plural' | 'label' | 'root'>) => ({
  foretell: endpoint({
    method: 'GET',
    path: `${root ? `/${plural}` : `/customers/:customer_id/${plural}`}/:id/deletion`,
    permission: `${plural}.delete`,
    summary: {
      zh: `${label.zh}：删除会带走什么`,
      en: `What deleting takes along: ${label.en.toLowerCase()}`,
    },
    input: z.strictObject({
      ...(!root && { customer_id: uuid }),
      id: uuid,
    }) as unknown as z.ZodMiniType<{
      customer_id?: string
      id: string
    }>,
    output: foretold,
  }),
})
