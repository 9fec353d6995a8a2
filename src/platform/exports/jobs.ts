import { HOME } from '../database/ctx.ts'
import { addJob, type Job } from '../jobs/jobs.ts'
import { workExport } from './work.ts'

/** An export that shows no progress for so long lost its worker. */
const silence = 90_000

export const jobs: Job[] = [
  {
    name: 'exports:work',
    run: async ({ db, signal }, { id }) => {
      if (typeof id === 'string') await workExport({ db, signal }, id)
    },
  },
  {
    name: 'exports:resume',
    schedule: '* * * * *',
    run: async ({ db, now }) => {
      const stalled = await db
        .selectFrom('export_run')
        .select('id')
        .where('customer_id', '=', HOME)
        .where('status', '=', 'running')
        .where('updated_at', '<', new Date(Date.parse(now) - silence).toISOString())
        .execute()
      for (const { id } of stalled)
        await addJob({ db }, 'exports:work', { id }, { key: `export:${id}` })
    },
  },
  {
    name: 'exports:sweep',
    schedule: '10 * * * *',
    run: async ({ db, now }) => {
      const expired = await db
        .updateTable('export_run')
        .set({ status: 'expired' })
        .where('customer_id', '=', HOME)
        .where('status', '=', 'done')
        .where('expires_at', '<=', now)
        .returning('file_id')
        .execute()
      const files = expired.flatMap(({ file_id }) => (file_id === null ? [] : [file_id]))
      if (files.length === 0) return
      // The row goes for good, so that the next sweep of contents takes the content too.
      await db.deleteFrom('file').where('customer_id', '=', HOME).where('id', 'in', files).execute()
    },
  },
]
