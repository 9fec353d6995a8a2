import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { useTravel } from './Anchor.tsx'
import { useDensity } from './density.ts'
import { useEditorSoon } from './InPlaceEditor.tsx'
import { ListFailure } from './ListFailure.tsx'
import { useNarrow } from './media.ts'
import { RecordCards } from './RecordCards.tsx'
import { RecordRow, SkeletonRow, toldOf } from './RecordRow.tsx'
import {
  type Between,
  type Grid,
  type Known,
  keyAt,
  leadWidth,
  type Picking,
  type Row,
  type RowActs,
  type RowLook,
  type TableProps,
  widthOf,
} from './recordColumns.ts'
import { useRowActs } from './rowActs.ts'
import { nearby, useSteady } from './steadyRows.ts'
import { TableFoot } from './TableFoot.tsx'
import { TableHead } from './TableHead.tsx'
import { useCursor, useCursorState, usePresence, useTableKeys } from './tableKeys.ts'
import { useOpenedRow } from './useOpenedRow.ts'
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
  const state = useCursorState(given, presence)
  const props = { ...given, ...useSteady(given, state.working) }
  const { source, picking } = props
  const cursor = useCursor(props, scroll, presence, state)
  const pinned = cursor.editing && cursor.place
  const body = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: source.known,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
    // The rows begin below the headings, which stay.
    scrollPaddingEnd: narrow ? 0 : headHeight,
    rangeExtractor: (range) => withPinned(range, pinned),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change height with the screen
  useEffect(() => body.measure(), [height])
  useShown(props, body)
  useAnchor(props, body, height)
  useEditorSoon(given.entity !== undefined && !narrow && source.state === 'ready')
  const { save, dialog } = useValueSave<R>(given.entity, (row, name, value) =>
    cursor.edit(row, name, { value }),
  )
  const open = (row: R) => {
    if (props.onOpen) props.onOpen(row)
    else go(props.hrefOf(row))
  }
  useTableKeys({ ...props, onOpen: open }, cursor, body, scroll, presence)
  useOpenedRow(props, cursor, body, scroll, presence)
  const at =
    (act: (row: R, column: string) => void) =>
    (place: number, column = '') => {
      const row = source.at(place)
      if (row) act(row, column)
    }
  const acts = useRowActs({
    open: at(open),
    rest: at((row) => props.onPrefetch?.(row)),
    pick: at((row) => picking?.pick([row], !picking.has(row.id))),
    pickAll: (on) => (on ? picking?.pick(source.rows, true) : picking?.clear()),
    set: cursor.set,
    edit: (place, column) => at((row) => cursor.edit(row, column, undefined, place))(place),
    save: (value) => {
      const { editing } = cursor
      if (editing) save(editing.row, editing.column, value)
    },
    leave: cursor.leave,
  })
  const look = useLook(props, acts)

  if (source.state === 'failed')
    return <ListFailure failure={source.failure} onRetry={source.retry} onClear={props.onClear} />
  if (source.state === 'ready' && source.known === 0 && !source.stale) return props.empty
  const grid = { ...props, compact, cursor, look, body }
  return (
    <div
      ref={scroll}
      className="table-scroll"
      data-stale={source.stale || undefined}
      aria-busy={source.state === 'loading' || source.stale}
      style={narrow ? {} : { scrollPaddingLeft: frozenEnd(props, look) }}
    >
      {narrow ? <RecordCards {...grid} /> : <Wide {...grid} />}
      {dialog}
    </div>
  )
}

const useLook = <R extends Row>(props: TableProps<R>, acts: RowActs): RowLook => {
  const { columns, fields, layout, entity } = props
  const lead = props.lead.field
  // A page makes its columns anew whenever a row arrives; what they come to stays.
  const arranged = JSON.stringify([columns, layout && [...layout.values()]])
  const held = useRef({ arranged: '', fields, known: noColumns, offsets: noOffsets })
  if (held.current.arranged !== arranged || held.current.fields !== fields)
    held.current = { arranged, fields, known: knownOf(props), offsets: offsetsOf(props) }
  const { known, offsets } = held.current
  return useMemo(
    () => ({ lead, known, offsets, entity, acts }),
    [lead, known, offsets, entity, acts],
  )
}

