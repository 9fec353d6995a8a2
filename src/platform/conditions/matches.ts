import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { ownHomeRows, visible } from '../records/visible.ts'
import { compile } from './compile.ts'
import type { Condition } from './condition.ts'
import { timed } from './timed.ts'

export type Key = { id: string; customer_id?: string | undefined }

/** The row of one record that the reader sees, aliased `t`, as a source for statements about it. */
export const oneRow = (ctx: Ctx, entity: Entity, { id, customer_id }: Key): RawBuilder<unknown> => {
  const permission = `${entity.plural}.view`
  if (entity.root)
    return sql`${sql.table(entity.name)} t
      where t.id = ${id}::uuid and t.deleted_at is null and ${visible(ctx, permission)}`
  return sql`${sql.table(entity.name)} t join customer v on v.id = t.customer_id
    where t.customer_id = ${customer_id}::uuid and t.id = ${id}::uuid and t.deleted_at is null
      and (${visible(ctx, permission, 'v')} or ${ownHomeRows(ctx, entity)})`
}

/**
 * Whether a condition holds of one record, by the SQL that lists are made with. False for a record that
 * is not there or out of the reader's sight. One statement.
 */
export const matches = async (
  ctx: Ctx,
  entity: Entity,
  condition: Condition,
  key: Key,
): Promise<boolean> => {
  const { rows } = await timed(condition, () =>
    sql`select 1 from ${oneRow(ctx, entity, key)} and ${compile(ctx, entity, condition)}`.execute(
      ctx.db,
    ),
  )
  return rows.length > 0
}
