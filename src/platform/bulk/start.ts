import type { Foretold } from '../bin/contract.ts'
import { call } from '../door/client.ts'
import type { ListQuery } from '../lists/source.ts'
import type { Action, BulkRun, Target } from './contract.ts'

/** Rows by name, or all that a list shows. */
export type Chosen = { rows: readonly Target[] } | { query: ListQuery; except: readonly string[] }

// Often enough to see it move, rarely enough for a long run.
const pace = 500

/** Starts the change of many records and tells how far it is until it has ended. */
export const runBulk = async (
  path: string,
  chosen: Chosen,
  action: Action,
  tell: (run: BulkRun) => void,
): Promise<BulkRun> => {
  const body = { ...askedOf(chosen), action }
  let run = await call<BulkRun>('POST', `${path}/bulk`, { body })
  while (run.status === 'running') {
    tell(run)
    await new Promise((resolve) => setTimeout(resolve, pace))
    run = await call<BulkRun>('GET', `/bulk/${run.id}`)
  }
  return run
}

/** What deleting the records would take along. */
export const foretellAll = (path: string, chosen: Chosen) =>
  call<Foretold>('POST', `${path}/bulk/deletion`, { body: askedOf(chosen) })

const askedOf = (chosen: Chosen) =>
  'rows' in chosen
    ? { rows: chosen.rows }
    : {
        ...(chosen.query.q && { q: chosen.query.q }),
        ...(chosen.query.filter && { filter: chosen.query.filter }),
        ...(chosen.except.length > 0 && { except: chosen.except }),
      }
