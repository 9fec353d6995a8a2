import type { Ctx } from '../database/ctx.ts'

/** Every machine that an administrator shaped; a field that is none any more is told with null. */
export const list = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('stage_machine')
    .select(['entity', 'field', 'machine', 'version'])
    .orderBy('entity')
    .orderBy('field')
    .execute()
  return rows.map(({ entity, field, ...row }) => ({ id: `${entity}.${field}`, ...row }))
}
