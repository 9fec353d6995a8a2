import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Fields } from '../fields/field.ts'
import { systemFields } from '../fields/system.ts'

export type Order = { key: RawBuilder<unknown>; cast: string; descending: boolean }

/**
 * The order of a list: a sort key that is never null and the index that serves it. Names sort by
 * their stored pinyin key, empty dates first. Refuses fields that cannot sort or may not be read.
 */
export const orderOf = (ctx: Ctx, entity: Entity, sort: string): Order => {
  const descending = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  const known: Fields = { ...entity.fields, ...systemFields }
  const field = Object.hasOwn(known, name) ? known[name] : undefined
  if (!field?.sort) throw badField('sort', 'not_sortable', { field: name })
  const right = ctx.actor.right(entity.name, name, field)
  if (right === 'masked' || right === 'hidden')
    throw badField('sort', 'field_not_readable', { field: name })
  const column = sql.ref(`t.${name}`)
  if (field.kind === 'text')
    return { key: sql`${sql.ref(`t.${name}_key`)}`, cast: 'text collate "C"', descending }
  if (field.column === 'text')
    return { key: sql`${column} collate "C"`, cast: 'text collate "C"', descending }
  const cast = field.column === 'timestamptz' || field.column === 'date' ? field.column : 'bigint'
  if (field.required) return { key: sql`${column}`, cast, descending }
  const least = cast === 'bigint' ? sql`-9223372036854775808` : sql`'-infinity'`
  return { key: sql`coalesce(${column}, ${least})`, cast, descending }
}
