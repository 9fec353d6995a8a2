import { type RawBuilder, sql } from 'kysely'
import { columnOf, sortKeyOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, fieldNamed } from '../fields/field.ts'
import { knownField } from '../records/known.ts'
import { usualSortOf } from './usualSort.ts'

export type Order = { key: RawBuilder<unknown>; cast: string; descending: boolean }

/**
 * The order of a list: a sort key that is never null and the index that serves it. Names sort by
 * their stored pinyin key, empty dates first. Refuses fields that cannot sort or may not be read.
 */
export const orderOf = (ctx: Ctx, entity: Entity, sort: string): Order => {
  const descending = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  const known = knownField(ctx, entity, name)
  if (!known?.field.sort) throw badField('sort', 'not_sortable', { field: name })
  if (known.right === 'masked') throw badField('sort', 'field_not_readable', { field: name })
  return { ...sortKey(name, known.field), descending }
}

/** The order that a list has for this reader, unless another is asked for. */
export const usualSort = (ctx: Ctx, entity: Entity): string =>
  usualSortOf(entity, (name) => {
    const field = fieldNamed(entity.fields, name)
    return field ? ctx.actor.right(entity.name, name, field) : 'read'
  })

/** What a list sorts by and an index is made over: never null, names by their pinyin key. */
export const sortKey = (
  name: string,
  field: Field,
  alias = 't',
): { key: RawBuilder<unknown>; cast: Cast } => {
  if (field.kind === 'text') return { key: sortKeyOf(name, field, alias), cast: 'text collate "C"' }
  const { value, cast } = valueSql(name, field, alias)
  if (field.required && !field.custom) return { key: value, cast }
  return { key: sql`coalesce(${value}, ${least[cast]})`, cast }
}

type Cast = 'text collate "C"' | 'timestamptz' | 'date' | 'numeric' | 'bigint'

const valueSql = (
  name: string,
  field: Field,
  alias: string,
): { value: RawBuilder<unknown>; cast: Cast } => {
  const column = columnOf(name, field, alias)
  switch (field.column) {
    case 'text':
      return { value: sql`${column} collate "C"`, cast: 'text collate "C"' }
    case 'timestamptz':
    case 'date':
    case 'numeric':
      return { value: column, cast: field.column }
    default:
      return { value: column, cast: 'bigint' }
  }
}

/** What stands for no value, before everything else: an order over nulls cannot use an index. */
const least: Record<Cast, RawBuilder<unknown>> = {
  'text collate "C"': sql`''`,
  timestamptz: sql`'-infinity'`,
  date: sql`'-infinity'`,
  numeric: sql`'-infinity'`,
  bigint: sql`-9223372036854775808`,
}
