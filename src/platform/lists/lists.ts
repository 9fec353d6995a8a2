import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import { compile } from '../conditions/compile.ts'
import type { Condition } from '../conditions/condition.ts'
import { timed } from '../conditions/timed.ts'
import { columnOf } from '../database/column.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import { blindIndex, blindOf, requireOwnSecret } from '../encryption/encryption.ts'
import { badField } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { fieldNamed, isList } from '../fields/field.ts'
import { type Presented, present, type Stored } from '../records/present.ts'
import { ownHomeRows, requireCustomers, visible } from '../records/visible.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { estimates, shapes } from './estimate.ts'
import { noteFiltered } from './filtered.ts'
import { type Order, orderOf, usualSort } from './order.ts'
import { found } from './search.ts'

type Sql = RawBuilder<unknown>

/** A field and the value that it must hold, read as the field reads values. */
export type Whole = { field: string; value: string }

export type Question = {
  q?: string | undefined
  /** What `q` says stands in the rows themselves, not in what their customer is called. */
  own?: true | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  customer_id?: string | undefined
  /** A whole value of a field that the reader may see shortened; whoever asks has counted it. */
  whole?: Whole | undefined
  /** Of these rows alone, picked one by one. */
  ids?: readonly string[] | undefined
  /** What else is done with the rows than seeing them, so that its reach counts as well. */
  verb?: 'export' | undefined
}
/** `start`: where a page begins that was reached by passing over rows. */
export type Page<T> = { items: T[]; next: string | null; start?: string }

export const countCap = 1000

/**
 * One page of a list, keyset paged: rows that come and go meanwhile neither repeat nor hide others.
 * `skip` rows are passed over first. At most four statements whatever the size: two estimates, the
 * rows, nothing per row.
 */
export const list = async <E extends Entity>(
  ctx: Ctx,
  entity: E,
  question: Question & { limit: number; after?: string | undefined; skip?: number | undefined },
): Promise<Page<Presented<E>>> => {
  const sort = question.sort ?? usualSort(ctx, entity)
  const order = orderOf(ctx, entity, sort)
  const asked = askedOf(entity, sort, question)
  const { skip = 0 } = question
  // The row before a page that is reached so says where it begins.
  const passed = Math.max(skip - 1, 0)
  const extra = skip > 0 ? 2 : 1
  const cursor = question.after === undefined ? undefined : readCursor(question.after, asked)
  const from = await source(ctx, entity, question, {
    ordered: true,
    wanted: question.limit + extra + passed,
  })
  const keys = sql`select ${addressOf(entity)}, ${order.key} as sort_key from ${from.table} where ${from.where}`
  const beyond = cursor ? sql`where ${after(order, cursor.key, cursor.id)}` : sql``
  const ranked = (alias: string) =>
    sql`order by ${sql.ref(`${alias}.sort_key`)} ${direction(order)}, ${sql.ref(`${alias}.id`)} ${direction(order)}`
  const statement = sql<Stored & { id: string; sort_key: string }>`${withAll([
    ...from.ctes,
    sql`keys as ${from.few ? sql`materialized` : sql`not materialized`} (${keys})`,
    sql`page as (select * from keys ${beyond} ${ranked('keys')} limit ${question.limit + extra} offset ${passed})`,
  ])}
    select t.*, ${entity.root ? sql`` : sql`v.name as customer_name,`} page.sort_key::text as sort_key, ${rights(ctx, entity)}
    from page join ${tableOf(entity)} on ${entity.root ? sql`` : sql`t.customer_id = page.customer_id and`} t.id = page.id
    ${ranked('page')}`
  const answer = await timed(question.filter, () => statement.execute(ctx.db))
  const [before] = skip > 0 ? answer.rows : []
  const rows = before ? answer.rows.slice(1) : answer.rows
  const { customer_id } = question
  // Nothing of a customer that exists and a customer out of reach must not look alike.
  if (rows.length === 0 && customer_id && !(entity.home && customer_id === HOME))
    await requireCustomers(ctx, [customer_id], `${entity.plural}.view`)
  const items = rows.slice(0, question.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(ctx, entity, row)),
    ...(before && { start: writeCursor({ key: before.sort_key, id: before.id }, asked) }),
    next:
      rows.length > question.limit && last
        ? writeCursor({ key: last.sort_key, id: last.id }, asked)
        : null,
  }
}

/** What a cursor is bound to. */
export const askedOf = (
  { name }: Entity,
  sort: string,
  { q, filter, customer_id }: Pick<Question, 'q' | 'filter' | 'customer_id'>,
): string => JSON.stringify([name, sort, q, filter, customer_id])

/** How many rows a question has, counted up to 1,000 unless the exact figure is asked for. */
export const count = async (
  ctx: Ctx,
  entity: Entity,
  question: Question & { exact?: boolean | undefined },
): Promise<{ count: number; more: boolean }> => {
  const wanted = question.exact ? Infinity : countCap + 1
  const from = await source(ctx, entity, question, { ordered: false, wanted })
  const cap = question.exact ? sql`` : sql`limit ${countCap + 1}`
  const statement = sql<{ count: number }>`${withAll(from.ctes)}
    select count(*) from (select 1 from ${from.table} where ${from.where} ${cap}) counted`
  const { rows } = await timed(question.filter, () => statement.execute(ctx.db))
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
  const from = await source(ctx, entity, question, { ordered: false, wanted: most })
  const statement = sql<{
    id: string
    customer_id?: string
    version: number
  }>`${withAll(from.ctes)}
    select * from (select ${addressOf(entity)}, t.version from ${from.table} where ${from.where} limit ${most}) found
    order by id`
  const { rows } = await timed(question.filter, () => statement.execute(ctx.db))
  return rows
}

