import { sql } from 'kysely'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { writes } from '#platform/lists/standard.ts'
import { insert } from '#platform/records/records.ts'
import type { customers } from './contract.ts'
import { customer } from './fields.ts'

export const { update, remove } = writes(customer)

/** Makes a customer; its maker is responsible unless somebody else, or nobody, is named. */
export const create = async (ctx: Ctx, input: InputOf<typeof customers.create>) => {
  const owner = input.owner_id === undefined ? { owner_id: ctx.actor.id } : {}
  const [made] = await insert(ctx, customer, [input], () => owner)
  if (!made) throw new Error('Nothing was made')
  return made
}

/**
 * Takes over what contact with these customers tells: facts, so neither version nor event. The rows
 * are held before `tell` counts, as two that count at once would each miss what the other adds. What
 * `tell` leaves out is empty. The firm's own record has no such facts. Three statements.
 */
export const noteContact = async (
  ctx: Ctx,
  fact: 'last_contact_at' | 'next_due_on',
  customers: readonly string[],
  tell: (customers: readonly string[]) => Promise<ReadonlyMap<string, string>>,
) => {
  const ids = [...new Set(customers)].filter((id) => id !== HOME).sort()
  if (ids.length === 0) return
  await sql`select 1 from customer where id = any(${ids}::uuid[]) order by id for no key update`.execute(
    ctx.db,
  )
  const told = await tell(ids)
  const rows = ids.map((id) => ({ id, [fact]: told.get(id) ?? null }))
  const column = sql.ref(fact)
  await sql`update customer c set ${column} = r.${column}
    from jsonb_populate_recordset(null::customer, ${JSON.stringify(rows)}::jsonb) r
    where c.id = r.id and c.${column} is distinct from r.${column}`.execute(ctx.db)
}
