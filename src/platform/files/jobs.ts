import type { Db } from '../database/database.ts'
import type { Job } from '../jobs/jobs.ts'
import { storage } from './storage.ts'

/** A file that was deleted without the bin can be brought back from the database for so long. */
const keptDays = 30

export const jobs: Job[] = [
  {
    name: 'files:sweep',
    schedule: '20 19 * * *',
    run: async ({ db, now }) => {
      await forgetUploads(db, now)
      await storage().sweep(knownIn(db, now))
    },
  },
]

/** A form that stays open longer has to take its file again. */
const waitingDays = 7

const forgetUploads = async (db: Db, now: string) => {
  const before = new Date(Date.parse(now) - waitingDays * 86_400_000).toISOString()
  await db
    .deleteFrom('file')
    .where('subject_kind', '=', 'upload')
    .where('created_at', '<', before)
    .execute()
}

const knownIn = (db: Db, now: string) => async (hashes: string[]) => {
  const since = new Date(Date.parse(now) - keptDays * 86_400_000).toISOString()
  const rows = await db
    .selectFrom('file')
    .select('sha256')
    .where('sha256', 'in', hashes)
    .where((each) =>
      each.or([
        each('deleted_at', 'is', null),
        each('deletion_id', 'is not', null),
        each('deleted_at', '>', since),
      ]),
    )
    .execute()
  return new Set(rows.map((row) => row.sha256))
}
