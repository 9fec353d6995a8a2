import { Button } from 'antd'
import { CalendarClock, ChevronDown } from 'lucide-react'
import { useDirectory } from '#ui/directory.tsx'
import { useLocale } from '#ui/locale.tsx'
import { sayDay } from '#ui/time.ts'
import { DueMenu } from './DueMenu.tsx'

/** The day of a task as a button that opens the usual days. */
export const DueButton = (props: { day: string; onPick: (day: string) => void; label: string }) => {
  const locale = useLocale()
  const { today } = useDirectory()
  return (
    <DueMenu label={props.label} value={props.day} onPick={props.onPick}>
      <Button icon={<CalendarClock />} className="due-button">
        {sayDay(props.day, today, locale)}
        <ChevronDown />
      </Button>
    </DueMenu>
  )
}
