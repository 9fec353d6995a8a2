import { sql } from 'kysely'
import { system } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import type { Job } from '../jobs/jobs.ts'
import { binned, binnedNamed, type DeletionTable } from '../records/deletions.ts'
import { eraseFor } from '../records/erase.ts'
import { keptDays } from './settings.ts'

/** Deletions of one transaction, so that nobody waits long and a server that stops loses little. */
const batchRows = 20

export const jobs: Job[] = [
  {
    name: 'bin:expire',
    // Before the sweep of contents, which then finds what nobody names any more.
    schedule: '40 18 * * *',
    run: async ({ db, now, signal }) => {
      const days = await keptDays({ db })
      const before = new Date(Date.parse(now) - days * 86_400_000).toISOString()
      while (!signal?.aborted && (await expire(db, now, before)) > 0);
    },
  },
]

/** Erases the oldest of what has lain in the bin long enough; gives how many. */
const expire = (db: Db, now: string, before: string): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<DeletionTable>`select * from deletion where created_at < ${before}
        and entity = any(${binned().map(({ name }) => name)}::text[])
      order by created_at limit ${batchRows} for update skip locked`.execute(tx)
    for (const row of rows) {
      const kind = binnedNamed(row.entity)
      if (kind) await eraseFor({ db: tx, actor: system, now }, kind, row, 'time')
    }
    return rows.length
  })
