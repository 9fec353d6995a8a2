import { Anchor } from '#ui/Anchor.tsx'
import { useClock, useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { sayCount } from '#ui/numbers.ts'
import { Parts } from '#ui/Parts.tsx'
import { fullDay } from '#ui/time.ts'
import { withoutNext } from '../rules.ts'
import type { Day } from './day.ts'
import { dayWords } from './messages.ts'

export const withoutNextHref = `/customers?filter=${encodeURIComponent(JSON.stringify(withoutNext))}`

/** How the day stands, in one sentence; below it what is done and what has no plan. */
export const Greeting = ({ day }: { day: Day }) => {
  const w = useMessages(dayWords)
  const { me, today } = useDirectory()
  const { locale } = useClock()
  const { counts, without_next } = day
  return (
    <header className="day-head">
      <h1>
        {useHello()(me.name)}
        <Standing counts={counts} />
      </h1>
      <Parts
        className="quiet"
        of={[
          fullDay(today, locale).replace(/^\d+年/, ''),
          counts.done_today > 0 && w.done(counts.done_today),
          without_next.count > 0 && (
            <Anchor href={withoutNextHref}>{w.without(sayCount(without_next, locale))}</Anchor>
          ),
        ]}
      />
    </header>
  )
}

const Standing = ({ counts }: { counts: Day['counts'] }) => {
  const w = useMessages(dayWords)
  const { overdue, today, week } = counts
  if (today > 0)
    return (
      <>
        {w.dueToday(today)}
        {overdue > 0 && w.and}
        {overdue > 0 && <span className="late">{w.late(overdue)}</span>}
        {w.stop}
      </>
    )
  if (overdue > 0)
    return (
      <>
        <span className="late">{w.onlyLate(overdue)}</span>
        {w.stop}
      </>
    )
  return (
    <>
      {week > 0 ? w.onlyWeek(week) : counts.done_today > 0 ? w.allDone : w.nothing}
      {w.stop}
    </>
  )
}

/** By the clock of the firm, as people there say it. */
const useHello = () => {
  const w = useMessages(dayWords)
  const { timeZone, now } = useClock()
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(now))
  if (hour >= 5 && hour < 11) return w.early
  if (hour >= 11 && hour < 13) return w.noon
  if (hour >= 13 && hour < 18) return w.afternoon
  return w.evening
}
