import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Condition } from '../conditions/condition.ts'
import { address, call } from '../door/client.ts'

/** What a list is asked for; it is also what the address of a list page holds. */
export type ListQuery = { q?: string; filter?: Condition; sort?: string }
export type Page<R> = { items: R[]; next: string | null; start?: string }
export type Kept = { id: string; version: number }

/** A list as a table wants it: what has arrived, whether more exists, and how to get it. */
export type RecordSource<R> = {
  rows: readonly R[]
  state: 'loading' | 'ready' | 'failed'
  /** Rows of the query before, while those of the new one are on their way. */
  stale: boolean
  more: boolean
  fetching: boolean
  failure: unknown
  loadMore: () => void
  retry: () => void
}

/** Keys begin with the path, so that a write can refresh all lists of its kind, and what is made of them. */
export const lists = (path: string) => ['lists', path] as const
export const stopsKey = (path: string) => ['stops', path] as const
export const recordKey = (path: string) => ['record', path] as const

/** A question as an address says it. */
export const asQuery = ({ q, filter, sort }: ListQuery) => ({
  q,
  sort,
  filter: filter && JSON.stringify(filter),
})

const longAfter = 3

/** Pages of a list by keyset, joined into one growing list. */
export const useList = <R>(path: string, query: ListQuery, size = 50): RecordSource<R> => {
  const answer = useInfiniteQuery({
    queryKey: [...lists(path), 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<R>>('GET', path, {
        query: { ...asQuery(query), limit: size, after: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    // A long list is not read anew whenever somebody returns to its window.
    refetchOnWindowFocus: (asked) => (asked.state.data?.pages.length ?? 0) <= longAfter,
  })
  const { data, isPlaceholderData, hasNextPage, isFetching, isFetchingNextPage } = answer
  return {
    rows: useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]),
    state: answer.isPending ? 'loading' : answer.isError && !data ? 'failed' : 'ready',
    stale: isPlaceholderData,
    more: hasNextPage,
    fetching: isFetching,
    failure: answer.error,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) answer.fetchNextPage()
    },
    retry: () => answer.refetch(),
  }
}

/** How many there are, cut off at 1,000 by the server. The order does not matter to it. */
export const useCount = (path: string, { sort: _, ...query }: ListQuery) =>
  useQuery({
    queryKey: [...lists(path), 'count', query],
    queryFn: ({ signal }) =>
      call<{ count: number; more: boolean }>('GET', `${path}/count`, {
        query: asQuery(query),
        signal,
      }),
    placeholderData: (before) => before,
  }).data

/** The address of a list as a file, as it is asked for. */
export const exportAddress = (path: string, query: ListQuery, format: 'xlsx' | 'csv') =>
  address(`${path}/export`, { ...asQuery(query), format })

const recordQuery = <R>(path: string) => ({
  queryKey: recordKey(path),
  queryFn: ({ signal }: { signal: AbortSignal }) => call<R>('GET', path, { signal }),
})

/** One record; `seed` is what a list already knows of it, shown until the answer is here. */
export const useRecord = <R extends Kept>(path: string, seed?: R) => {
  const answer = useQuery(recordQuery<R>(path))
  return {
    record: answer.data ?? seed,
    failure: answer.error ?? undefined,
    retry: () => answer.refetch(),
  }
}

/** The record as it is stored now, while a form holds an older one; without a path nothing is asked. */
export const useLatest = <R extends Kept>(path: string | undefined) => {
  const { data, error } = useQuery({
    ...recordQuery<R>(path ?? ''),
    enabled: path !== undefined,
  })
  return { latest: data, failure: error ?? undefined }
}

// A pointer that rests on a row asks once in this time at most.
const prefetchAge = 15_000

export const prefetchRecord = (client: QueryClient, path: string) => {
  void client.prefetchQuery({ ...recordQuery(path), staleTime: prefetchAge })
}

/**
 * Makes a record at `path` and refreshes the lists that hold its kind, those at `path` among them.
 * The key makes a repeat of the same form harmless.
 */
export const useCreate = <R extends Kept>(path: string, ...more: string[]) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: Record<string, unknown>; key: string }) =>
      call<R>('POST', path, { body, idempotencyKey: key }),
    onSuccess: (made) => {
      client.setQueryData(recordKey(`${path}/${made.id}`), made)
      return refreshLists(client, path, ...more)
    },
  })
}

