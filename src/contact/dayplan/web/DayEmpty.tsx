import { Button } from 'antd'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { Empty } from '#ui/Empty.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { sayCount } from '#ui/numbers.ts'
import type { Day } from './day.ts'
import { withoutNextHref } from './Greeting.tsx'
import { dayWords } from './messages.ts'

/** Nothing due: say what to do with the free time. */
export const DayEmpty = ({ day }: { day: Day }) => {
  const w = useMessages(dayWords)
  const locale = useLocale()
  const { go } = useTravel()
  const { may } = useDirectory()
  const plans = may('tasks.create')
  if (plans && day.without_next.count > 0)
    return (
      <Empty
        drawing="done"
        title={w.planTitle(sayCount(day.without_next, locale))}
        text={w.planText}
        action={<Button onClick={() => go(withoutNextHref)}>{w.plan}</Button>}
      />
    )
  if (day.counts.done_today > 0)
    return <Empty drawing="done" title={w.restTitle} text={w.restText} />
  return (
    <Empty
      drawing="done"
      title={w.firstTitle}
      text={plans ? w.firstText : w.readerText}
      action={<Button onClick={() => go('/customers')}>{w.toCustomers}</Button>}
    />
  )
}
