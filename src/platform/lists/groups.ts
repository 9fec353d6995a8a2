import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import type { Condition } from '../conditions/condition.ts'
import { timed } from '../conditions/timed.ts'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { endpoint } from '../door/contract.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, isList } from '../fields/field.ts'
import { knownField } from '../records/known.ts'
import { question } from './crud.ts'
import { type Figure, figureNames, groupable, isTime, summable } from './groupable.ts'
import { source, withAll } from './lists.ts'

/** More groups than this are no picture; the rest is said to be there. */
const most = 200

const value = z.nullable(z.union([z.string(), z.number(), z.boolean()]))
// An average is over the rows that have the number; without any there is none.
const figures = {
  count: z.number(),
  sum: z.optional(z.number()),
  average: z.optional(z.nullable(z.number())),
}
const total = z.object(figures)
const group = z.object({ value, ...figures })
const fieldName = z.string().check(z.maxLength(60, 'too_long'))

export type Figures = z.infer<typeof total>
export type Group = z.infer<typeof group>
/** `total` is over all rows, also over those whose groups are not listed. */
export type Groups = { groups: Group[]; total: Figures; more: boolean }

/** The rows of a list by the value of one field: how many, what a number of theirs adds up to, and its average. */
export const groupsOf = ({ plural, label }: Pick<Entity, 'plural' | 'label'>) => ({
  groups: endpoint({
    method: 'GET',
    path: `/${plural}/groups`,
    permission: `${plural}.view`,
    summary: { zh: `${label.zh}：分组`, en: `Groups: ${label.en.toLowerCase()}` },
    input: z.strictObject({
      q: question.q,
      filter: question.filter,
      by: fieldName,
      sum: z.optional(fieldName),
      figure: z.optional(z.enum(figureNames)),
    }),
    output: z.object({ groups: z.array(group), total, more: z.boolean() }),
  }),
})

type Asked = {
  q?: string | undefined
  filter?: Condition | undefined
  by: string
  sum?: string | undefined
  /** What the groups are to be compared by, where a number is added up. */
  figure?: Figure | undefined
}

/**
 * In one grouped statement over the rows that the list itself would show: biggest first by what they
 * are compared by, months the latest first.
 */
export const grouping = (entity: Entity) => ({
  groups: async (ctx: Ctx, { q, filter, by, sum, figure = 'sum' }: Asked): Promise<Groups> => {
    const field = requireGroupable(ctx, entity, by, 'by')
    const several = isList(field)
    const added = sum === undefined ? undefined : requireSummable(ctx, entity, sum, 'sum')
    const column = added && sum ? columnOf(sum, added) : undefined
    const biggest = column ? sql`${sql.ref(figure)} desc nulls last, 2 desc` : sql`2 desc`
    const order = isTime(field) ? sql`1 desc nulls first` : sql`${biggest}, 1`
    const from = await source(ctx, entity, { q, filter }, { ordered: false, wanted: Infinity })
    const { rows } = await timed(filter, () =>
      sql<Counted>`${withAll(from.ctes)}
        select ${keyOf(by, field)} as value, count(*) as count,
          sum(count(*)) over ()::float8 as all_count ${column ? figuresOf(column) : sql``}
        from ${from.table} ${several ? sql`left join lateral unnest(${columnOf(by, field)}) as part(value) on true` : sql``}
        where ${from.where}
        group by 1 order by ${order} limit ${most + 1}`.execute(ctx.db),
    )
    // A row with several values stands in each of their groups, and is one row in what they come to.
    const first = several ? await allOf(ctx, from, column) : rows[0]
    return {
      groups: rows.slice(0, most).map(({ value, count, sum, average }) => ({
        ...{ value, count },
        ...(column && { sum, average }),
      })),
      total: {
        count: first?.all_count ?? 0,
        ...(column && { sum: first?.all_sum ?? 0, average: first?.all_average ?? null }),
      },
      more: rows.length > most,
    }
  },
})

/** What the rows come to that a list shows, in one statement. */
const allOf = async (ctx: Ctx, from: Source, column: RawBuilder<unknown> | undefined) => {
  const { rows } = await sql<Totals>`${withAll(from.ctes)}
    select count(*) as all_count ${
      column
        ? sql`, coalesce(sum(${column}), 0)::float8 as all_sum, avg(${column})::float8 as all_average`
        : sql``
    } from ${from.table} where ${from.where}`.execute(ctx.db)
  return rows[0]
}

type Source = Awaited<ReturnType<typeof source>>
type Totals = { all_count: number; all_sum?: number; all_average?: number | null }
type Counted = Group & Totals

const figuresOf = (column: RawBuilder<unknown>) => sql`,
  coalesce(sum(${column}), 0)::float8 as sum, avg(${column})::float8 as average,
  coalesce(sum(sum(${column})) over (), 0)::float8 as all_sum,
  (sum(sum(${column})) over () / nullif(sum(count(${column})) over (), 0))::float8 as all_average`

/** The field that rows fall into groups by; refuses one that makes none or may not be read. */
export const requireGroupable = (ctx: Ctx, entity: Entity, name: string, path: string) =>
  readable(ctx, entity, name, path, groupable)

/** The field that is added up; refuses one that is no number or may not be read. */
export const requireSummable = (ctx: Ctx, entity: Entity, name: string, path: string) =>
  readable(ctx, entity, name, path, summable)

/** A masked field tells nothing by the sizes of its groups either. */
const readable = (
  ctx: Ctx,
  entity: Entity,
  name: string,
  path: string,
  fits: (field: Field) => boolean,
): Field => {
  const known = knownField(ctx, entity, name)
  if (!known || !fits(known.field)) throw badField(path, 'not_groupable', { field: name })
  if (known.right === 'masked') throw badField(path, 'field_not_readable', { field: name })
  return known.field
}

/** Days by their month in the organisation's time zone, regions by their province (GB/T 2260). */
const keyOf = (name: string, field: Field): RawBuilder<unknown> => {
  if (isList(field)) return sql`part.value`
  const column = columnOf(name, field)
  if (field.kind === 'date') return sql`to_char(${column}, 'YYYY-MM')`
  if (field.kind === 'dateTime')
    return sql`to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM')`
  if (field.kind === 'region') return sql`left(${column}, 2) || '0000'`
  return column
}
