import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useLayoutEffect, useRef } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { useTravel } from './Anchor.tsx'
import { useDensity } from './density.ts'
import { useEditorSoon } from './InPlaceEditor.tsx'
import { ListFailure } from './ListFailure.tsx'
import { useNarrow } from './media.ts'
import { RecordCards } from './RecordCards.tsx'
import { RecordRow, SkeletonRow } from './RecordRow.tsx'
import { type Grid, leadWidth, type Row, type TableProps, widthOf } from './recordColumns.ts'
import { nearby, useSteady } from './steadyRows.ts'
import { TableFoot } from './TableFoot.tsx'
import { TableHead } from './TableHead.tsx'
import { useCursor, useCursorState, usePresence, useTableKeys } from './tableKeys.ts'
import { useValueSave } from './useValueSave.tsx'

/** A list of records: a table on a wide screen, two-line rows on a phone, the same keys on both. */
export const RecordTable = <R extends Row>(given: TableProps<R>) => {
  const density = useDensity()
  const compact = given.compact ?? density === 'compact'
  const scroll = useRef<HTMLDivElement>(null)
  const narrow = useNarrow()
  const height = narrow ? 64 : compact ? 32 : 40
  const { go } = useTravel()
  const presence = usePresence(scroll)
  const state = useCursorState(given)
  const source = useSteady(given.source, state.working)
  const props = { ...given, source }
  const cursor = useCursor(props, scroll, presence, state)
  const pinned = cursor.editing && cursor.place
  const body = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: source.known,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
    rangeExtractor: (range) => withPinned(range, pinned),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change height with the screen
  useEffect(() => body.measure(), [height])
  useShown(props, body)
  useAnchor(props, body, height)
  useTableKeys(props, cursor, body, scroll, presence)
  useEditorSoon(given.entity !== undefined && !narrow && source.state === 'ready')
  const { save, dialog } = useValueSave<R>(given.entity, (row, name, value) =>
    cursor.edit(row, name, { value }),
  )

  if (source.state === 'failed')
    return <ListFailure failure={source.failure} onRetry={source.retry} onClear={props.onClear} />
  if (source.state === 'ready' && source.known === 0 && !source.stale) return props.empty
  const open = (row: R) => {
    if (props.onOpen) props.onOpen(row)
    else go(props.hrefOf(row))
  }
  const offsets = offsetsOf(props)
  const grid = { ...props, compact, cursor, open, offsets, body }
  return (
    <div
      ref={scroll}
      className="table-scroll"
      data-stale={source.stale || undefined}
      aria-busy={source.state === 'loading' || source.stale}
    >
      {narrow ? <RecordCards {...grid} /> : <Wide {...grid} onSave={save} />}
      {dialog}
    </div>
  )
}

type WideProps<R extends Row> = Grid<R> & {
  onSave: (row: R, column: string, value: unknown) => void
}

const Wide = <R extends Row>(grid: WideProps<R>) => {
  const { fields, columns, source, selected, body, compact } = grid
  const items = body.getVirtualItems()
  const after = body.getTotalSize() - (items.at(-1)?.end ?? 0)
  const known = columns.flatMap((name) => (fields[name] ? [{ name, field: fields[name] }] : []))
  const widthFor = (name: string, field: Field) => grid.layout?.get(name)?.width ?? widthOf(field)
  const width = known.reduce((sum, { name, field }) => sum + widthFor(name, field), leadWidth)
  // Frozen columns need a first one of a known width; the last one then takes what is left.
  const last = grid.offsets.size > 0 ? known.at(-1)?.name : undefined
  const span = known.length + 1
  return (
    <table
      className="records"
      data-compact={compact || undefined}
      data-selecting={(selected && selected.size > 0) || undefined}
      aria-label={grid.label}
      aria-rowcount={source.more ? -1 : source.known + 1}
      style={{ minWidth: width }}
    >
      <colgroup>
        <col style={{ width: grid.offsets.size > 0 ? leadWidth : '32%' }} />
        {known.map(({ name, field }) => (
          <col key={name} style={name === last ? {} : { width: widthFor(name, field) }} />
        ))}
      </colgroup>
      <TableHead {...grid} known={known} />
      <tbody>
        {source.state === 'loading' &&
          skeletons.map((place) => (
            <SkeletonRow key={place} {...grid} known={known} place={place} />
          ))}
        {items.map(({ index, start }, at) => {
          const row = source.at(index)
          const gap = start - (items[at - 1]?.end ?? 0)
          return (
            <Fragment key={row?.id ?? -index}>
              {gap > 0 && <Gap span={span} height={gap} />}
              {row ? (
                <RecordRow {...grid} known={known} row={row} place={index} />
              ) : (
                <SkeletonRow {...grid} known={known} place={index} />
              )}
            </Fragment>
          )
        })}
        {after > 0 && <Gap span={span} height={after} />}
      </tbody>
      <TableFoot source={source} span={span} />
    </table>
  )
}

/** Frozen columns stand one after the other behind the first. */
const offsetsOf = <R extends Row>({ columns, fields, layout }: TableProps<R>) => {
  let left = leadWidth
  return new Map(
    columns.flatMap((name) => {
      const field = fields[name]
      const chosen = layout?.get(name)
      if (!field || !chosen?.frozen) return []
      const here = left
      left += chosen.width ?? widthOf(field)
      return [[name, here] as const]
    }),
  )
}

const skeletons = Array.from({ length: 14 }, (_, place) => place)

const Gap = ({ span, height }: { span: number; height: number }) => (
  <tr>
    <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
  </tr>
)

/** The row in which a value is being changed stays, wherever the list is scrolled to. */
const withPinned = (range: Range, pinned: number | undefined) => {
  const drawn = defaultRangeExtractor(range)
  if (pinned === undefined || drawn.includes(pinned)) return drawn
  return [...drawn, pinned].sort((a, b) => a - b)
}

const useShown = <R extends Row>({ source }: TableProps<R>, body: Grid<R>['body']) => {
  const { startIndex = 0, endIndex = 0 } = body.range ?? {}
  const show = useRef(source.show)
  show.current = source.show
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival of rows asks anew
  useEffect(() => show.current(startIndex, endIndex), [startIndex, endIndex, source.known])
}

// So many rows of the screen are tried; who reads has one of them before their eyes.
const anchors = 8

/**
 * Rows that come or go above leave what is being read where it is: the first row on the screen that is
 * still there stays. A place that was chosen meanwhile, and not come to yet, wins.
 */
const useAnchor = <R extends Row>(
  { source }: TableProps<R>,
  body: Grid<R>['body'],
  height: number,
) => {
  const before = useRef(source.at)
  useLayoutEffect(() => {
    const was = before.current
    before.current = source.at
    const offset = body.scrollOffset ?? 0
    const top = Math.floor(offset / height)
    if (offset <= height || was(top)?.id === source.at(top)?.id) return
    // Only now: to ask where the browser is makes it lay everything out.
    const underway = Math.abs((body.scrollElement?.scrollTop ?? 0) - offset) > 1
    if (underway) return
    for (let place = top; place < top + anchors; place += 1) {
      const id = was(place)?.id
      if (id === undefined) continue
      const now = source.at(place)?.id === id ? place : nearby(source, place, id)
      if (now === undefined) continue
      if (now !== place) body.scrollToOffset(offset + (now - place) * height)
      return
    }
  })
}
