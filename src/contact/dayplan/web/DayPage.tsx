import { type ReactNode, useRef } from 'react'
import { useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { fullDay } from '#ui/time.ts'
import { DayEmpty } from './DayEmpty.tsx'
import { DayGroup } from './DayGroup.tsx'
import { type Day, useDay } from './day.ts'
import { Greeting } from './Greeting.tsx'
import { useHeldRows } from './held.ts'
import { Invitations } from './Invitations.tsx'
import { dayWords } from './messages.ts'
import { QuickAdd } from './QuickAdd.tsx'
import { useDayKeys } from './useDayKeys.ts'
import './day.css'

/** A morning briefing: how the day stands in one sentence, then what to do, in order. */
export const DayPage = () => {
  const { data, error, refetch } = useDay()
  usePageTitle(useMessages(dayWords).day)
  if (data) return <Briefing day={data} />
  if (error) return <Failure failure={error} onRetry={() => refetch()} />
  return (
    <Paper>
      <SkeletonText lines={10} />
    </Paper>
  )
}

const Paper = ({ children }: { children: ReactNode }) => <div className="day">{children}</div>

const Briefing = ({ day }: { day: Day }) => {
  const w = useMessages(dayWords)
  const locale = useLocale()
  const { today, may } = useDirectory()
  const list = useRef<HTMLDivElement>(null)
  useDayKeys(list)
  const { counts } = day
  const { shown, ...held } = useHeldRows(day)
  const empty = shown.overdue.length + shown.today.length + shown.week.length === 0
  const group = (part: keyof typeof shown) => ({
    rows: shown[part],
    count: counts[part],
    more: counts[part] - day[part].length,
    ...held,
  })
  return (
    <Paper>
      <Greeting day={day} />
      {may('tasks.create') && <QuickAdd />}
      <Invitations rows={day.invitations} />
      {empty ? (
        <DayEmpty day={day} />
      ) : (
        <div ref={list}>
          <DayGroup label={w.overdue} {...group('overdue')} />
          <DayGroup
            label={w.today}
            date={fullDay(today, locale).replace(/^\d+年/, '')}
            {...group('today')}
          />
          <DayGroup label={w.week} {...group('week')} />
        </div>
      )}
      {!empty && <Keys />}
    </Paper>
  )
}

const Keys = () => {
  const w = useMessages(dayWords)
  const keys = [
    ['J K', w.keyMove],
    ['↵', w.keyOpen],
    ['X', w.keyDone],
    ['N', w.keyNote],
    ['D', w.keyMoveDay],
    ['A', w.keyAdd],
  ] as const
  return (
    <p className="day-keys">
      {keys.map(([key, word]) => (
        <span key={key}>
          <kbd>{key}</kbd> {word}
        </span>
      ))}
    </p>
  )
}