const noColumns: Known = []
const noOffsets: ReadonlyMap<string, number> = new Map()

const knownOf = <R extends Row>({ columns, fields }: TableProps<R>): Known =>
  columns.flatMap((name) => (fields[name] ? [{ name, field: fields[name] }] : []))

const Wide = <R extends Row>(grid: Grid<R> & { compact: boolean }) => {
  const { source, picking, body, compact, look, cursor } = grid
  const { known, offsets } = look
  const { editing } = cursor
  const items = body.getVirtualItems()
  const after = body.getTotalSize() - (items.at(-1)?.end ?? 0)
  const widthFor = (name: string, field: Field) => grid.layout?.get(name)?.width ?? widthOf(field)
  const width = known.reduce((sum, { name, field }) => sum + widthFor(name, field), leadWidth)
  // Frozen columns need a first one of a known width; the last one then takes what is left.
  const last = offsets.size > 0 ? known.at(-1)?.name : undefined
  const span = known.length + 1
  return (
    <table
      className="records"
      data-compact={compact || undefined}
      data-selecting={picking?.some || undefined}
      aria-label={grid.label}
      aria-rowcount={source.more ? -1 : source.known + 1}
      style={{ minWidth: width }}
    >
      <colgroup>
        <col style={{ width: offsets.size > 0 ? leadWidth : '32%' }} />
        {known.map(({ name, field }) => (
          <col key={name} style={name === last ? {} : { width: widthFor(name, field) }} />
        ))}
      </colgroup>
      <TableHead
        {...{ look, fields: grid.fields, sort: grid.sort, layout: grid.layout }}
        {...{ onSort: grid.onSort, onWidth: grid.onWidth }}
        picked={picking && pickedOf(picking, source.rows)}
      />
      <tbody>
        {source.state === 'loading' &&
          skeletons.map((place) => <SkeletonRow key={place} known={known} place={place} />)}
        {items.map(({ index, start }, at) => {
          const row = source.at(index)
          const gap = start - (items[at - 1]?.end ?? 0)
          const between = grid.between?.(index)
          return (
            <Fragment key={keyAt(grid, index)}>
              {gap > 0 && <Gap span={span} height={gap} />}
              {between ? (
                <BetweenRow {...between} span={span} place={index} />
              ) : row ? (
                <RecordRow
                  {...{ look, row }}
                  place={index}
                  told={toldOf(grid, known, row)}
                  here={index === cursor.place}
                  picked={picking?.has(row.id)}
                  opened={row.id === grid.openId}
                  editing={
                    index === cursor.place && editing?.row.id === row.id ? editing : undefined
                  }
                />
              ) : (
                <SkeletonRow known={known} place={index} />
              )}
            </Fragment>
          )
        })}
        {after > 0 && <Gap span={span} height={after} />}
      </tbody>
      <TableFoot source={source} span={span} foot={grid.foot} />
    </table>
  )
}

const pickedOf = (picking: Picking, rows: readonly Row[]) => {
  if (!picking.some) return 'none'
  return rows.length > 0 && rows.every(({ id }) => picking.has(id)) ? 'all' : 'some'
}

const BetweenRow = (props: Between & { span: number; place: number }) => (
  <tr className={props.heading ? 'group-head' : 'group-end'} aria-rowindex={props.place + 2}>
    {props.heading ? (
      <th colSpan={props.span} scope="rowgroup">
        {props.of}
      </th>
    ) : (
      <td colSpan={props.span}>{props.of}</td>
    )}
  </tr>
)

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

/** Up to here a row is covered by what is frozen. */
const frozenEnd = <R extends Row>({ fields, layout }: TableProps<R>, { offsets }: RowLook) => {
  const ends = [...offsets].map(([name, left]) => {
    const field = fields[name]
    return left + (layout?.get(name)?.width ?? (field ? widthOf(field) : 0))
  })
  return Math.max(leadWidth, ...ends)
}

// As `.records th` has it.
const headHeight = 36
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
