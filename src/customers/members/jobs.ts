import { sql } from 'kysely'
import { system, today } from '#platform/database/ctx.ts'
import type { Db } from '#platform/database/database.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { putAwayLapsed } from './commands.ts'

/** Customers of one transaction. */
const batch = 50

/** Midnight in China: what was shared until yesterday is put away. Nobody sees it by then, see `share`. */
export const jobs: readonly Job[] = [
  {
    name: 'members:sweep',
    schedule: '1 16 * * *',
    run: async ({ db, now, signal }) => {
      while (await sweep(db, now)) signal?.throwIfAborted()
    },
  },
]

const sweep = (db: Db, now: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`select c.id from customer c
      where c.id in (select m.customer_id from customer_member m join share s on s.id = m.share_id
        where m.deleted_at is null and s.until < ${today({ now })}::date limit ${batch})
      order by c.id for no key update`.execute(tx)
    const ids = rows.map(({ id }) => id)
    await putAwayLapsed({ db: tx, actor: system, now }, ids)
    return ids.length > 0
  })
