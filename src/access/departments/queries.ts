import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'

const shown = ['id', 'name', 'parent_id', 'version'] as const

export const list = async (ctx: Pick<Ctx, 'db'>) => ({
  items: await ctx.db
    .selectFrom('department')
    .select(shown)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute(),
})

export const find = async (ctx: Ctx, id: number) => {
  const row = await ctx.db
    .selectFrom('department')
    .select(shown)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw missing()
  return row
}

/** Those of these departments that still are. */
export const there = async (ctx: Pick<Ctx, 'db'>, ids: readonly number[]) => {
  const rows = await ctx.db
    .selectFrom('department')
    .select('id')
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** A query for the ids of a department and of those below it. */
export const under = (id: number): RawBuilder<unknown> =>
  sql`with recursive below as (
    select id from department where id = ${id}
    union select d.id from department d join below on d.parent_id = below.id
  ) select id from below`
