import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call } from '../door/client.ts'
import { asQuery, type ListQuery, lists, type Page } from './source.ts'

/** A long list as a table wants it: only the pages near what is on the screen are held. */
export type RowSource<R> = {
  /** The rows that are held, in the order of the list. */
  rows: readonly R[]
  /** The row at a place of the list, while it is held. */
  at: (place: number) => R | undefined
  /** How many places there are as far as is known; it grows as the list is read. */
  known: number
  state: 'loading' | 'ready' | 'failed'
  /** Rows of the query before, while those of the new one are on their way. */
  stale: boolean
  /** Whether the list goes on beyond what is known. */
  more: boolean
  failure: unknown
  /** Tells which places are on the screen. */
  show: (from: number, to: number) => void
  /** From which end the list is read; the other end is a jump away. */
  end: End
  jump: (end: End) => void
  retry: () => void
}

export type End = 'first' | 'last'
type Place = { asked: string; end: End; starts: readonly string[]; from: number; to: number }
type Pages<R> = ReadonlyMap<number, readonly (R | undefined)[]>
type Held<R> = { asked: string; pages: Pages<R>; known: number }

/** Rows of one page: a screen and a half, so that reading is ahead of scrolling. */
export const pageSize = 50

/**
 * A list by keyset, page by page, of which only those near the screen stay in memory: where each page
 * begins is remembered, so that going back asks again. The last rows are the first of the list turned
 * round, which is read upwards from there.
 */
export const useRows = <R extends { id: string }>(
  path: string,
  query: ListQuery & { sort: string },
): RowSource<R> => {
  const client = useQueryClient()
  const asked = JSON.stringify([path, query])
  const begin = (end: End): Place => ({ asked, end, starts: [''], from: 0, to: 0 })
  const [stored, setPlace] = useState(() => begin('first'))
  const place = stored.asked === asked ? stored : begin('first')
  const { end, starts } = place
  const wanted = wantedPages(place)
  const turned = { ...query, sort: end === 'first' ? query.sort : opposite(query.sort) }
  const answers = useQueries({
    queries: wanted.map((number) => ({
      queryKey: [...lists(path), 'page', turned, starts[number]],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call<Page<R>>('GET', path, {
          query: { ...asQuery(turned), limit: pageSize, after: starts[number] },
          signal,
        }),
      // What is scrolled out of sight goes; whoever comes back to a list finds its beginning.
      ...(number > 0 && { gcTime: 0 }),
    })),
  })

  const next = follow(
    starts,
    wanted.map((number, at) => [number, answers[at]?.data?.next] as const),
  )
  useEffect(() => {
    if (next !== starts || stored !== place) setPlace({ ...place, starts: next })
  })

  const last = next.length - 1
  const held = useRef<Held<R>>({ asked: '', pages: new Map(), known: 0 })
  const self = `${asked}${end}`
  const before: Pages<R> = held.current.asked === self ? held.current.pages : new Map()
  const pages = distinct(
    wanted.flatMap((number, at) => {
      const items = answers[at]?.data?.items ?? before.get(number)
      return items ? [[number, items] as const] : []
    }),
  )
  const ready = pages.size > 0
  const tail = pages.get(last)
  const now: Held<R> = {
    asked: self,
    pages,
    known: last * pageSize + (tail ? tail.length : ready || last > 0 ? pageSize : 0),
  }
  const shown = ready ? now : held.current
  useEffect(() => {
    if (ready) held.current = now
  })

  const failed = answers.find(({ isError, data }) => isError && !data)
  const turn = (at: number) => (end === 'first' ? at : shown.known - 1 - at)
  const at = (where: number) => {
    const here = turn(where)
    return shown.pages.get(Math.floor(here / pageSize))?.[here % pageSize]
  }
  const rows = [...shown.pages.values()].flat().filter((row) => row !== undefined)
  return {
    rows: end === 'first' ? rows : rows.toReversed(),
    at,
    known: shown.known,
    state: failed && !ready ? 'failed' : shown.asked !== '' ? 'ready' : 'loading',
    stale: !ready && shown.asked !== '',
    more: !tail || answers[wanted.indexOf(last)]?.data?.next !== null,
    failure: failed?.error,
    show: (top, bottom) => {
      const [from, to] = [turn(top), turn(bottom)].sort((a, b) => a - b)
      if (from === undefined || to === undefined) return
      const near = { ...place, from: Math.max(from, 0), to: Math.max(to, 0) }
      if (String(wantedPages(near)) !== String(wanted)) setPlace(near)
    },
    end,
    jump: (to) => {
      if (to !== end) setPlace(begin(to))
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
  state: rows ? 'ready' : failure ? 'failed' : 'loading',
  ...{ stale: false, more: false, failure, end: 'first', retry },
  show: () => {},
  jump: () => {},
})

/** The pages on the screen and one on either side, as far as it is known where they begin. */
const wantedPages = ({ starts, from, to }: Place): number[] => {
  const first = Math.max(Math.floor(from / pageSize) - 1, 0)
  const last = Math.min(Math.floor(to / pageSize) + 1, starts.length - 1)
  return Array.from({ length: Math.max(last - first + 1, 1) }, (_, at) =>
    Math.min(first + at, starts.length - 1),
  ).filter((number, at, all) => all.indexOf(number) === at)
}

/** Where pages begin, by what those that have arrived say of the one after them. */
const follow = (
  starts: readonly string[],
  told: readonly (readonly [number, string | null | undefined])[],
): readonly string[] => {
  let result = starts
  for (const [number, next] of told) {
    if (next === undefined) continue
    if (next === null && result.length > number + 1) result = result.slice(0, number + 1)
    if (next !== null && result[number + 1] !== next)
      result = [...result.slice(0, number + 1), next, ...result.slice(number + 2)]
  }
  return result
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

const opposite = (sort: string) => (sort.startsWith('-') ? sort.slice(1) : `-${sort}`)
