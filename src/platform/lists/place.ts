import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Condition } from '../conditions/condition.ts'
import type { Ctx } from '../database/ctx.ts'
import { endpoint } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { find } from '../records/records.ts'
import { question } from './crud.ts'
import { countCap, source, withAll } from './lists.ts'
import { orderOf, usualSort } from './order.ts'

const uuid = z.uuid('not_an_id')
const counted = z.object({ count: z.number(), more: z.boolean() })
const neighbour = z.nullable(z.object({ id: z.string(), customer_id: z.optional(z.string()) }))

type Asked = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  id: string
  customer_id?: string | undefined
}

/** Where a record stands in a list, and what stands before and after it. */
export const placeOf = ({ plural, label, root }: Pick<Entity, 'plural' | 'label' | 'root'>) => ({
  place: endpoint({
    method: 'GET',
    path: `${root ? '' : '/customers/:customer_id'}/${plural}/:id/place`,
    permission: `${plural}.view`,
    summary: {
      zh: `${label.zh}：在列表中的位置`,
      en: `Place in a list: ${label.en.toLowerCase()}`,
    },
    input: z.strictObject({
      ...question,
      id: uuid,
      ...(!root && { customer_id: uuid }),
    }) as unknown as z.ZodMiniType<Asked>,
    output: z.object({
      /** Null when the record is not, or no longer, among the rows of the list. */
      position: z.nullable(counted),
      total: counted,
      previous: neighbour,
      next: neighbour,
    }),
  }),
})

type Neighbour = { id: string; customer_id?: string }
export type Place = {
  position: { count: number; more: boolean } | null
  total: { count: number; more: boolean }
  previous: Neighbour | null
  next: Neighbour | null
}
type Row = {
  before: number
  total: number
  inside: boolean
  previous: Neighbour | null
  next: Neighbour | null
}

/**
 * Neighbours by the sort key of the record, so that one that has just left the list still has a way on.
 * Counts stop at 1,000. At most five statements, whatever the size.
 */
export const placing = (entity: Entity) => ({
  place: async (ctx: Ctx, { id, customer_id, ...asked }: Asked): Promise<Place> => {
    const order = orderOf(ctx, entity, asked.sort ?? usualSort(ctx, entity))
    await find(ctx, entity, { id, customer_id })
    const stored = await sql<{ key: string }>`select (${order.key})::text as key
      from ${sql.table(entity.name)} t where t.id = ${id}::uuid`.execute(ctx.db)
    const question = { q: asked.q, filter: asked.filter }
    const from = await source(ctx, entity, question, { ordered: true, wanted: countCap + 1 })
    const here = sql`(${stored.rows[0]?.key ?? ''}::${sql.raw(order.cast)}, ${id}::uuid)`
    const [on, back] = order.descending ? ['<', '>'] : ['>', '<']
    const [down, up] = order.descending ? ['desc', 'asc'] : ['asc', 'desc']
    const address = entity.root ? sql`t.id` : sql`t.id, t.customer_id`
    const own = entity.root ? sql`k.id` : sql`k.id, k.customer_id`
    const keys = sql`keys as ${sql.raw(from.few ? 'materialized' : 'not materialized')} (
      select ${address}, ${order.key} as sort_key from ${from.table} where ${from.where})`
    const beyond = (than: string) => sql`(k.sort_key, k.id) ${sql.raw(than)} ${here}`
    const first = (than: string, way: string) => sql`(select row_to_json(n) from (
      select ${own} from keys k where ${beyond(than)}
      order by k.sort_key ${sql.raw(way)}, k.id ${sql.raw(way)} limit 1) n)`
    const answer = await sql<Row>`${withAll([...from.ctes, keys])} select
      (select count(*) from (select 1 from keys k where ${beyond(back)} limit ${countCap}) b) as before,
      (select count(*) from (select 1 from keys k limit ${countCap + 1}) c) as total,
      exists (select 1 from keys k where k.id = ${id}::uuid) as inside,
      ${first(back, up)} as previous, ${first(on, down)} as next`.execute(ctx.db)
    const {
      before = 0,
      total = 0,
      inside = false,
      previous = null,
      next = null,
    } = answer.rows[0] ?? {}
    return {
      position: inside ? capped(before + 1) : null,
      total: capped(total),
      previous,
      next,
    }
  },
})

const capped = (count: number) => ({ count: Math.min(count, countCap), more: count > countCap })
