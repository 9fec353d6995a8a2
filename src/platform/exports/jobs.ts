import { HOME } from '../database/ctx.ts'
import type { Job } from '../jobs/jobs.ts'
import { resuming } from '../jobs/resuming.ts'
import { workExport } from './work.ts'

export const jobs: Job[] = [
  {
    name: 'exports:work',
    run: async ({ db, signal }, { id }) => {
      if (typeof id === 'string') await workExport({ db, signal }, id)
    },
  },
  resuming('exports:resume', {
    table: 'export_run',
    statuses: ['running'],
    job: 'exports:work',
    key: 'export',
  }),
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
