import { useCallback, useEffect, useRef, useState } from 'react'
import type { Day, DayRow } from './day.ts'

const parts = ['overdue', 'today', 'week'] as const
type Shown<R> = Record<(typeof parts)[number], readonly R[]>

/**
 * Rows that somebody types in stay where they are until that is kept or given up, also when the day goes
 * on without them; `gone` tells which those are.
 */
export const useHeldRows = (day: Day) => {
  const [typed, setTyped] = useState<ReadonlySet<string>>(new Set())
  const before = useRef<Shown<DayRow>>(day)
  const shown = holdRows(before.current, day, typed)
  useEffect(() => {
    before.current = shown
  })
  const hold = useCallback((id: string, on: boolean) => {
    setTyped((held) => {
      if (held.has(id) === on) return held
      return new Set([...[...held].filter((each) => each !== id), ...(on ? [id] : [])])
    })
  }, [])
  const present = new Set(parts.flatMap((part) => day[part].map(({ id }) => id)))
  return { shown, hold, gone: (id: string) => !present.has(id) }
}

/** The day as it is now, but for the rows that are held: they keep the place they had before. */
export const holdRows = <R extends { id: string }>(
  before: Shown<R>,
  now: Shown<R>,
  held: ReadonlySet<string>,
) => {
  const fresh = new Map(parts.flatMap((part) => now[part].map((row) => [row.id, row] as const)))
  const stood = new Set(
    parts.flatMap((part) => before[part].flatMap(({ id }) => (held.has(id) ? [id] : []))),
  )
  const within = (part: (typeof parts)[number]) => {
    const rows = now[part].filter(({ id }) => !stood.has(id))
    for (const [place, row] of before[part].entries())
      if (stood.has(row.id)) rows.splice(place, 0, fresh.get(row.id) ?? row)
    return rows
  }
  return { overdue: within('overdue'), today: within('today'), week: within('week') }
}
