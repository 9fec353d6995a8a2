import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import { columnOf } from '../database/column.ts'
import { type Ctx, today } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, type Fields, isList } from '../fields/field.ts'
import { date } from '../fields/kinds.ts'
import { systemFields } from '../fields/system.ts'
import type { Condition, Leaf, Scalar, Test } from './condition.ts'

type Sql = RawBuilder<unknown>
type Use = { field: Field; name: string; column: Sql; leaf: Leaf; ctx: Ctx; path: string }

/**
 * SQL of a condition over the columns of one table, aliased `t`. A field that the reader may not see
 * plain is refused, so that nobody can find out by filtering what the list would not show.
 */
export const compile = (ctx: Ctx, entity: Entity, condition: Condition, path = 'filter'): Sql => {
  if ('all' in condition)
    return join(ctx, entity, condition.all, sql` and `, sql`true`, `${path}.all`)
  if ('any' in condition)
    return join(ctx, entity, condition.any, sql` or `, sql`false`, `${path}.any`)
  if ('not' in condition)
    return sql`not coalesce(${compile(ctx, entity, condition.not, `${path}.not`)}, false)`
  return test(ctx, entity, condition, path)
}

/** Which tests make sense of a field: filters offer these and the server accepts no other. */
export const testsOf = (field: Field): readonly Test[] => {
  const empty = field.required ? [] : (['empty', 'not_empty'] as const)
  if (isList(field)) return ['has', 'empty', 'not_empty']
  switch (field.kind) {
    case 'choice':
    case 'person':
    case 'department':
    case 'region':
      return ['eq', 'ne', 'in', 'not_in', ...empty]
    case 'date':
    case 'dateTime':
      return ['before', 'after', 'in_last_days', 'not_in_last_days', 'in_next_days', 'eq', ...empty]
    case 'integer':
    case 'number':
    case 'money':
      return ['eq', 'gte', 'lte', ...empty]
    case 'bool':
      return ['eq', ...empty]
    case 'reference':
      return ['eq', ...empty]
    default:
      return ['contains', 'eq', 'ne', 'in', ...empty]
  }
}

const join = (
  ctx: Ctx,
  entity: Entity,
  list: Condition[],
  by: Sql,
  none: Sql,
  path: string,
): Sql => {
  if (list.length === 0) return none
  return sql`(${sql.join(
    list.map((each, index) => compile(ctx, entity, each, `${path}.${index}`)),
    by,
  )})`
}

const test = (ctx: Ctx, entity: Entity, leaf: Leaf, path: string): Sql => {
  const known: Fields = { ...entity.fields, ...systemFields }
  const field = Object.hasOwn(known, leaf.field) ? known[leaf.field] : undefined
  if (!field) throw badField(`${path}.field`, 'field_unknown', { field: leaf.field })
  const right = ctx.actor.right(entity.name, leaf.field, field)
  if (right === 'hidden' || right === 'masked')
    throw badField(`${path}.field`, 'field_not_readable', { field: leaf.field })
  if (!testsOf(field).includes(leaf.is))
    throw badField(`${path}.is`, 'test_not_for_field', { field: leaf.field })
  return write({
    field,
    name: leaf.field,
    column: columnOf(leaf.field, field),
    leaf,
    ctx,
    path,
  })
}

