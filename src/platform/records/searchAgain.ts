import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import type { Entity } from '../fields/entity.ts'
import { addJob } from '../jobs/jobs.ts'
import { flat } from './custom.ts'
import type { Values } from './prepare.ts'
import { entities, entityNamed } from './registry.ts'
import { keepSearch, searched } from './searching.ts'

const batch = 500

/** Adds the job that writes what search looks at anew for every record of a kind. */
export const searchAgain = (ctx: Pick<Ctx, 'db'>, entity: string, from?: Values) =>
  addJob(ctx, 'search:again', { entity, ...(from && { from }) })

/**
 * One batch of that job; the next is added in its transaction, so that whatever is killed goes on where
 * it was. Rows are held in the order of their keys, as whoever changes one meanwhile must come after.
 */
export const searchBatch = (db: Db, name: string, from: unknown): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const entity = entityNamed(name)
    const { rows } = await sql<Values & { id: string; customer_id?: string }>`
      select * from ${sql.table(entity.name)} where deleted_at is null and id <> ${HOME}::uuid and ${beyond(entity, from)}
      order by ${entity.root ? sql`id` : sql`customer_id, id`} limit ${batch}
      for no key update`.execute(transaction)
    await keepSearch(
      { db: transaction },
      entity,
      rows.map((row) => flat(entity, row)),
    )
    const last = rows.at(-1)
    if (rows.length === batch && last)
      await searchAgain({ db: transaction }, name, { id: last.id, customer_id: last.customer_id })
  })

const beyond = (entity: Entity, from: unknown) => {
  if (from === null || typeof from !== 'object' || !('id' in from)) return sql`true`
  const customer = 'customer_id' in from ? String(from.customer_id) : null
  return entity.root
    ? sql`id > ${String(from.id)}::uuid`
    : sql`(customer_id, id) > (${customer}::uuid, ${String(from.id)}::uuid)`
}

/** Begins to write all of it where none is though there are records, as after a change of its shape. */
export const searchAgainIfEmpty = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ missing: boolean }>`
    select not exists (select 1 from search_document)
      and exists (select 1 from customer where deleted_at is null and number <> 'HOME')
      and not exists (select 1 from graphile_worker.jobs where task_identifier = 'search:again' and run_at <= now())
      as missing`.execute(db)
  if (!rows[0]?.missing) return false
  await db.transaction().execute(async (transaction) => {
    for (const entity of entities())
      if (searched(entity).length > 0) await searchAgain({ db: transaction }, entity.name)
  })
  return true
}
