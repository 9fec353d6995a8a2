import { sql } from 'kysely'
import type { Ctx } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { filesOf } from '#platform/files/queries.ts'
import { reads } from '#platform/lists/standard.ts'
import { present, type Stored } from '#platform/records/present.ts'
import { visible } from '#platform/records/visible.ts'
import type { interactions } from './contract.ts'
import { interaction } from './fields.ts'

const own = reads(interaction)
export const { list, count } = own
export const within = list

export const get = async (ctx: Ctx, key: InputOf<typeof interactions.get>) =>
  withFiles(ctx, await own.get(ctx, key))

/** Adds the files that hang on an interaction; one statement. */
export const withFiles = async <R extends { customer_id: string; id: string }>(
  ctx: Ctx,
  row: R,
) => ({
  ...row,
  files: (await filesOf(ctx, row.customer_id, [row.id])).get(row.id) ?? [],
})

/** These live interactions of one customer as the reader may see them, with their files; two statements. */
export const findAll = async (ctx: Ctx, customer_id: string, ids: readonly string[]) => {
  const { rows } = await sql<Stored>`
    select t.*, v.name as customer_name, ${visible(ctx, 'interactions.edit', 'v')} as can_edit,
      ${visible(ctx, 'interactions.delete', 'v')} as can_delete
    from interaction t join customer v on v.id = t.customer_id
    where t.customer_id = ${customer_id}::uuid and t.id = any(${[...ids]}::uuid[])
      and t.deleted_at is null and ${visible(ctx, 'interactions.view', 'v')}`.execute(ctx.db)
  const files = await filesOf(ctx, customer_id, ids)
  return rows
    .map((row) => present(ctx, interaction, row))
    .map((shown) => ({ ...shown, files: files.get(shown.id) ?? [] }))
}

/** When each customer was last in contact; one statement. */
export const lastContact = async (ctx: Ctx, customers: readonly string[]) => {
  const { rows } = await sql<{ customer_id: string; at: string }>`
    select customer_id, max(at) as at from interaction
    where customer_id = any(${[...customers]}::uuid[]) and deleted_at is null
    group by customer_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.customer_id, row.at]))
}
