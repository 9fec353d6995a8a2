import { sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import { type Ctx, today } from '../database/ctx.ts'
import { entities, rootEntity } from './registry.ts'

/**
 * The numbers of records that name a department in a field, and of those that are shared with it. What
 * lies in the recycle bin does not count, as a restore looks itself whether a department is still there.
 */
export const departmentUses = async (ctx: Ctx, department: number) => ({
  records: await naming(ctx, department),
  shared: await sharedWith(ctx, department),
})

const naming = async (ctx: Ctx, department: number): Promise<number> => {
  let total = 0
  for (const entity of entities()) {
    const named = Object.entries(entity.fields)
      .filter(([, { kind }]) => kind === 'department')
      .map(([name, field]) => sql`${columnOf(name, field)} = ${department}`)
    if (named.length === 0) continue
    const { rows } = await sql<{ count: number }>`select count(*)::int as count
      from ${sql.table(entity.name)} t
      where deleted_at is null and (${sql.join(named, sql` or `)})`.execute(ctx.db)
    total += rows[0]?.count ?? 0
  }
  return total
}

const sharedWith = async (ctx: Ctx, department: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from ${sql.table(rootEntity().name)} t
    where deleted_at is null and grants && array(
      select id from share
      where principal_id = ${department} and (until is null or until >= ${today(ctx)}::date)
    )`.execute(ctx.db)
  return rows[0]?.count ?? 0
}
