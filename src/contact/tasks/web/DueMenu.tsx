import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useDirectory } from '#ui/directory.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { addDays, fullDay } from '#ui/time.ts'
import { taskWords } from './messages.ts'

const PickDay = lazy(() => import('./PickDay.tsx').then((module) => ({ default: module.PickDay })))

/** The days one puts things off to, and any other; `value` is the day it has now. */
export const DueMenu = (props: {
  label: string
  value: string
  onPick: (day: string) => void
  children: ReactElement
}) => {
  const w = useMessages(taskWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const [choosing, setChoosing] = useState(false)
  const picks = [
    { day: today, label: w.today },
    { day: addDays(today, 1), label: w.tomorrow },
    { day: addDays(today, 2), label: w.afterTomorrow },
    { day: nextMonday(today), label: w.nextMonday },
    { day: addDays(today, 7), label: w.inWeek },
    { day: addDays(today, 30), label: w.inMonth },
  ]
  const items = picks
    .filter(({ day }, place) => picks.findIndex((each) => each.day === day) === place)
    .map(({ day, label }) => ({
      key: day,
      label,
      hint: fullDay(day, locale).replace(/^\d+年/, ''),
      checked: day === props.value,
      run: () => {
        if (day !== props.value) props.onPick(day)
      },
    }))
  return (
    <>
      <Menu
        label={props.label}
        items={[
          ...items,
          'line',
          { key: 'other', label: w.otherDay, run: () => setChoosing(true) },
        ]}
      >
        {props.children}
      </Menu>
      <Suspense>
        {choosing && (
          <PickDay value={props.value} onPick={props.onPick} onClose={() => setChoosing(false)} />
        )}
      </Suspense>
    </>
  )
}

/** The Monday after today. */
const nextMonday = (today: string) => {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay()
  return addDays(today, (8 - weekday) % 7 || 7)
}
