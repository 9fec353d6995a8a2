import { HOME } from '#platform/database/ctx.ts'
import type { Presented } from '#platform/records/present.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { fullDay, sayDay, sayDue } from '#ui/time.ts'
import type { task } from '../fields.ts'
import { taskWords } from './messages.ts'
import './tasks.css'

export type Task = Presented<typeof task> & { customer_name?: string | undefined }

export const isInside = ({ customer_id }: Pick<Task, 'customer_id'>) => customer_id === HOME
export const customerHref = ({ customer_id }: Pick<Task, 'customer_id'>) =>
  `/customers/${customer_id}`

/** Important above, urgent at the left, as on the square that everybody has drawn once; neither leaves no mark. */
export const Quadrant = ({ row }: { row: Pick<Task, 'important' | 'urgent'> }) => {
  const w = useMessages(taskWords)
  const { important, urgent } = row
  if (!important && !urgent) return null
  const word = important && urgent ? w.both : important ? w.important : w.urgent
  return (
    <span className="quadrant" title={word}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d="M.5.5h11v11H.5zM6 .5v11M.5 6h11" />
        <rect x={urgent ? 0.5 : 6} y={important ? 0.5 : 6} width="5.5" height="5.5" />
      </svg>
      <span className="quadrant-word">{word}</span>
    </span>
  )
}

/** When it is due, late in cinnabar, today in amber; of what is done only the day. */
export const Due = ({ row }: { row: Pick<Task, 'due_on' | 'done_at'> }) => {
  const locale = useLocale()
  const { today } = useDirectory()
  const { due_on, done_at } = row
  // Nothing for whoever may not know the day.
  if (!due_on) return null
  const tone = done_at ? 'quiet' : due_on < today ? 'late' : due_on === today ? 'soon' : undefined
  return (
    <time className={tone} dateTime={due_on} title={fullDay(due_on, locale)}>
      {done_at ? sayDay(due_on, today, locale) : sayDue(due_on, today, locale)}
    </time>
  )
}
