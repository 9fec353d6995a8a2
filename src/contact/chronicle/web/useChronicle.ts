import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import { lists, type Page } from '#platform/lists/source.ts'
import type { Entry } from '../contract.ts'

export type Interaction = Extract<Entry, { type: 'interaction' }>['interaction']
export type Happening = Extract<Entry, { type: 'event' }>['event']

const pathOf = (customerId: string) => `/customers/${customerId}/chronicle`
const keyOf = (customerId: string) => [...lists(pathOf(customerId)), 'entries'] as const

export const useChronicle = (customerId: string) => {
  const answer = useInfiniteQuery({
    queryKey: keyOf(customerId),
    queryFn: ({ pageParam, signal }) =>
      call<Page<Entry>>('GET', pathOf(customerId), { query: { after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const { hasNextPage, isFetchingNextPage } = answer
  return {
    entries: answer.data?.pages.flatMap((page) => page.items) ?? [],
    state: answer.isPending ? 'loading' : answer.data ? 'ready' : 'failed',
    failure: answer.error,
    more: hasNextPage,
    retry: () => answer.refetch(),
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void answer.fetchNextPage()
    },
  }
}

type Pages = InfiniteData<Page<Entry>>

/** Puts what was just noted where it belongs in time, so that nothing jumps when the server is asked again. */
export const placeNoted = (client: QueryClient, customerId: string, interaction: Interaction) =>
  client.setQueryData<Pages>(keyOf(customerId), (data) => {
    const [first, ...rest] = data?.pages ?? []
    if (!data || !first) return data
    const entry: Entry = { type: 'interaction', at: interaction.at, interaction }
    const at = first.items.findIndex((each) => each.at <= interaction.at)
    // Older than the first page: it comes with the page of its time.
    if (at < 0 && first.next !== null) return data
    const items = first.items.toSpliced(at < 0 ? first.items.length : at, 0, entry)
    return { ...data, pages: [{ ...first, items }, ...rest] }
  })

export const takeOut = (client: QueryClient, customerId: string, id: string) =>
  client.setQueryData<Pages>(
    keyOf(customerId),
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.filter(
            (each) => each.type !== 'interaction' || each.interaction.id !== id,
          ),
        })),
      },
  )
