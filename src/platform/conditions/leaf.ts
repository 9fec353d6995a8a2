import { type RawBuilder, sql } from 'kysely'
import { type Ctx, today } from '../database/ctx.ts'
import { type Field, isList } from '../fields/field.ts'
import { ports } from '../records/registry.ts'
import type { Leaf } from './condition.ts'
import { anniversariesFrom, periodAround, shifted, yearOfDays } from './moments.ts'
import type { Border, Meant } from './values.ts'

type Sql = RawBuilder<unknown>
export type Use = { ctx: Ctx; field: Field; column: Sql; leaf: Leaf; meant: Meant }

/** SQL of one statement about a column; never null where the record has no value and it matters. */
export const writeLeaf = (use: Use): Sql => {
  const { column, meant, field, ctx } = use
  switch (meant.with) {
    case 'nothing':
      return presence(use)
    case 'one':
      return compared(use, meant.value)
    case 'several':
      return among(use, meant.values)
    case 'two':
      return sql`${column} between ${meant.from} and ${meant.to}`
    case 'border':
      return use.leaf.is === 'before'
        ? sql`${column} < ${at(field, meant.from)}`
        : sql`${column} >= ${at(field, meant.from)}`
    case 'span':
      return span(use, at(field, meant.from), at(field, meant.to))
    case 'days':
      return inDays(use, meant.days)
    case 'period': {
      const [from, to] = periodAround(meant.period, today(ctx))
      return span(use, at(field, { day: from }), at(field, { day: to }))
    }
  }
}

const presence = ({ column, field, leaf }: Use): Sql => {
  const empty = leaf.is === 'empty'
  if (isList(field)) return sql`cardinality(${column}) ${sql.raw(empty ? '= 0' : '> 0')}`
  return sql`${column} is ${sql.raw(empty ? 'null' : 'not null')}`
}

const compared = ({ column, field, leaf }: Use, value: unknown): Sql => {
  const inRegion = field.kind === 'region'
  switch (leaf.is) {
    case 'ne':
      return inRegion
        ? sql`(${inRegions(column, [value])}) is not true`
        : sql`${column} is distinct from ${value}`
    case 'has':
      return sql`${column} @> ${[value]}`
    case 'contains':
      return sql`${column} ilike ${`%${literally(value)}%`}`
    case 'starts_with':
      return sql`${column} ilike ${`${literally(value)}%`}`
    case 'gte':
      return sql`${column} >= ${value}`
    case 'lte':
      return sql`${column} <= ${value}`
    case 'under':
      return sql`${column} in (${ports().departmentsUnder(Number(value))})`
    default:
      return inRegion ? inRegions(column, [value]) : sql`${column} = ${value}`
  }
}

const among = ({ column, field, leaf }: Use, values: unknown[]): Sql => {
  const inRegion = field.kind === 'region'
  if (leaf.is === 'in')
    return inRegion ? inRegions(column, values) : sql`${column} = any(${values})`
  return inRegion
    ? sql`(${inRegions(column, values)}) is not true`
    : sql`(${column} is null or ${column} <> all(${values}))`
}

const inDays = (use: Use, days: number): Sql => {
  const { column, field, leaf, ctx } = use
  const now = today(ctx)
  const start = (offset: number) => at(field, { day: shifted(now, offset) })
  if (leaf.is === 'in_last_days') return span(use, start(-days), start(1))
  if (leaf.is === 'in_next_days') return span(use, start(0), start(days + 1))
  if (leaf.is === 'not_in_last_days') return sql`(${column} is null or ${column} < ${start(-days)})`
  if (days >= yearOfDays) return sql`${column} is not null`
  const day = field.kind === 'date' ? column : sql`(${column} at time zone 'Asia/Shanghai')`
  return sql`(extract(month from ${day}) * 100 + extract(day from ${day}))::int = any(${[...anniversariesFrom(now, days)]}::int[])`
}

const span = ({ column }: Use, from: Sql, to: Sql): Sql =>
  sql`(${column} >= ${from} and ${column} < ${to})`

/** A day begins at midnight in the organisation's time zone. */
const at = (field: Field, border: Border): Sql => {
  if ('instant' in border) return sql`${border.instant}::timestamptz`
  return field.kind === 'date'
    ? sql`${border.day}::date`
    : sql`(${border.day}::timestamp at time zone 'Asia/Shanghai')`
}

/** A region covers those below it: 330000 finds every county of the province (GB/T 2260). */
const inRegions = (column: Sql, codes: unknown[]): Sql =>
  sql`${column} like any(${codes.map((code) => `${regionStem(code)}%`)})`

const regionStem = (code: unknown) => String(code).replace(/(0000|00)$/, '')

const literally = (text: unknown) => String(text).replace(/[\\%_]/g, '\\$&')
