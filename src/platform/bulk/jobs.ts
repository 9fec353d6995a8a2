import type { Job } from '../jobs/jobs.ts'
import { work } from './work.ts'

export const jobs: Job[] = [
  {
    name: 'bulk:work',
    run: async ({ db, signal }, { id }) => {
      if (typeof id === 'string') await work({ db, signal }, id)
    },
  },
]
