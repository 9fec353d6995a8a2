import type { Job } from '#platform/jobs/jobs.ts'
import { regrantLeft, regrantRest } from '#platform/records/regrant.ts'

export const jobs: Job[] = [
  {
    // Of one owner after a move; once an hour of all whose job came to nothing.
    name: 'people:regrant',
    schedule: '35 * * * *',
    run: ({ db, signal }, { owner }) =>
      typeof owner === 'number' ? regrantRest(db, owner, signal) : regrantLeft(db, signal),
  },
]
