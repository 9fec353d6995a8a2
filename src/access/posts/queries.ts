import { sql } from 'kysely'
import type { Ctx } from '#platform/database/ctx.ts'
import { missing } from '#platform/errors/error.ts'

export const list = async (ctx: Pick<Ctx, 'db'>) => ({
  items: await told(ctx).orderBy('name').execute(),
})

export const find = async (ctx: Pick<Ctx, 'db'>, id: string) => {
  const row = await told(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw missing()
  return row
}

const told = (ctx: Pick<Ctx, 'db'>) =>
  ctx.db
    .selectFrom('post')
    .select([
      ...(['id', 'name', 'roles', 'version'] as const),
      sql<number>`(select count(*) from person p where p.active and p.post_id = post.id)`.as(
        'people',
      ),
    ])
    .where('deleted_at', 'is', null)
