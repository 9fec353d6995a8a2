import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'

type Going = { customer_id: string; ids: readonly string[] }

/**
 * Empties what the firm's own tables keep of these records: the journal of the imports that brought or
 * changed them, the problems of their rows, the first rows of those tables as a sample of the file, and
 * the names in outcomes of bulk runs. Counts and reasons stay, so that what was told still adds up.
 */
export const eraseElsewhere = async (ctx: Ctx, { customer_id, ids }: Going) => {
  const { rows } = await sql<{ import_id: string; row_number: number }>`
    update import_row set before = '{}' where customer_id = ${HOME}
      and record_customer_id = ${customer_id}::uuid and record_id = any(${[...ids]}::uuid[])
    returning import_id, row_number`.execute(ctx.db)
  if (rows.length > 0) {
    await sql`update import_problem p set value = null, detail = null
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(import_id uuid, row_number int)
      where p.customer_id = ${HOME} and p.import_id = r.import_id and p.row_number = r.row_number`.execute(
      ctx.db,
    )
    const imports = [...new Set(rows.map(({ import_id }) => import_id))]
    await sql`update import set preview = '[]', unread = '[]' where customer_id = ${HOME}
      and id = any(${imports}::uuid[])`.execute(ctx.db)
  }
  await sql`update bulk_run b set problems = (
      select jsonb_agg(case when p ->> 'id' = any(${[...ids]}) then p || '{"title": ""}' else p end)
      from jsonb_array_elements(b.problems) p)
    where b.customer_id = ${HOME} and b.problems <> '[]' and exists (
      select 1 from jsonb_array_elements(b.problems) p where p ->> 'id' = any(${[...ids]}))`.execute(
    ctx.db,
  )
}
