import { type RawBuilder, sql } from 'kysely'
import { compile } from '../conditions/compile.ts'
import type { Condition } from '../conditions/condition.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { type Presented, present, type Stored } from '../records/present.ts'
import { ownHomeRows, requireCustomers, visible } from '../records/visible.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { estimate, shapes } from './estimate.ts'
import { type Order, orderOf } from './order.ts'
import { found } from './search.ts'

type Sql = RawBuilder<unknown>

export type Question = {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  customer_id?: string | undefined
  /** What else is done with the rows than seeing them, so that its reach counts as well. */
  verb?: 'export' | undefined
}
export type Page<T> = { items: T[]; next: string | null }

export const countCap = 1000

/**
 * One page of a list, keyset paged: rows that come and go meanwhile neither repeat nor hide others.
 * At most four statements whatever the size: two estimates, the rows, nothing per row.
 */
export const list = async <E extends Entity>(
  ctx: Ctx,
  entity: E,
  question: Question & { limit: number; after?: string | undefined },
): Promise<Page<Presented<E>>> => {
  const sort = question.sort ?? entity.defaultSort
  const order = orderOf(ctx, entity, sort)
  const asked = JSON.stringify([
    entity.name,
    sort,
    question.q,
    question.filter,
    question.customer_id,
  ])
  const cursor = question.after === undefined ? undefined : readCursor(question.after, asked)
  const from = await source(ctx, entity, question)
  const beyond = cursor ? sql`and ${after(order, cursor.key, cursor.id)}` : sql``
  const { rows } = await sql<Stored & { id: string; sort_key: string }>`${from.with}
    select t.*, ${from.extra} (${order.key})::text as sort_key, ${rights(ctx, entity)}
    from ${from.table} where ${from.where} ${beyond}
    order by ${order.key} ${direction(order)}, t.id ${direction(order)} limit ${question.limit + 1}`.execute(
    ctx.db,
  )
  const { customer_id } = question
  // Nothing of a customer that exists and a customer out of reach must not look alike.
  if (rows.length === 0 && customer_id && !(entity.home && customer_id === HOME))
    await requireCustomers(ctx, [customer_id], `${entity.plural}.view`)
  const items = rows.slice(0, question.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(ctx, entity, row)),
    next:
      rows.length > question.limit && last
        ? writeCursor({ key: last.sort_key, id: last.id }, asked)
        : null,
  }
}

/** How many rows a question has, counted up to 1,000 unless the exact figure is asked for. */
export const count = async (
  ctx: Ctx,
  entity: Entity,
  question: Question & { exact?: boolean | undefined },
): Promise<{ count: number; more: boolean }> => {
  const from = await source(ctx, entity, question)
  const cap = question.exact ? sql`` : sql`limit ${countCap + 1}`
  const { rows } = await sql<{ count: number }>`${from.with}
    select count(*) from (select 1 from ${from.table} where ${from.where} ${cap}) counted`.execute(
    ctx.db,
  )
  const total = rows[0]?.count ?? 0
  const more = !question.exact && total > countCap
  return { count: more ? countCap : total, more }
}

/** Where the rows of a question are, so many at most: what a change of all of them goes by. */
export const addresses = async (
  ctx: Ctx,
  entity: Entity,
  question: Question,
  most: number,
): Promise<{ id: string; customer_id?: string; version: number }[]> => {
  const from = await source(ctx, entity, question)
  const own = entity.root ? sql`` : sql`t.customer_id,`
  const { rows } = await sql<{ id: string; customer_id?: string; version: number }>`${from.with}
    select t.id, ${own} t.version from ${from.table} where ${from.where} order by t.id limit ${most}`.execute(
    ctx.db,
  )
  return rows
}

type Source = { with: Sql; table: Sql; where: Sql; extra: Sql }

/** Chooses, by the planner's own estimate, between gathering few rows and walking an index over many. */
export const source = async (ctx: Ctx, entity: Entity, question: Question): Promise<Source> => {
  const permission = `${entity.plural}.view`
  const alias = entity.root ? 't' : 'v'
  const table = entity.root
    ? sql`${sql.table(entity.name)} t`
    : sql`${sql.table(entity.name)} t join customer v on v.id = t.customer_id`
  const { verb } = question
  const reached = verb
    ? sql`(${visible(ctx, permission, alias)} and ${visible(ctx, `${entity.plural}.${verb}`, alias)})`
    : visible(ctx, permission, alias)
  const seen = sql`(${reached} or ${ownHomeRows(ctx, entity)})`
  const conditions: Sql[] = [sql`t.deleted_at is null`]
  if (question.customer_id) conditions.push(sql`t.customer_id = ${question.customer_id}::uuid`)
  if (question.filter) conditions.push(compile(ctx, entity, question.filter))
  const sought = question.q ? await found(ctx, permission, question.q) : undefined
  const extra = entity.root ? sql`` : sql`v.name as customer_name, v.grants as grants,`
  if (sought && !sought.frequent)
    return {
      with: sql`with sought as materialized (${sought.ids})`,
      table: sql`${table} join sought on sought.customer_id = ${sql.ref(`${alias}.id`)}`,
      where: and([seen, ...conditions]),
      extra,
    }
  if (sought) conditions.push(sought.exists(sql.ref(`${alias}.id`)))
  const where = and([entity.home ? seen : reached, ...conditions])
  const rows = await estimate(ctx, sql`select 1 from ${table} where ${where}`)
  if (rows > shapes.gathered || question.customer_id) return { with: sql``, table, where, extra }
  const gathered = sql`select t.* ${entity.root ? sql`` : sql`, v.name as customer_name, v.grants as grants`}
    from ${table} where ${where}`
  return {
    with: sql`with t as materialized (${gathered})`,
    table: sql`t`,
    where: sql`true`,
    extra: sql``,
  }
}

const rights = (ctx: Ctx, entity: Entity): Sql => {
  const reach = (verb: string) => {
    const principals = ctx.actor.reach(`${entity.plural}.${verb}`)
    if (!principals) return ownHomeRows(ctx, entity)
    const grants = entity.root ? sql.ref('t.grants') : sql.ref('grants')
    return sql`(${grants} && ${[...principals]}::int[] or ${ownHomeRows(ctx, entity)})`
  }
  return sql`${reach('edit')} as can_edit, ${reach('delete')} as can_delete`
}

const and = (conditions: Sql[]): Sql => sql.join(conditions, sql` and `)

const after = (order: Order, key: string, id: string): Sql =>
  sql`(${order.key}, t.id) ${sql.raw(order.descending ? '<' : '>')} (${key}::${sql.raw(order.cast)}, ${id}::uuid)`

const direction = (order: Order) => sql.raw(order.descending ? 'desc' : 'asc')
