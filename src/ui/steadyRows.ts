import { useRef } from 'react'
import type { RowSource } from '#platform/lists/window.ts'
import type { Row, TableProps } from './recordColumns.ts'

type Standing<R extends Row> = Pick<TableProps<R>, 'source' | 'between' | 'keyOf'>

/**
 * Rows that stand still while somebody works in them: what changed shows at its place, and the list
 * takes on its new order when they leave. Otherwise a value that is saved would send its row away.
 */
export const useSteady = <R extends Row>(
  { source, between, keyOf }: Standing<R>,
  held: boolean,
): Standing<R> => {
  const places = useRef<ReadonlyMap<number, R>>(new Map())
  const groups = useRef<Standing<R>>({ source })
  if (!held) {
    if (places.current.size > 0) places.current = new Map()
    groups.current = { source, ...(between && { between }), ...(keyOf && { keyOf }) }
    return groups.current
  }
  const fresh = new Map(source.rows.map((row) => [row.id, row]))
  const kept = new Map([...places.current].map(([place, row]) => [place, fresh.get(row.id) ?? row]))
  const known = new Set([...kept.values()].map(({ id }) => id))
  for (const [place, row] of source.placed)
    if (!kept.has(place) && !known.has(row.id)) kept.set(place, row)
  places.current = kept
  const at = (place: number) => {
    const row = kept.get(place) ?? source.at(place)
    return row && (kept.has(place) || !known.has(row.id)) ? row : undefined
  }
  const { source: stood, ...heads } = groups.current
  // A row that somebody works in keeps its place also where the list has become shorter.
  const shown = heads.between ? stood.known : source.known
  const length = Math.max(shown, ...[...kept.keys()].map((place) => place + 1))
  return { source: { ...source, at, known: length }, ...heads }
}

// A page that came before the first one moves everything by its rows.
const farthest = 120

/** Where a row stands now that stood at this place before. */
export const nearby = <R extends Row>(source: RowSource<R>, was: number, id: string) => {
  for (let step = 1; step <= farthest; step += 1)
    for (const place of [was + step, was - step]) if (source.at(place)?.id === id) return place
  return undefined
}
