import { useQuery } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { dayKey } from '../../tasks/web/taskActions.ts'
import type { day } from '../contract.ts'

export type Day = OutputOf<typeof day.read>
export type DayRow = Day['overdue'][number]

/** What there is to do; the navigation counts from the same answer. */
export const useDay = () =>
  useQuery({
    queryKey: dayKey,
    queryFn: ({ signal }) => call<Day>('GET', '/day', { signal }),
    // A colleague may have handed something over.
    refetchInterval: 5 * 60_000,
  })
