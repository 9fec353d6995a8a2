import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import type { Entity } from '../fields/entity.ts'
import { calculated } from '../formulas/calculate.ts'
import { flat, packed } from '../records/custom.ts'
import { derived } from '../records/prepare.ts'

type Row = Record<string, unknown> & { id: string; customer_id?: string }

const batch = 500
const first = '00000000-0000-0000-0000-000000000000'

/**
 * Reckons the formulas of every record anew, some hundred in a transaction, so that nobody waits long
 * for a record. No version moves, as nobody edited anything; begun again it does the same.
 */
export const recalculate = async (db: Db, entity: Entity) => {
  for (let from: Row | undefined = { id: first, customer_id: first }; from; )
    from = await nextBatch(db, entity, from)
}

const nextBatch = async (db: Db, entity: Entity, from: Row): Promise<Row | undefined> =>
  db.transaction().execute(async (transaction) => {
    const table = sql.table(entity.name)
    const beyond = entity.root
      ? sql`id > ${from.id}::uuid`
      : sql`(customer_id, id) > (${from.customer_id}::uuid, ${from.id}::uuid)`
    const { rows } = await sql<Row>`select * from ${table} where ${beyond}
      order by ${entity.root ? sql`id` : sql`customer_id, id`} limit ${batch}
      for no key update`.execute(transaction)
    const changed = rows.flatMap((row) => {
      // Without a formula there is nothing to write.
      const { custom = row.custom } = again(entity, row)
      return JSON.stringify(custom) === JSON.stringify(row.custom) ? [] : [{ id: row.id, custom }]
    })
    if (changed.length > 0)
      await sql`update ${table} t set custom = r.custom
        from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as r(id uuid, custom jsonb)
        where t.id = r.id`.execute(transaction)
    return rows.length < batch ? undefined : rows.at(-1)
  })

const again = (entity: Entity, row: Row) => {
  const values = calculated(entity.fields, flat(entity, row))
  return packed(entity, { ...values, ...derived(entity, values) }, row)
}
