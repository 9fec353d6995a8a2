import * as z from 'zod/mini'
import { conditionShape } from '../conditions/condition.ts'
import { endpoint, fileOutput } from '../door/contract.ts'
import {
  type ChangeOf,
  type CreateOf,
  changeShape,
  createShape,
  type Entity,
  recordShape,
} from '../fields/entity.ts'
import type { Label } from '../fields/field.ts'
import { live } from '../fields/live.ts'
import type { Presented } from '../records/present.ts'
import { soughtText } from '../search/sought.ts'
import { stopEvery } from './skip.ts'

const json = z.pipe(
  z.string().check(z.maxLength(8000, 'too_long')),
  z.transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.issues.push({ code: 'custom', message: 'not_json', input: text })
      return z.NEVER
    }
  }),
)

/** A condition as an address holds it: JSON in the query. */
export const filterText = z.pipe(json, conditionShape)

/** What narrows and orders a list, the same for its rows, its count and its export. */
export const question = {
  q: z.optional(soughtText),
  filter: z.optional(filterText),
  sort: z.optional(z.string().check(z.maxLength(60))),
}

const limit = z._default(
  z.pipe(
    z.string().check(z.regex(/^\d{1,3}$/, 'not_an_integer')),
    z.pipe(
      z.transform(Number),
      z.number().check(z.minimum(1, 'too_small'), z.maximum(200, 'too_large')),
    ),
  ),
  50,
)
const skip = z.optional(
  z.pipe(
    z.string().check(z.regex(/^\d{1,4}$/, 'not_an_integer')),
    z.pipe(z.transform(Number), z.number().check(z.maximum(stopEvery, 'too_large'))),
  ),
)
export const flag = z.optional(
  z.pipe(
    z.enum(['true', 'false']),
    z.transform((text) => text === 'true'),
  ),
)
const warning = z.object({
  path: z.string(),
  reason: z.string(),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})

/** The schema of one record in an answer, with doubts about its values and what the reader may do. */
export const presented = <E extends Entity>(entity: E) =>
  live(() =>
    z.object({
      ...recordShape(entity),
      customer_name: z.optional(z.string()),
      warnings: z.array(warning),
      can: z.object({ edit: z.boolean(), delete: z.boolean(), transfer: z.boolean() }),
    }),
  ) as unknown as z.ZodMiniType<Presented<E>>

export const pageOf = <T>(item: z.ZodMiniType<T>) =>
  z.object({
    items: z.array(item),
    next: z.nullable(z.string()),
    start: z.optional(z.string()),
  })

/** A root record is addressed by its id, all others by customer and id. */
type Address<E> = E extends { root: true } ? { id: string } : { customer_id: string; id: string }
type Within<E> = E extends { root: true } ? unknown : { customer_id: string }

/**
 * The endpoints that every entity has: list, count, one, create, change, remove, export; below a
 * customer also the list of that customer. Permission keys are `<plural>.<verb>`.
 */
export const crud = <const E extends Entity>(entity: E) => {
  const { plural, label } = entity
  const base = entity.root ? `/${plural}` : `/customers/:customer_id/${plural}`
  const uuid = z.uuid('not_an_id')
  const within = entity.root ? {} : { customer_id: uuid }
  const record = presented(entity)
  const page = z.strictObject({
    ...question,
    limit,
    after: z.optional(z.string().check(z.maxLength(2000))),
    skip,
  })
  const address = { ...within, id: uuid }
  return {
    list: endpoint({
      method: 'GET',
      path: `/${plural}`,
      permission: `${plural}.view`,
      summary: summary(label, '列表', 'List'),
      input: page,
      output: pageOf(record),
    }),
    count: endpoint({
      method: 'GET',
      path: `/${plural}/count`,
      permission: `${plural}.view`,
      summary: summary(label, '计数', 'Count'),
      input: z.strictObject({ q: question.q, filter: question.filter, exact: flag }),
      output: z.object({ count: z.number(), more: z.boolean() }),
    }),
    download: endpoint({
      method: 'GET',
      path: `/${plural}/export`,
      permission: `${plural}.export`,
      summary: summary(label, '导出', 'Export'),
      input: z.strictObject({
        ...question,
        format: z._default(z.enum(['csv', 'xlsx']), 'xlsx'),
        columns: z.optional(z.string().check(z.maxLength(4000))),
      }),
      output: fileOutput,
      download: true,
      audited: true,
    }),
    get: endpoint({
      method: 'GET',
      path: `${base}/:id`,
      permission: `${plural}.view`,
      summary: summary(label, '详情', 'Get'),
      input: z.strictObject(address) as unknown as z.ZodMiniType<Address<E>>,
      output: record,
    }),
    create: endpoint({
      method: 'POST',
      path: base,
      permission: `${plural}.create`,
      summary: summary(label, '新建', 'Create'),
      input: live(() =>
        z.strictObject({ ...within, ...createShape(entity) }),
      ) as unknown as z.ZodMiniType<CreateOf<E> & Within<E>>,
      output: record,
      repeats: 'get',
      status: 201,
    }),
    update: endpoint({
      method: 'PATCH',
      path: `${base}/:id`,
      permission: `${plural}.edit`,
      summary: summary(label, '修改', 'Change'),
      input: live(() =>
        z.strictObject({ ...address, ...changeShape(entity) }),
      ) as unknown as z.ZodMiniType<ChangeOf<E> & Address<E>>,
      output: record,
      ifMatch: true,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: `${base}/:id`,
      permission: `${plural}.delete`,
      summary: summary(label, '删除', 'Delete'),
      input: z.strictObject(address) as unknown as z.ZodMiniType<Address<E>>,
      output: z.object({
        ok: z.literal(true),
        /** By it the record, and what went along, can be brought back from the bin. */
        deletion_id: z.string(),
      }),
      ifMatch: true,
    }),
  }
}

/** The list of one customer's records. */
export const within = <const E extends Entity>(entity: E) =>
  endpoint({
    method: 'GET',
    path: `/customers/:customer_id/${entity.plural}`,
    permission: `${entity.plural}.view`,
    summary: summary(entity.label, '客户下的列表', 'List of one customer'),
    input: z.strictObject({
      customer_id: z.uuid('not_an_id'),
      ...question,
      limit,
      after: z.optional(z.string().check(z.maxLength(2000))),
    }),
    output: pageOf(presented(entity)),
  })

const summary = (label: Label, zh: string, en: string): Label => ({
  zh: `${label.zh}：${zh}`,
  en: `${en}: ${label.en.toLowerCase()}`,
})
