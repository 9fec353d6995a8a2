import { type RawBuilder, sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { knownField } from '../records/known.ts'
import { rootEntity } from '../records/registry.ts'
import { reachesAsFar, visible } from '../records/visible.ts'
import type { Condition, Leaf, Related } from './condition.ts'
import { writeLeaf } from './leaf.ts'
import { type Relation, relationsOf, type Target } from './relations.ts'
import { testsOf } from './tests.ts'
import { meaning } from './values.ts'

type Sql = RawBuilder<unknown>
/** Whose rows are tested, by which name the statement calls them, and how deep inside. */
type Place = { entity: Target; table: string; level: number }

/**
 * SQL of a condition over the rows of one table, aliased `t`; never true where something is not
 * known. A field that the reader may not see plain is refused, on the record as on what is related to
 * it, so that nobody can find out by filtering what the list would not show. What is related counts
 * only where the reader would see it.
 */
export const compile = (ctx: Ctx, entity: Entity, condition: Condition, path = 'filter'): Sql =>
  written(ctx, { entity, table: 't', level: 0 }, condition, path)

const written = (ctx: Ctx, place: Place, condition: Condition, path: string): Sql => {
  if ('all' in condition)
    return joined(ctx, place, condition.all, sql` and `, sql`true`, `${path}.all`)
  if ('any' in condition)
    return joined(ctx, place, condition.any, sql` or `, sql`false`, `${path}.any`)
  if ('not' in condition)
    return sql`not coalesce(${written(ctx, place, condition.not, `${path}.not`)}, false)`
  if ('related' in condition) return related(ctx, place, condition, path)
  return leaf(ctx, place, condition, path)
}

const joined = (
  ctx: Ctx,
  place: Place,
  list: Condition[],
  by: Sql,
  none: Sql,
  path: string,
): Sql => {
  if (list.length === 0) return none
  return sql`(${sql.join(
    list.map((each, index) => written(ctx, place, each, `${path}.${index}`)),
    by,
  )})`
}

const leaf = (ctx: Ctx, { entity, table }: Place, said: Leaf, path: string): Sql => {
  const field = readable(ctx, entity, said.field, path)
  if (!testsOf(field).includes(said.is))
    throw badField(`${path}.is`, 'test_not_for_field', { field: said.field })
  const { id: person, departmentId: department } = ctx.actor
  const meant = meaning(field, said, { person, department })
  if ('wrong' in meant)
    throw badField(`${path}.value`, meant.wrong, meant.value ? { value: meant.value } : undefined)
  return writeLeaf({ ctx, field, column: columnOf(said.field, field, table), leaf: said, meant })
}

const readable = (ctx: Ctx, entity: Target, name: string, path: string): Field => {
  const known = knownField(ctx, entity, name)
  if (!known) throw badField(`${path}.field`, 'field_unknown', { field: name })
  if (known.right === 'masked')
    throw badField(`${path}.field`, 'field_not_readable', { field: name })
  return known.field
}

const related = (ctx: Ctx, place: Place, said: Related, path: string): Sql => {
  const { exists, seen } = relatedRows(ctx, place, said, path)
  const least = (count: number): Sql =>
    count === 0 ? sql`true` : sql`(${seen} and ${exists(count - 1)})`
  const { is, count = 0 } = said
  switch (is) {
    case 'some':
      return least(1)
    case 'none':
      return sql`not ${least(1)}`
    case 'at_least':
      return least(count)
    case 'at_most':
      return sql`not ${least(count + 1)}`
    case 'exactly':
      return sql`(${least(count)} and not ${least(count + 1)})`
  }
}

type Rows = {
  /** Whether the reader sees things of this kind below this record at all. */
  seen: Sql
  /** Whether there are more than so many; it stops counting there. */
  exists: (beyond: number) => Sql
  from: Sql
  table: string
  to: Target
}

/** The rows that a statement about related things is about, as seen by the reader. */
export const relatedRows = (ctx: Ctx, place: Place, said: Related, path: string): Rows => {
  const relation = known(ctx, place.entity, said.related, path)
  const { to } = relation
  const table = `r${place.level + 1}`
  const root = rootEntity().name
  const inner = { entity: to, table, level: place.level + 1 }
  const permission = `${to.plural}.view`
  const on = relation.on.map(
    ([theirs, own]) => sql`${sql.ref(`${table}.${theirs}`)} = ${sql.ref(`${place.table}.${own}`)}`,
  )
  const conditions: Sql[] = [...on, sql`${sql.ref(`${table}.deleted_at`)} is null`]
  if (relation.without) conditions.push(sql`${sql.ref(`${table}.${relation.without}`)} is null`)
  if (said.where) conditions.push(written(ctx, inner, said.where, `${path}.where`))
  let from = sql`${sql.table(to.name)} ${sql.ref(table)}`
  let seen = sql`true`
  if (to.name === root) conditions.push(visible(ctx, permission, table))
  else if (place.entity.name === root) {
    // The record itself is within reach of its own permission; most roles reach as far with all.
    const own = `${place.entity.plural}.view`
    if (!reachesAsFar(ctx, permission, own)) seen = visible(ctx, permission, place.table)
  } else {
    from = sql`${from} join customer ${sql.ref(`${table}c`)} on ${sql.ref(`${table}c.id`)} = ${sql.ref(`${table}.customer_id`)}`
    conditions.push(visible(ctx, permission, `${table}c`))
  }
  const rows = sql`from ${from} where ${sql.join(conditions, sql` and `)}`
  return {
    ...{ seen, table, to, from: rows },
    exists: (beyond) =>
      beyond === 0
        ? sql`exists (select 1 ${rows})`
        : sql`exists (select 1 ${rows} offset ${sql.lit(beyond)})`,
  }
}

/** What the reader may not see at all is unknown to them, too. */
const known = (ctx: Ctx, entity: Target, name: string, path: string): Relation => {
  const relation = relationsOf(entity).find((each) => each.name === name)
  if (!relation || !ctx.actor.reach(`${relation.to.plural}.view`))
    throw badField(`${path}.related`, 'relation_unknown', { relation: name })
  return relation
}
