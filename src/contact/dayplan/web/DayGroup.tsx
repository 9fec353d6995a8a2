import { Anchor } from '#ui/Anchor.tsx'
import { useMessages } from '#ui/locale.tsx'
import { DayLine } from './DayLine.tsx'
import type { DayRow } from './day.ts'
import { dayWords } from './messages.ts'

type Props = {
  label: string
  date?: string
  rows: readonly DayRow[]
  count: number
  /** As many found no room. */
  more: number
  gone: (id: string) => boolean
  hold: (id: string, on: boolean) => void
}

/** Overdue, today or this week: its rows in order, and a way to those that found no room. */
export const DayGroup = ({ label, date, rows, count, more, gone, hold }: Props) => {
  const w = useMessages(dayWords)
  if (rows.length === 0) return null
  return (
    <section className="day-group">
      <h2>
        {label}
        <span className="page-count">{count}</span>
        {date && <span className="day-date">{date}</span>}
      </h2>
      <ul>
        {rows.map((row) => (
          <DayLine key={row.id} row={row} gone={gone(row.id)} hold={hold} />
        ))}
      </ul>
      {more > 0 && (
        <p className="day-more">
          <Anchor href="/tasks">{w.moreRows(more)}</Anchor>
        </p>
      )}
    </section>
  )
}
