import { Button } from 'antd'
import { useTravel } from '#ui/Anchor.tsx'
import { Empty } from '#ui/Empty.tsx'
import { useMessages } from '#ui/locale.tsx'
import type { Day } from './day.ts'
import { withoutNextHref } from './Greeting.tsx'
import { dayWords } from './messages.ts'

/** Nothing due: say what to do with the free time. */
export const DayEmpty = ({ day }: { day: Day }) => {
  const w = useMessages(dayWords)
  const { go } = useTravel()
  if (day.without_next > 0)
    return (
      <Empty
        drawing="done"
        title={w.emptyTitle}
        text={w.emptyNext(day.without_next)}
        action={<Button onClick={() => go(withoutNextHref)}>{w.plan}</Button>}
      />
    )
  return (
    <Empty
      drawing="done"
      title={w.emptyTitle}
      text={day.counts.done_today > 0 ? w.emptyRest : w.emptyFirst}
    />
  )
}
