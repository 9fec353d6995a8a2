import type { Job } from '#platform/jobs/jobs.ts'
import { regrantRest } from '#platform/records/regrant.ts'

export const jobs: Job[] = [
  {
    name: 'people:regrant',
    run: async ({ db, signal }, { owner }) => {
      if (typeof owner === 'number') await regrantRest(db, owner, signal)
    },
  },
]
