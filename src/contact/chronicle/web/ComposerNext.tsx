import { CornerDownRight } from 'lucide-react'
import { DayPicks } from '#ui/DayPicks.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { addDays } from '#ui/time.ts'
import { chronicleWords } from './messages.ts'
import type { Draft } from './useDraft.ts'

/** What was agreed to come next; a day alone means getting in touch again. */
export const ComposerNext = (props: {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
}) => {
  const w = useMessages(chronicleWords)
  const { today } = useDirectory()
  const { next, day } = props.draft
  const implied = next.trim() !== '' ? addDays(today, 1) : null
  return (
    <div className="composer-next">
      <CornerDownRight />
      <input
        type="text"
        value={next}
        maxLength={200}
        placeholder={day === null ? w.nextHint : w.nextUsual}
        aria-label={w.next}
        onChange={(event) => props.onChange({ next: event.target.value })}
      />
      <DayPicks
        label={w.day}
        value={day ?? implied}
        onChange={(chosen) => props.onChange({ day: chosen })}
      />
    </div>
  )
}
