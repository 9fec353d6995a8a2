import { HOME } from '../database/ctx.ts'
import { addJob, type Job } from '../jobs/jobs.ts'
import { sweepImports } from './sweep.ts'
import { undoImport } from './undo.ts'
import { checkImport, runImport } from './work.ts'

/** An import that shows no progress for so long lost its worker; a batch takes about a second. */
const silence = 90_000

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
  {
    name: 'imports:resume',
    schedule: '* * * * *',
    run: async ({ db, now }) => {
      const stalled = await db
        .selectFrom('import')
        .select('id')
        .where('customer_id', '=', HOME)
        .where('status', 'in', ['checking', 'running', 'undoing'])
        .where('updated_at', '<', new Date(Date.parse(now) - silence).toISOString())
        .execute()
      for (const { id } of stalled)
        await addJob({ db }, 'imports:work', { id }, { key: `import:${id}` })
    },
  },
  {
    name: 'imports:sweep',
    // Before the sweep of contents, which then finds what nobody names any more.
    schedule: '50 18 * * *',
    run: ({ db, now, signal }) => sweepImports({ db, now, signal }),
  },
]
