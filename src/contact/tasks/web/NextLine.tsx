import type { Customer } from '#customers/customers/slots.ts'
import { Due } from './look.tsx'
import { TaskCheck } from './TaskCheck.tsx'
import { useOpenTasks } from './useOpenTasks.ts'

/** The most pressing step on one line, where the column of steps is out of sight. */
export const NextLine = ({ record }: { record: Customer }) => {
  const { source, complete } = useOpenTasks(record.id)
  const [first] = source.rows
  if (!first) return null
  return (
    <div className="record-line">
      <TaskCheck row={first} onPress={() => void complete(first)} />
      <span className="record-line-words">{first.title}</span>
      {source.rows.length > 1 && <span className="quiet figure">+{source.rows.length - 1}</span>}
      <Due row={first} />
    </div>
  )
}
