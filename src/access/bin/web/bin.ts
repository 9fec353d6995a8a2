import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type BinEntry, type BinOutcome, type bin, eraseWord } from '#platform/bin/contract.ts'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'

export type Asked = { q: string; entity: string; mine: boolean }

/** What this person may bring back, the latest first. */
export const useBin = ({ q, entity, mine }: Asked) =>
  useInfiniteQuery({
    queryKey: ['bin', q, entity, mine],
    queryFn: ({ pageParam, signal }) =>
      call<OutputOf<typeof bin.list>>('GET', '/bin', {
        query: {
          q: q || undefined,
          entity: entity || undefined,
          mine: mine ? 'true' : undefined,
          after: pageParam || undefined,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })

const addressesOf = (entries: readonly BinEntry[]) =>
  entries.map(({ customer_id, id }) => ({ customer_id, id }))

/** Everything that is on a screen may hold what came back or went. */
export const useBinWrites = () => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries()
  return {
    restore: useMutation({
      mutationFn: ({ entries, owner }: { entries: readonly BinEntry[]; owner?: number }) =>
        call<BinOutcome>('POST', '/bin/restoration', {
          body: { rows: addressesOf(entries), ...(owner !== undefined && { owner_id: owner }) },
        }),
      onSettled,
    }),
    erase: useMutation({
      mutationFn: (entries: readonly BinEntry[]) =>
        call<BinOutcome>('POST', '/bin/erasure', {
          body: { rows: addressesOf(entries), confirm: eraseWord },
        }),
      onSettled,
    }),
    keep: useMutation({
      mutationFn: (kept_days: number) => call('PUT', '/bin/settings', { body: { kept_days } }),
      onSettled,
    }),
  }
}