const write = (use: Use): Sql => {
  const { column, leaf, field } = use
  switch (leaf.is) {
    case 'empty':
      return isList(field) ? sql`cardinality(${column}) = 0` : sql`${column} is null`
    case 'not_empty':
      return isList(field) ? sql`cardinality(${column}) > 0` : sql`${column} is not null`
    case 'eq':
      if (field.kind === 'region') return inRegions(use, [one(use)])
      return field.kind === 'dateTime' ? days(use, 0) : sql`${column} = ${one(use)}`
    case 'ne':
      if (field.kind === 'region') return sql`(${inRegions(use, [one(use)])}) is not true`
      return sql`${column} is distinct from ${one(use)}`
    case 'in':
      if (field.kind === 'region') return inRegions(use, many(use))
      return sql`${column} = any(${many(use)})`
    case 'not_in':
      if (field.kind === 'region') return sql`(${inRegions(use, many(use))}) is not true`
      return sql`(${column} is null or ${column} <> all(${many(use)}))`
    case 'has':
      return sql`${column} @> ${[one(use)]}`
    case 'contains':
      return sql`${column} ilike ${`%${String(raw(use)).replace(/[\\%_]/g, '\\$&')}%`}`
    case 'before':
      return sql`${column} < ${boundary(use)}`
    case 'after':
      return sql`${column} >= ${boundary(use)}`
    case 'gte':
      return sql`${column} >= ${one(use)}`
    case 'lte':
      return sql`${column} <= ${one(use)}`
    case 'in_last_days':
      return within(use, -count(use), 0)
    case 'not_in_last_days':
      return sql`(${column} is null or ${column} < ${day(use, -count(use))})`
    case 'in_next_days':
      return within(use, 0, count(use))
  }
}

/** A region covers those below it: 330000 finds every county of the province (GB/T 2260). */
const inRegions = ({ column }: Use, codes: unknown[]): Sql =>
  sql`${column} like any(${codes.map((code) => `${String(code).replace(/(0000|00)$/, '')}%`)})`

const raw = (use: Use): Scalar => {
  const { value } = use.leaf
  if (value === undefined || Array.isArray(value))
    throw badField(`${use.path}.value`, 'one_value_needed')
  return value
}

const one = (use: Use): unknown => read(use, raw(use))

const many = (use: Use): unknown[] => {
  const { value } = use.leaf
  if (!Array.isArray(value)) throw badField(`${use.path}.value`, 'list_needed')
  return value.map((each) => read(use, each))
}

/** The value in the field's own type; `me` and `my_department` become the reader's. */
const read = ({ field, ctx, path }: Use, value: Scalar): unknown => {
  if (field.kind === 'person' && value === 'me') return ctx.actor.id ?? 0
  if (field.kind === 'department' && value === 'my_department') return ctx.actor.departmentId ?? 0
  const result = z.safeParse(field.read, isList(field) ? [value] : value)
  if (!result.success)
    throw badField(`${path}.value`, 'value_not_for_field', { value: String(value) })
  return isList(field) ? (result.data as unknown[])[0] : result.data
}

const count = (use: Use): number => {
  const value = raw(use)
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 36_500)
    throw badField(`${use.path}.value`, 'days_needed')
  return value
}

const within = (use: Use, from: number, to: number): Sql =>
  sql`(${use.column} >= ${day(use, from)} and ${use.column} < ${day(use, to + 1)})`

const days = (use: Use, length: number): Sql =>
  sql`(${use.column} >= ${boundary(use)} and ${use.column} < ${boundary(use, length + 1)})`

/** The start of the day so many days from today, in the organisation's time zone. */
const day = (use: Use, offset: number): Sql => startOf(use, shift(today(use.ctx), offset))

const boundary = (use: Use, offset = 0): Sql => {
  const value = String(raw(use))
  const isDay =
    z.safeParse(anyDay.read, value.slice(0, 10)).success && !Number.isNaN(Date.parse(value))
  const at = isDay ? shift(value.slice(0, 10), offset) : ''
  // PostgreSQL knows no year 0, and the day after the last of 9999 has five digits.
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(at)) throw badField(`${use.path}.value`, 'not_a_date')
  if (value.length > 10 && use.field.kind === 'dateTime' && offset === 0)
    return sql`${new Date(value).toISOString()}::timestamptz`
  return startOf(use, at)
}

const anyDay = date({ label: { zh: '日期', en: 'Date' } })

const startOf = (use: Use, date: string): Sql =>
  use.field.kind === 'date'
    ? sql`${date}::date`
    : sql`(${date}::timestamp at time zone 'Asia/Shanghai')`

const shift = (date: string, offset: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10)