type Change = { id: string; version: number; change: Record<string, unknown> }

/**
 * Changes a record below `path`. Its page and all lists that hold its kind show the change at once
 * and return to what was if the server refuses; the answer then replaces the guess.
 */
export const useChange = <R extends Kept>(path: string, ...more: string[]) => {
  const client = useQueryClient()
  const places = [path, ...more]
  return useMutation({
    mutationFn: ({ id, version, change }: Change) =>
      call<R>('PATCH', `${path}/${id}`, { body: change, version }),
    onMutate: async ({ id, change }) => {
      await stopLists(client, places)
      return { restore: patchCaches<R>(client, places, id, (row) => ({ ...row, ...change })) }
    },
    onError: (_error, _change, context) => context?.restore(),
    onSuccess: (changed) => {
      patchCaches<R>(client, places, changed.id, (row) => ({ ...row, ...changed }))
      client.setQueryData(recordKey(`${path}/${changed.id}`), changed)
    },
    onSettled: () => refreshLists(client, ...places),
  })
}

/** By `deletion_id` the record can be brought back from the bin. */
export type Removed = { deletion_id: string }

/** Deletes a record below `path`; once it is, it leaves all lists that hold its kind. */
export const useRemove = <R extends Kept>(path: string, ...more: string[]) => {
  const client = useQueryClient()
  const places = [path, ...more]
  return useMutation({
    mutationFn: ({ id, version }: Kept) => call<Removed>('DELETE', `${path}/${id}`, { version }),
    onSuccess: (_done, { id }) => {
      patchCaches<R>(client, places, id, () => undefined)
      client.removeQueries({ queryKey: recordKey(`${path}/${id}`) })
    },
    onSettled: () => refreshLists(client, ...places),
  })
}

/** Asks anew for lists that have got more rows or fewer, and how long they are. */
export const refreshLists = (client: QueryClient, ...places: string[]) => {
  // Nobody waits for the length of a list.
  for (const path of places) void client.invalidateQueries({ queryKey: stopsKey(path) })
  return Promise.all(places.map((path) => client.invalidateQueries({ queryKey: lists(path) })))
}

/**
 * Asks anew for a record, the lists it stands in and everything below its address: what is done to
 * one of them shows in the others.
 */
export const refreshAround = (client: QueryClient, path: string) =>
  client.invalidateQueries({
    predicate: ({ queryKey: [kind, place] }) => {
      if (kind === 'record') return place === path
      if (kind !== 'lists' || typeof place !== 'string') return false
      return place.startsWith(`${path}/`) || place === path.slice(0, path.lastIndexOf('/'))
    },
  })

const stopLists = (client: QueryClient, places: readonly string[]) =>
  Promise.all(
    places.flatMap((path) =>
      (['pages', 'page'] as const).map((shape) =>
        client.cancelQueries({ queryKey: [...lists(path), shape] }),
      ),
    ),
  )

/** Rewrites one row wherever it is cached; gives a function that puts everything back. */
export const patchCaches = <R extends Kept>(
  client: QueryClient,
  places: readonly string[],
  id: string,
  patch: (row: R) => R | undefined,
) => {
  const pages = places.flatMap((path) =>
    client.getQueriesData<InfiniteData<Page<R>>>({ queryKey: [...lists(path), 'pages'] }),
  )
  const single = places.flatMap((path) =>
    client.getQueriesData<Page<R>>({ queryKey: [...lists(path), 'page'] }),
  )
  const key = recordKey(`${places[0]}/${id}`)
  const record = client.getQueryData<R>(key)
  for (const [queryKey, data] of pages)
    if (data) client.setQueryData(queryKey, { ...data, pages: data.pages.map(patched(id, patch)) })
  for (const [queryKey, data] of single)
    if (data) client.setQueryData(queryKey, patched(id, patch)(data))
  const next = record && patch(record)
  if (next) client.setQueryData(key, next)
  return () => {
    for (const [queryKey, data] of [...pages, ...single]) client.setQueryData(queryKey, data)
    if (record) client.setQueryData(key, record)
  }
}

const patched =
  <R extends Kept>(id: string, patch: (row: R) => R | undefined) =>
  (page: Page<R>): Page<R> => ({
    ...page,
    items: page.items.flatMap((row) => (row.id === id ? (patch(row) ?? []) : [row])),
  })
