import type { Job } from '../jobs/jobs.ts'
import { resuming } from '../jobs/resuming.ts'
import { work } from './work.ts'

export const jobs: Job[] = [
  {
    name: 'bulk:work',
    run: async ({ db, signal, last }, { id }) => {
      if (typeof id === 'string') await work({ db, signal, last }, id)
    },
  },
  resuming('bulk:resume', {
    table: 'bulk_run',
    statuses: ['running'],
    job: 'bulk:work',
    key: 'bulk',
  }),
]
