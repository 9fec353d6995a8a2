import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { monthLeaves, nextMonth } from '#platform/lists/groupSource.ts'
import { useList } from '#platform/lists/source.ts'
import { isPlainClick, useTravel } from './Anchor.tsx'
import { useClock, useDirectory } from './directory.tsx'
import { ListFailure } from './ListFailure.tsx'
import type { ShapeProps } from './ListShape.tsx'
import { listWords } from './listWords.ts'
import { useLocale, useMessages } from './locale.tsx'
import { type Row, valueIn } from './recordColumns.ts'
import { fullDay } from './time.ts'

// What a day of the grid holds before the rest is counted.
const perDay = 4
// As many as the server gives at once.
const most = 200

/** A list as a month: each row on its day. */
export const Calendar = <R extends Row>(props: ShapeProps<R>) => {
  const { view, by } = props
  const w = useMessages(listWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const [month, setMonth] = useState(today.slice(0, 7))
  const all = [...(view.query.filter ? [view.query.filter] : []), ...monthLeaves(by, month)]
  const source = useList<R>(`/${view.entity.plural}`, { ...view.query, filter: { all } }, most)
  const dayOf = useDayOf()
  if (source.state === 'failed')
    return <ListFailure failure={source.failure} onRetry={source.retry} onClear={props.onClear} />
  const [year = '', number = ''] = month.split('-')
  return (
    <section className="calendar" aria-label={props.label}>
      <header>
        <Step word={w.previousMonth} onPress={() => setMonth(nextMonth(month, -1))}>
          <ChevronLeft />
        </Step>
        <h2 aria-live="polite">{w.month(year, String(Number(number)))}</h2>
        <Step word={w.nextMonth} onPress={() => setMonth(nextMonth(month))}>
          <ChevronRight />
        </Step>
        <button type="button" className="chip-add" onClick={() => setMonth(today.slice(0, 7))}>
          {w.thisMonth}
        </button>
        {source.more && <span className="quiet">{w.tooMany}</span>}
      </header>
      <ol className="calendar-days">
        {daysOf(month).map((day) => (
          <li
            key={day}
            data-outside={!day.startsWith(month) || undefined}
            data-today={day === today || undefined}
          >
            <time dateTime={day} title={fullDay(day, locale)}>
              {Number(day.slice(8))}
            </time>
            <Day {...props} rows={source.rows.filter((row) => dayOf(valueIn(row, by)) === day)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The day of a date or of an instant, in the organisation's time zone. */
const useDayOf = () => {
  const { timeZone } = useClock()
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone })
  return (value: unknown) => {
    if (typeof value !== 'string') return undefined
    return value.length === 10 ? value : format.format(new Date(value))
  }
}

/** Whole weeks from Monday on. */
const daysOf = (month: string): readonly string[] => {
  const first = Date.parse(`${month}-01T00:00:00Z`)
  const last = Date.parse(`${nextMonth(month)}-01T00:00:00Z`)
  const before = (new Date(first).getUTCDay() + 6) % 7
  const weeks = Math.ceil((before + (last - first) / day) / 7)
  return Array.from({ length: weeks * 7 }, (_, at) =>
    new Date(first + (at - before) * day).toISOString().slice(0, 10),
  )
}
const day = 86_400_000

const Day = <R extends Row>(props: ShapeProps<R> & { rows: readonly R[] }) => {
  const { rows, lead } = props
  const w = useMessages(listWords)
  const { go } = useTravel()
  const [open, setOpen] = useState(false)
  const shown = open ? rows : rows.slice(0, perDay)
  return (
    <>
      {shown.map((row) => (
        <a
          key={row.id}
          href={props.hrefOf(row)}
          title={lead.name(row)}
          onClick={(event) => {
            if (!isPlainClick(event)) return
            event.preventDefault()
            if (props.onOpen) props.onOpen(row)
            else go(props.hrefOf(row))
          }}
        >
          {lead.name(row)}
        </a>
      ))}
      {shown.length < rows.length && (
        <button type="button" className="quiet" onClick={() => setOpen(true)}>
          {w.moreOnDay(rows.length - shown.length)}
        </button>
      )}
    </>
  )
}

const Step = (props: { word: string; onPress: () => void; children: ReactNode }) => (
  <button
    type="button"
    className="icon-button"
    aria-label={props.word}
    title={props.word}
    onClick={props.onPress}
  >
    {props.children}
  </button>
)
