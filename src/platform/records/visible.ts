import { type RawBuilder, sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'

/**
 * The one predicate of who sees which customer, over `<alias>.grants`. What belongs to a customer is
 * seen by whoever sees the customer.
 */
export const visible = (ctx: Ctx, permission: string, alias = 't'): RawBuilder<boolean> => {
  const principals = ctx.actor.reach(permission)
  if (!principals) return sql<boolean>`false`
  return sql<boolean>`${sql.ref(`${alias}.grants`)} && ${[...principals]}::int[]`
}

/** Whether who sees a customer by the permission `than` sees it by `permission`, whichever customer. */
export const reachesAsFar = ({ actor }: Ctx, permission: string, than: string): boolean => {
  const reach = actor.reach(permission) ?? []
  return (actor.reach(than) ?? []).every((each) => reach.includes(each))
}

/** The same of one row that is at hand, by the principals that may see it. */
export const covers = (ctx: Pick<Ctx, 'actor'>, permission: string, grants: unknown): boolean => {
  const principals = ctx.actor.reach(permission) ?? []
  return Array.isArray(grants) && principals.some((each) => grants.includes(each))
}

/**
 * Refuses unless every customer is within reach of the permission; missing and forbidden answer
 * alike. Gives the principals that may see each.
 */
export const requireCustomers = async (
  ctx: Ctx,
  ids: readonly string[],
  permission: string,
): Promise<Map<string, number[]>> => {
  const wanted = [...new Set(ids)]
  const { rows } = await sql<{ id: string; grants: number[] }>`select t.id, t.grants from customer t
    where t.id = any(${wanted}::uuid[]) and ${visible(ctx, permission)}`.execute(ctx.db)
  if (rows.length < wanted.length) throw missing()
  return new Map(rows.map((row) => [row.id, row.grants]))
}

/** Rows that people keep for the firm itself: each sees own ones, by the field that names the owner. */
export const ownHomeRows = (ctx: Ctx, entity: Entity): RawBuilder<boolean> =>
  entity.home
    ? sql<boolean>`(t.customer_id = ${HOME} and ${sql.ref(`t.${entity.home}`)} = ${ctx.actor.id})`
    : sql<boolean>`false`
