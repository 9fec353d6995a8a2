import * as z from 'zod/mini'
import { foretold } from '../bin/contract.ts'
import { conditionShape } from '../conditions/condition.ts'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { date, principal as principalOf } from '../fields/kinds.ts'
import { accesses } from '../records/access.ts'
import { soughtText } from '../search/sought.ts'

/** So many records at once; more is an import's work. */
export const mostRows = 10_000
/** So many may be named one by one. */
const mostNamed = 2000

const uuid = z.uuid('not_an_id')
const target = z.strictObject({
  id: uuid,
  customer_id: z.optional(uuid),
  version: z.number().check(z.int('not_an_integer'), z.minimum(1, 'too_small')),
})
const principal = z.nullable(z.number().check(z.int('not_an_integer')))
/** The last day of a share. */
const day = date({ label: { zh: '截止日', en: 'Until' } }).read
const tags = z._default(z.array(z.string().check(z.maxLength(100, 'too_long'))), [])

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('edit'),
    field: z.string().check(z.maxLength(60, 'too_long')),
    value: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('assign'), owner_id: principal }),
  z.strictObject({ kind: z.literal('tag'), add: tags, remove: tags }),
  z.strictObject({
    kind: z.literal('share'),
    principal_id: principalOf,
    access: z.enum(accesses),
    until: z.nullable(day),
  }),
  z.strictObject({ kind: z.literal('delete') }),
])

export type Target = z.infer<typeof target>
export type Action = z.infer<typeof action>

const problem = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  /** The field that is at fault and why, where it is one. */
  path: z.optional(z.string()),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})
export type Problem = z.infer<typeof problem>

const run = z.object({
  id: z.string(),
  entity: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  /** Why the whole of it failed; what was done before stays done. */
  reason: z.nullable(z.string()),
  total: z.number(),
  done: z.number(),
  failed: z.number(),
  problems: z.array(problem),
})
export type BulkRun = z.infer<typeof run>

/** Which records: those that are named, or all that a question finds but for some. */
const chosen = {
  rows: z.optional(
    z.array(target).check(z.minLength(1, 'required'), z.maxLength(mostNamed, 'too_long')),
  ),
  q: z.optional(soughtText),
  filter: z.optional(conditionShape),
  except: z.optional(z.array(uuid).check(z.maxLength(mostNamed, 'too_long'))),
}

/** The change of many records of one kind: those that are named, or all that a question finds. */
export const bulkOf = ({ plural, label }: Pick<Entity, 'plural' | 'label'>) => ({
  start: endpoint({
    method: 'POST',
    path: `/${plural}/bulk`,
    permission: `${plural}.view`,
    summary: { zh: `${label.zh}：批量处理`, en: `Bulk: ${label.en.toLowerCase()}` },
    input: z.strictObject({ ...chosen, action }),
    output: run,
    status: 202,
  }),
  foretellAll: endpoint({
    method: 'POST',
    path: `/${plural}/bulk/deletion`,
    permission: `${plural}.delete`,
    summary: {
      zh: `${label.zh}：批量删除会带走什么`,
      en: `What deleting many takes along: ${label.en.toLowerCase()}`,
    },
    input: z.strictObject(chosen),
    output: foretold,
  }),
})

export const bulk = {
  get: endpoint({
    method: 'GET',
    path: '/bulk/:id',
    permission: 'signed_in',
    summary: { zh: '批量处理：结果', en: 'Result: bulk' },
    input: z.strictObject({ id: uuid }),
    output: run,
  }),
}
