import { type RawBuilder, sql } from 'kysely'
import { type Actor, type Ctx, everyone, HOME, type Move } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { entities } from './registry.ts'

/**
 * The one predicate of who sees which customer, over `<alias>.grants`. What belongs to a customer is
 * only for whoever sees the customer, however far a permission of its own kind reaches.
 */
export const visible = (ctx: Ctx, permission: string, alias = 't'): RawBuilder<boolean> => {
  const needed = neededOf(ctx.actor, permission)
  if (!needed) return sql<boolean>`false`
  const grants = sql.ref(`${alias}.grants`)
  const each = needed.map((principals) => reaching(ctx, grants, principals))
  return each.length === 1
    ? sql<boolean>`${each[0]}`
    : sql<boolean>`(${sql.join(each, sql` and `)})`
}

/** Whether grants, where they stand after every move, have one of the principals; an index can tell. */
const reaching = ({ actor }: Ctx, grants: RawBuilder<unknown>, principals: Principals) => {
  const own = sql`${grants} && ${[...principals]}::int[]`
  if (principals.includes(everyone)) return own
  const carried = ({ owner, from }: Move) => sql`${grants} @> ${[owner, from]}::int[]`
  const come = actor.moves.filter(({ to }) => principals.includes(to))
  const gone = actor.moves.filter(
    ({ from, to }) => principals.includes(from) && !principals.includes(to),
  )
  const kept = gone.map((move) => {
    const others = principals.filter((each) => each !== move.from)
    return sql`and (not ${carried(move)} or ${grants} && ${others}::int[])`
  })
  if (come.length + gone.length === 0) return own
  const more = come.map((move) => sql`or ${carried(move)}`)
  return sql`((${own} ${sql.join(kept, sql` `)}) ${sql.join(more, sql` `)})`
}

/** The principals that may see a customer that carries these, after every move. */
const standing = ({ actor }: Pick<Ctx, 'actor'>, grants: readonly number[]): number[] => {
  const move = actor.moves.find(
    ({ owner, from }) => grants.includes(owner) && grants.includes(from),
  )
  return grants.map((each) => (each === move?.from ? move.to : each))
}

/** Whether who sees a customer by the permission `than` sees it by `permission`, whichever customer. */
export const reachesAsFar = ({ actor }: Ctx, permission: string, than: string): boolean => {
  const narrower = neededOf(actor, than) ?? [[]]
  const wider = neededOf(actor, permission)
  return wider !== undefined && reachesStill(wider, narrower)
}

/** Lists of principals; whoever is reached carries one of each. */
export type Reach = readonly (readonly number[])[]

/** How far several permissions reach together. */
export const reachOfAll = ({ actor }: Pick<Ctx, 'actor'>, permissions: readonly string[]): Reach =>
  permissions.flatMap((permission) => neededOf(actor, permission) ?? [[]])

/** Whether all that `then` reached is within reach `now`, whichever customers there are. */
export const reachesStill = (now: Reach, then: Reach): boolean =>
  now.every((wide) => then.some((narrow) => within(narrow, wide)))

/** Whether a permission covers one row that is at hand, by the principals that may see it. */
export const covers = (ctx: Pick<Ctx, 'actor'>, permission: string, grants: unknown): boolean => {
  const needed = neededOf(ctx.actor, permission)
  if (!needed || !Array.isArray(grants)) return false
  const held = standing(ctx, grants)
  return needed.every((principals) => principals.some((each) => held.includes(each)))
}

type Principals = readonly number[]

/**
 * The lists of principals of which a row must carry one each: those of the permission and, below the
 * root, those that see the root. A list that another one implies is left out.
 */
const neededOf = ({ reach }: Actor, permission: string): Principals[] | undefined => {
  const own = reach(permission)
  const root = entities().find((each) => each.root)
  if (!own || !root || permission.startsWith(`${root.plural}.`)) return own && [own]
  const sight = reach(`${root.plural}.view`)
  if (!sight) return undefined
  if (within(own, sight)) return [own]
  return within(sight, own) ? [sight] : [own, sight]
}

const within = (narrow: Principals, wide: Principals) =>
  wide.includes(everyone) || narrow.every((each) => wide.includes(each))

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
  return new Map(rows.map((row) => [row.id, standing(ctx, row.grants)]))
}

/** Rows that people keep for the firm itself: each sees own ones, by the field that names the owner. */
export const ownHomeRows = (ctx: Ctx, entity: Entity): RawBuilder<boolean> =>
  entity.home
    ? sql<boolean>`(t.customer_id = ${HOME} and ${sql.ref(`t.${entity.home}`)} = ${ctx.actor.id})`
    : sql<boolean>`false`
