import { address, call } from '../door/client.ts'
import type { ListQuery } from '../lists/source.ts'
import type { ExportRun, Format } from './contract.ts'

/** Picked rows, or all that a list shows. */
export type Taken = { ids: readonly string[] } | { query: ListQuery }

// Often enough to see it move, rarely enough for a long run.
const pace = 500

/** Starts an export and tells how far it is until it has ended or `signal` says that nobody looks on. */
export const runExport = async (
  plural: string,
  taken: Taken,
  { columns, format }: { columns: readonly string[]; format: Format },
  tell: (run: ExportRun) => void,
  signal: AbortSignal,
): Promise<ExportRun> => {
  const asked = 'ids' in taken ? { ids: taken.ids } : taken.query
  let run = await call<ExportRun>('POST', `/${plural}/exports`, {
    body: { ...asked, columns, format },
  })
  while (run.status === 'running' && !signal.aborted) {
    tell(run)
    await new Promise((resolve) => setTimeout(resolve, pace))
    run = await call<ExportRun>('GET', `/exports/${run.id}`)
  }
  return run
}

export const cancelExport = ({ id }: Pick<ExportRun, 'id'>) =>
  call<ExportRun>('POST', `/exports/${id}/cancellation`)

/** Where the finished file is fetched. */
export const fileAddress = ({ id }: Pick<ExportRun, 'id'>) => address(`/exports/${id}/content`)
