import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call } from '../door/client.ts'
import {
  firstStart,
  follow,
  pageSize,
  pagesAround,
  type Start,
  type Starts,
  startOf,
} from './pages.ts'
import { asQuery, type ListQuery, lists, type Page, stopsKey } from './source.ts'
import type { Stops } from './stops.ts'

/** A long list as a table wants it: only the pages near what is on the screen are held. */
export type RowSource<R> = {
  /** The rows that are held, in the order of the list. */
  rows: readonly R[]
  /** The same with their places. */
  placed: ReadonlyMap<number, R>
  /** The row at a place of the list, while it is held. */
  at: (place: number) => R | undefined
  /** How many places there are as far as is known. */
  known: number
  state: 'loading' | 'ready' | 'failed'
  /** Rows of the query before, while those of the new one are on their way. */
  stale: boolean
  /** Whether the list may go on beyond what is known. */
  more: boolean
  failure: unknown
  /** Tells which places are on the screen. */
  show: (from: number, to: number) => void
  retry: () => void
}

type Place = { asked: string; starts: Starts; from: number; to: number }
type Pages<R> = ReadonlyMap<number, readonly (R | undefined)[]>
type Held<R> = { asked: string; pages: Pages<R>; known: number }

// Whoever drags the bar passes many places; one is read when they rest there.
const rest = 80
// Places are found by how long the list was so long ago at most.
const stopsAge = 60_000

/**
 * A list by keyset, page by page, of which only those near the screen stay in memory. Whoever reads on
 * goes from page to page; whoever jumps goes on from the stop before that place.
 */
export const useRows = <R extends { id: string }>(
  path: string,
  query: ListQuery & { sort: string },
): RowSource<R> => {
  const client = useQueryClient()
  const asked = JSON.stringify([path, query])
  const [stored, setPlace] = useState(() => beginning(asked))
  const place = stored.asked === asked ? stored : beginning(asked)
  const held = useRef<Held<R>>({ asked: '', pages: new Map(), known: 0 })
  const { stops, correct, refresh } = useStops(path, query, place.starts.size > 1)
  const before = held.current.asked === asked ? held.current : undefined
  const known = stops ? Math.max(stops.total, before?.known ?? 0) : before?.known
  const reach = known ?? (lastOf(place.starts) + 1) * pageSize
  const wanted = pagesAround(place.from, place.to, reach).flatMap((page) => {
    const start = startOf(page, place.starts, stops)
    return start ? [{ page, start }] : []
  })
  const answers = useQueries({
    queries: wanted.map(({ page, start }) => pageQuery<R>(path, query, page, start)),
  })

  const told = wanted.flatMap(({ page, start }, at) => {
    const data = answers[at]?.data
    return data ? [{ page, start, begins: data.start, next: data.next }] : []
  })
  const taken = new Map(wanted.map(({ page, start }) => [page, start] as const))
  const next = told.length > 0 ? follow(place.starts, taken, told) : place.starts
  useEffect(() => {
    if (next !== place.starts || stored !== place) setPlace({ ...place, starts: next })
  })

  const pages = distinct(
    wanted.flatMap(({ page }, at) => {
      const items = answers[at]?.data?.items ?? before?.pages.get(page)
      return items ? [[page, items] as const] : []
    }),
  )
  const tail = told.find((each) => each.next === null)
  const end = tail && tail.page * pageSize + (pages.get(tail.page)?.length ?? 0)
  useEffect(() => {
    if (end !== undefined) correct(end)
  })
  const ready = pages.size > 0
  const now: Held<R> = { asked, pages, known: end ?? lengthOf(next, stops, ready) }
  const shown = ready ? now : held.current
  useEffect(() => {
    if (ready) held.current = now
  })

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const failed = answers.find(({ isError, data }) => isError && !data)
  const placed = placesOf(shown.pages)
  return {
    placed,
    rows: [...placed.values()],
    at: (where) => placed.get(where),
    known: shown.known,
    state: failed && !ready ? 'failed' : shown.asked !== '' ? 'ready' : 'loading',
    stale: !ready && shown.asked !== '',
    more: end === undefined && stops === undefined,
    failure: failed?.error,
    show: (from, to) => {
      clearTimeout(timer.current)
      const near = { ...place, starts: next, from: Math.max(from, 0), to: Math.max(to, 0) }
      const pagesThere = pagesAround(near.from, near.to, shown.known)
      if (String(pagesThere) === String(wanted.map(({ page }) => page))) return
      const jumps = pagesThere.every((page) => !next.has(page))
      const go = () => {
        if (jumps) refresh()
        setPlace((current) => ({
          ...near,
          starts: current.asked === asked ? current.starts : next,
        }))
      }
      if (jumps) timer.current = setTimeout(go, rest)
      else go()
    },
    retry: () => void client.refetchQueries({ queryKey: lists(path), type: 'active' }),
  }
}

