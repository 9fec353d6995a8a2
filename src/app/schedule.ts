import { tidyIndexes } from '#platform/database/indexes.ts'
import { ensurePartitions } from '#platform/events/events.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { loadDemo } from './demo/load.ts'

/** All regular work of the installation, on one page. Times are UTC; 18:00 is 02:00 in China. */
export const chores: readonly Job[] = [
  {
    name: 'events:partitions',
    schedule: '0 18 * * *',
    run: ({ db, now }) => ensurePartitions({ db, now }),
  },
  { name: 'indexes:tidy', schedule: '* * * * *', run: tidyIndexes },
  {
    name: 'demo:load',
    run: ({ db, now }, { template }) =>
      loadDemo(db, now, template === 'auto-dealer' ? 'auto-dealer' : 'general'),
  },
]
