import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { Failure } from '#ui/Failure.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { Radios } from '#ui/Radios.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { importWords } from './messages.ts'
import { type RowProblem, sayProblem } from './sayings.ts'
import { importKey } from './useImport.ts'

type Level = 'all' | RowProblem['level']

// One line of 13/20 with its air; a long reason wraps and is measured.
const lineHeight = 36

/** Every problem as row, column and reason, in the order of the file, however many there are. */
export const Problems = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const [level, setLevel] = useState<Level>(item.counts.failed > 0 ? 'error' : 'all')
  const answer = useProblems(item, level)
  const rows = answer.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <span className="unseen" id="problem-level-label">
        {w.problems}
      </span>
      <Radios
        id="problem-level"
        value={level}
        onChange={setLevel}
        choices={[
          { value: 'error', label: w.errors },
          { value: 'warning', label: w.warnings },
          { value: 'all', label: w.all },
        ]}
      />
      {answer.error && !answer.data && (
        <Failure failure={answer.error} onRetry={() => answer.refetch()} />
      )}
      {answer.isPending && <SkeletonText lines={6} />}
      {answer.data && rows.length === 0 && <p className="quiet problems-none">{w.noProblems}</p>}
      {rows.length > 0 && (
        <Lines
          rows={rows}
          onEnd={() => {
            if (answer.hasNextPage && !answer.isFetchingNextPage) void answer.fetchNextPage()
          }}
        />
      )}
    </>
  )
}

export const useProblems = ({ id, version }: ImportAnswer, level: Level) =>
  useInfiniteQuery({
    queryKey: [...importKey(id), 'problems', version, level],
    queryFn: ({ pageParam, signal }) =>
      call<{ items: RowProblem[]; next: string | null }>('GET', `/imports/${id}/problems`, {
        query: { after: pageParam, level: level === 'all' ? undefined : level },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

const Lines = ({ rows, onEnd }: { rows: readonly RowProblem[]; onEnd: () => void }) => {
  const w = useMessages(importWords)
  const locale = useLocale()
  const scroll = useRef<HTMLElement>(null)
  const body = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  })
  const items = body.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const reached = last >= rows.length - 20
  const latest = useRef(onEnd)
  latest.current = onEnd
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival of rows asks anew
  useEffect(() => {
    if (reached) latest.current()
  }, [reached, rows.length])
  return (
    <div className="problems">
      <div className="problem problem-head" aria-hidden="true">
        <span>{w.row}</span>
        <span>{w.column}</span>
        <span>{w.reason}</span>
        <span>{w.value}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box needs the keyboard */}
      <section className="problems-scroll" ref={scroll} tabIndex={0} aria-label={w.problems}>
        <ul style={{ height: body.getTotalSize() }}>
          {items.map(({ index, start, key }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <li
                key={key}
                ref={body.measureElement}
                data-index={index}
                className="problem"
                style={{ transform: `translateY(${start}px)` }}
              >
                <span className="figure">{row.row}</span>
                <span>{row.column ?? '—'}</span>
                <span data-level={row.level}>
                  <span className="unseen">{row.level === 'error' ? w.errors : w.warnings}</span>
                  {sayProblem(locale, row)}
                </span>
                <span className="quiet problem-value">{row.value}</span>
              </li>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
