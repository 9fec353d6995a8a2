import { useQuery } from '@tanstack/react-query'
import { call } from '../door/client.ts'
import { lists } from './source.ts'

/** How many records a condition finds that is still being made, `null` for every one; cut off at 1,000. */
export const useCountOf = (path: string, condition: string, enabled: boolean) =>
  useQuery({
    queryKey: [...lists(path), 'count-of', condition],
    queryFn: ({ signal }) =>
      call<{ count: number; more: boolean }>('GET', `${path}/count`, {
        query: { filter: condition === 'null' ? undefined : condition },
        signal,
      }),
    enabled,
    retry: false,
  })
