import { sql } from 'kysely'
import { today } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import type { Entity } from '../fields/entity.ts'
import { numbersFor } from '../records/numbers.ts'
import { searchAgain } from '../records/searchAgain.ts'

const batch = 500

/**
 * Numbers the records of a kind that have no number yet, the oldest first, each by the day it was made,
 * some hundred in a transaction. No version moves, as nobody edited anything; begun again it goes on.
 */
export const numberAll = async (db: Db, entity: Entity, name: string) => {
  while ((await numberBatch(db, entity, name)) === batch);
  if (entity.fields[name]?.search) await searchAgain({ db }, entity.name)
}

const numberBatch = (db: Db, entity: Entity, name: string): Promise<number> =>
  db.transaction().execute(async (transaction) => {
    const table = sql.table(entity.name)
    const { rows } = await sql<{
      id: string
      created_at: string
    }>`select id, created_at from ${table}
      where custom ->> ${name} is null order by created_at, id limit ${batch} for no key update`.execute(
      transaction,
    )
    if (rows.length === 0) return 0
    const given: { id: string; number: unknown }[] = []
    for (const [, made] of Map.groupBy(rows, (row) => today({ now: row.created_at }))) {
      const now = made[0]?.created_at ?? ''
      const numbered = await numbersFor({ db: transaction, now }, entity, made.length)
      given.push(...made.map(({ id }, place) => ({ id, number: numbered(place)[name] })))
    }
    await sql`update ${table} t
      set custom = t.custom || jsonb_build_object(${name}::text, r.number)
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(id uuid, number text)
      where t.id = r.id`.execute(transaction)
    return rows.length
  })
