import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { useTravel } from './Anchor.tsx'
import { useDensity } from './density.ts'
import { Failure } from './Failure.tsx'
import { useNarrow } from './narrow.ts'
import { RecordCards } from './RecordCards.tsx'
import { RecordRow, SkeletonRow } from './RecordRow.tsx'
import {
  type Grid,
  leadWidth,
  type Row,
  type TableProps,
  toggled,
  widthOf,
} from './recordColumns.ts'
import { usePageKeys } from './rowKeys.ts'
import { TableFoot } from './TableFoot.tsx'
import { TableHead } from './TableHead.tsx'

// Rows left below the last one drawn when the next page is asked for: about one screen.
const ahead = 20

/** A list of records: a table on a wide screen, two-line rows on a phone, the same keys on both. */
export const RecordTable = <R extends Row>(props: TableProps<R>) => {
  const { source } = props
  const density = useDensity()
  const compact = props.compact ?? density === 'compact'
  const scroll = useRef<HTMLDivElement>(null)
  const narrow = useNarrow()
  const height = narrow ? 64 : compact ? 32 : 40
  const body = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: source.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change height with the screen
  useEffect(() => body.measure(), [height])
  useMore(props, body)
  const { active, setActive, open } = useRows(props, body, scroll)

  if (source.state === 'failed') return <Failure failure={source.failure} onRetry={source.retry} />
  if (source.state === 'ready' && source.rows.length === 0 && !source.stale) return props.empty
  const offsets = offsetsOf(props)
  const grid = { ...props, compact, active, setActive, open, offsets, body }
  return (
    <div
      ref={scroll}
      className="table-scroll"
      data-stale={source.stale || undefined}
      aria-busy={source.state === 'loading' || source.stale}
    >
      {narrow ? <RecordCards {...grid} /> : <Wide {...grid} />}
    </div>
  )
}

const Wide = <R extends Row>(grid: Grid<R>) => {
  const { fields, columns, source, selected, body, compact } = grid
  const items = body.getVirtualItems()
  const before = items[0]?.start ?? 0
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
      aria-rowcount={source.more ? -1 : source.rows.length + 1}
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
        {before > 0 && <Gap span={span} height={before} />}
        {source.state === 'loading' &&
          skeletons.map((place) => (
            <SkeletonRow key={place} {...grid} known={known} place={place} />
          ))}
        {items.map(({ index }) => {
          const row = source.rows[index]
          return row && <RecordRow key={row.id} {...grid} known={known} row={row} place={index} />
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

const useMore = <R extends Row>({ source }: TableProps<R>, body: Grid<R>['body']) => {
  const last = body.getVirtualItems().at(-1)?.index ?? -1
  const wanted = source.more && last >= source.rows.length - ahead
  const load = useRef(source.loadMore)
  load.current = source.loadMore
  // biome-ignore lint/correctness/useExhaustiveDependencies: each arrival of rows asks anew
  useEffect(() => {
    if (wanted) load.current()
  }, [wanted, source.rows.length])
}

const useRows = <R extends Row>(
  props: TableProps<R>,
  body: Grid<R>['body'],
  scroll: RefObject<HTMLDivElement | null>,
) => {
  const { rows } = props.source
  const { go } = useTravel()
  const [active, setActive] = useState(0)
  const open = (row: R) => {
    setActive(rows.indexOf(row))
    if (props.onOpen) props.onOpen(row)
    else go(props.hrefOf(row))
  }
  const move = (step: number) => {
    const here = scroll.current?.contains(document.activeElement)
    const place = Math.min(Math.max(here ? active + step : active, 0), rows.length - 1)
    const row = rows[place]
    if (!row) return
    setActive(place)
    body.scrollToIndex(place)
    // The row may have to be drawn before it can hold the focus.
    requestAnimationFrame(() =>
      scroll.current
        ?.querySelector<HTMLElement>(`[data-row="${row.id}"] .row-link`)
        ?.focus({ preventScroll: true }),
    )
  }
  const inTable = (event: KeyboardEvent, step: number) => {
    if (!scroll.current?.contains(document.activeElement)) return
    event.preventDefault()
    move(step)
  }
  usePageKeys(
    [
      ['j', () => move(1)],
      ['k', () => move(-1)],
      ['ArrowDown', (event) => inTable(event, 1)],
      ['ArrowUp', (event) => inTable(event, -1)],
      [
        'x',
        () => {
          const row = rows[active]
          if (row && props.selected) props.onSelect?.(toggled(props.selected, row.id))
        },
      ],
    ],
    !props.openId,
  )
  return { active: Math.min(active, Math.max(rows.length - 1, 0)), setActive, open }
}
