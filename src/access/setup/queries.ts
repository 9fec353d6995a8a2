import { sql } from 'kysely'
import type { Ctx } from '#platform/database/ctx.ts'
import { templates } from './rules.ts'

/** Set-up is needed as long as nobody can administer the system. */
export const needed = async (ctx: Ctx) => ({
  needed: !(await administered(ctx)),
  templates: [...templates],
})

export const administered = async (ctx: Pick<Ctx, 'db'>) => {
  const row = await ctx.db
    .selectFrom('person')
    .select('id')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .where('active', '=', true)
    .executeTakeFirst()
  return row !== undefined
}