/** A short list that came in one piece, for the same table. */
export const wholeList = <R>(
  rows: readonly R[] | undefined,
  failure: unknown,
  retry: () => void,
): RowSource<R> => ({
  ...{ rows: rows ?? [], known: rows?.length ?? 0, at: (place) => rows?.[place] },
  placed: new Map(rows?.entries()),
  state: rows ? 'ready' : failure ? 'failed' : 'loading',
  ...{ stale: false, more: false, failure, retry },
  show: () => {},
})

// Made apart from the rows: a query keeps what it was made among, and so would keep them.
const pageQuery = <R>(path: string, query: ListQuery, page: number, { after, skip }: Start) => ({
  queryKey: [...lists(path), 'page', query, after, skip],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call<Page<R>>('GET', path, {
      query: { ...asQuery(query), limit: pageSize, after, ...(skip > 0 && { skip }) },
      signal,
    }),
  // What is scrolled out of sight goes; whoever comes back to a list finds its beginning.
  ...(page > 0 && { gcTime: 0 }),
})

const beginning = (asked: string): Place => ({ asked, starts: firstStart, from: 0, to: 0 })

const lastOf = (starts: Starts) => Math.max(...starts.keys())

/** As many as were counted, more where a page says that it goes on. */
const lengthOf = (starts: Starts, stops: Stops | undefined, ready: boolean) => {
  const before = lastOf(starts) * pageSize
  if (!stops) return before + (ready || before > 0 ? pageSize : 0)
  return Math.max(stops.total, before + 1)
}

/**
 * The stops of a list that is longer than a page. Not asked for anew at each change of a row by others,
 * for that takes a walk through all of them: pages that are read say what became of it.
 */
const useStops = (path: string, query: ListQuery, long: boolean) => {
  const client = useQueryClient()
  const queryKey = [...stopsKey(path), query]
  const { data: stops, dataUpdatedAt } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call<Stops>('GET', `${path}/stops`, { query: asQuery(query), signal }),
    enabled: long,
    staleTime: stopsAge,
    refetchOnWindowFocus: false,
  })
  const refresh = () => {
    if (stops && Date.now() - dataUpdatedAt > stopsAge) void client.refetchQueries({ queryKey })
  }
  const correct = (total: number) => {
    if (!stops || stops.total === total) return
    client.setQueryData<Stops>(queryKey, { ...stops, total }, { updatedAt: dataUpdatedAt })
  }
  return { stops, correct, refresh }
}

/** A row that moved between two readings may come in two pages; its second place stays open. */
const distinct = <R extends { id: string }>(
  pages: readonly (readonly [number, readonly (R | undefined)[]])[],
): Pages<R> => {
  const seen = new Set<string>()
  const once = (row: R | undefined) => {
    if (!row || seen.has(row.id)) return undefined
    seen.add(row.id)
    return row
  }
  return new Map(pages.map(([number, items]) => [number, items.map(once)]))
}

const placesOf = <R>(pages: Pages<R>): ReadonlyMap<number, R> =>
  new Map(
    [...pages].flatMap(([page, items]) =>
      items.flatMap((row, at) => (row ? [[page * pageSize + at, row] as const] : [])),
    ),
  )
