import { Check } from 'lucide-react'
import { useMessages } from '#ui/locale.tsx'
import type { Task } from './look.tsx'
import { nextWords } from './nextMessages.ts'

/** The ring that finishes a task with one press. */
export const TaskCheck = ({ row, onComplete }: { row: Task; onComplete: () => void }) => {
  const w = useMessages(nextWords)
  return (
    <button
      type="button"
      className="task-check"
      disabled={!row.can.edit}
      aria-label={w.complete(row.title)}
      title={w.completeHint}
      onClick={onComplete}
    >
      <Check />
    </button>
  )
}
