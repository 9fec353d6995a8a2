import type { Job } from '../jobs/jobs.ts'
import { resuming } from '../jobs/resuming.ts'
import { sweepImports } from './sweep.ts'
import { undoImport } from './undo.ts'
import { checkImport, runImport } from './work.ts'

export const jobs: Job[] = [
  {
    name: 'imports:work',
    run: async ({ db, signal }, { id }) => {
      if (typeof id !== 'string') return
      await checkImport({ db, signal }, id)
      await runImport({ db, signal }, id)
      await undoImport({ db, signal }, id)
    },
  },
  resuming('imports:resume', {
    table: 'import',
    statuses: ['checking', 'running', 'undoing'],
    job: 'imports:work',
    key: 'import',
  }),
  {
    name: 'imports:sweep',
    // Before the sweep of contents, which then finds what nobody names any more.
    schedule: '50 18 * * *',
    run: ({ db, now, signal }) => sweepImports({ db, now, signal }),
  },
]
