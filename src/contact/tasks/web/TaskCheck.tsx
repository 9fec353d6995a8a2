import { Check } from 'lucide-react'
import { useMessages } from '#ui/locale.tsx'
import type { Task } from './look.tsx'
import { taskWords } from './messages.ts'

/** The ring that finishes a task with one press; ticked, it takes it up again. */
export const TaskCheck = ({ row, onPress }: { row: Task; onPress: () => void }) => {
  const w = useMessages(taskWords)
  const done = row.done_at !== null
  return (
    <button
      type="button"
      className="task-check"
      data-act="complete"
      aria-pressed={done}
      disabled={!row.can.edit}
      aria-label={done ? w.reopenIt(row.title) : w.completeIt(row.title)}
      title={done ? w.reopen : w.completeHint}
      onClick={onPress}
    >
      <Check />
    </button>
  )
}