/** `few`: gathering the keys of all rows and sorting them beats walking the sort index. */
type Source = { ctes: Sql[]; table: Sql; where: Sql; few: boolean }

/**
 * The rows of a question, of which so many are `wanted`. Where they are to be `ordered`, the planner's own
 * estimate chooses between gathering the keys of few rows and walking an index over many: by itself it
 * trusts a filter to be spread evenly along the order, and walks far when it is not. A text is looked up,
 * or asked of each row on the way, whichever looks at fewer.
 */
export const source = async (
  ctx: Ctx,
  entity: Entity,
  question: Question,
  { ordered, wanted }: { ordered: boolean; wanted: number },
): Promise<Source> => {
  const permission = `${entity.plural}.view`
  const alias = entity.root ? 't' : 'v'
  const table = tableOf(entity)
  const { verb } = question
  const sight = visible(ctx, permission, alias)
  const seen = verb ? sql`(${sight} and ${visible(ctx, `${entity.plural}.${verb}`, alias)})` : sight
  const conditions: Sql[] = [
    entity.home ? sql`(${seen} or ${ownHomeRows(ctx, entity)})` : seen,
    sql`t.deleted_at is null`,
  ]
  if (question.customer_id) conditions.push(sql`t.customer_id = ${question.customer_id}::uuid`)
  if (question.ids) conditions.push(sql`t.id = any(${[...question.ids]}::uuid[])`)
  if (question.filter) {
    conditions.push(compile(ctx, entity, question.filter))
    await noteFiltered(ctx, entity, question.filter)
  }
  if (question.whole) conditions.push(holding(ctx, entity, question.whole))
  const where = and(conditions)
  const sought = question.q ? await found(ctx, entity, question.q, !question.own) : undefined
  const expected = (sought ? sought.hits > shapes.asked : ordered && !question.customer_id)
    ? await timed(question.filter, () =>
        expectation(ctx, entity, sql`select 1 from ${table} where ${where}`),
      )
    : undefined
  const few =
    ordered &&
    expected !== undefined &&
    expected.rows <= Math.min(shapes.gathered, expected.all * shapes.share)
  if (!sought) return { ctes: [], table, where, few }
  const onTheWay = expected ? wanted / sought.share(expected.all) : Infinity
  if (expected && sought.hits > shapes.dear * Math.min(expected.rows, onTheWay))
    return {
      ctes: [],
      table,
      where: and([where, ...sought.all]),
      few: few && expected.rows <= onTheWay,
    }
  return {
    ctes: [sql`sought as materialized (${sought.keys})`],
    table: sql`${table} join sought on sought.id = t.id
      ${entity.root ? sql`` : sql`and sought.customer_id = t.customer_id`}`,
    where: and([where, ...sought.others]),
    few: true,
  }
}

/** How many rows the planner expects of a query, and of the whole table. */
const expectation = async (ctx: Ctx, entity: Entity, query: Sql) => {
  const [rows = 0, all = 0] = await estimates(ctx, [
    query,
    sql`select 1 from ${sql.table(entity.name)} t`,
  ])
  return { rows, all }
}

export const withAll = (ctes: readonly Sql[]): Sql =>
  ctes.length === 0 ? sql`` : sql`with ${sql.join(ctes)}`

const tableOf = (entity: Entity): Sql =>
  entity.root
    ? sql`${sql.table(entity.name)} t`
    : sql`${sql.table(entity.name)} t join customer v on v.id = t.customer_id`

const addressOf = (entity: Entity): Sql => (entity.root ? sql`t.id` : sql`t.id, t.customer_id`)

const rights = (ctx: Ctx, entity: Entity): Sql => {
  const alias = entity.root ? 't' : 'v'
  const reach = (verb: string) =>
    sql`(${visible(ctx, `${entity.plural}.${verb}`, alias)} or ${ownHomeRows(ctx, entity)})`
  return sql`${reach('edit')} as can_edit, ${reach('delete')} as can_delete,
    ${reach('transfer')} as can_transfer`
}

const holding = (ctx: Ctx, entity: Entity, { field: name, value }: Whole): Sql => {
  const field = fieldNamed(entity.fields, name)
  if (!field?.encrypted) {
    const is = field && isList(field) ? 'has' : 'eq'
    return compile(plainly(ctx), entity, { field: name, is, value }, 'value')
  }
  requireOwnSecret()
  const read = z.safeParse(field.read, value)
  if (!read.success) throw badField('value', read.error.issues[0]?.message ?? 'not_valid')
  const blind = blindIndex({ entity: entity.name, field: name }, String(read.data))
  return sql`${blindOf(columnOf(name, field))} = ${blind}`
}

const plainly = (ctx: Ctx): Ctx => ({ ...ctx, actor: { ...ctx.actor, right: () => 'read' } })

const and = (conditions: Sql[]): Sql => sql.join(conditions, sql` and `)

const after = (order: Order, key: string, id: string): Sql =>
  sql`(sort_key, id) ${sql.raw(order.descending ? '<' : '>')} (${key}::${sql.raw(order.cast)}, ${id}::uuid)`

const direction = (order: Order) => sql.raw(order.descending ? 'desc' : 'asc')
