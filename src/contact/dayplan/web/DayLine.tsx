import { CalendarClock, Ellipsis, Pencil, PencilLine, Phone } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Anchor } from '#ui/Anchor.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { useNarrow } from '#ui/media.ts'
import { Parts } from '#ui/Parts.tsx'
import { fullDay, sayDay } from '#ui/time.ts'
import { task } from '../../tasks/fields.ts'
import { DueMenu } from '../../tasks/web/DueMenu.tsx'
import { customerHref, isInside, Quadrant } from '../../tasks/web/look.tsx'
import { TaskCheck } from '../../tasks/web/TaskCheck.tsx'
import { useTaskActions } from '../../tasks/web/taskActions.ts'
import type { DayRow } from './day.ts'
import { dayWords } from './messages.ts'

const NoteForm = lazy(() =>
  import('../../interactions/web/NoteForm.tsx').then((module) => ({ default: module.NoteForm })),
)
const EditOfKind = lazy(() =>
  import('#customers/kinds/web/KindForm.tsx').then((module) => ({ default: module.EditOfKind })),
)

type Open = 'note' | 'edit' | undefined

type LineProps = {
  row: DayRow
  /** It is done or elsewhere meanwhile, and only here because somebody types in it. */
  gone: boolean
  hold: (id: string, on: boolean) => void
}

/** One thing to do: done with one press, then whose it is, what it is and why it stands here. */
export const DayLine = ({ row, gone, hold }: LineProps) => {
  const w = useMessages(dayWords)
  const { complete } = useTaskActions()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const { id } = row
  const onTyped = useCallback((typed: boolean) => hold(id, typed), [hold, id])
  useEffect(() => {
    if (open === 'edit') onTyped(true)
    return () => onTyped(false)
  }, [open, onTyped])
  return (
    <li className="day-row" data-row={row.id} data-open={open === 'note' || undefined}>
      <div className="day-line">
        <span className="day-check">
          {!gone && <TaskCheck row={row} onPress={() => void complete(row)} />}
        </span>
        <Whom row={row} onEdit={() => setOpen('edit')} />
        <span className="day-title" title={row.note ?? undefined}>
          {row.title}
        </span>
        <Quadrant row={row} />
        {!gone && <Why row={row} />}
        {!gone && (
          <Actions row={row} onNote={() => setOpen('note')} onEdit={() => setOpen('edit')} />
        )}
      </div>
      {gone && open === 'note' && (
        <p className="day-gone" role="status">
          {w.gone}
        </p>
      )}
      <Suspense>
        {open === 'note' && (
          <NoteForm
            customer={{ id: row.customer_id, name: row.customer_name }}
            onFinish={row.can.edit && !gone ? () => void complete(row) : undefined}
            onTyped={onTyped}
            onClose={close}
          />
        )}
        {open === 'edit' && <EditOfKind entity={task} record={row} removes onClose={close} />}
      </Suspense>
    </li>
  )
}

/** Enter leads to the customer; what is the firm's own opens by itself. */
const Whom = ({ row, onEdit }: { row: DayRow; onEdit: () => void }) => {
  const w = useMessages(dayWords)
  if (isInside(row))
    return (
      <button
        type="button"
        className="row-link day-whom quiet"
        data-act="open"
        disabled={!row.can.edit}
        onClick={onEdit}
      >
        {w.addFor}
      </button>
    )
  return (
    <Anchor
      className="row-link day-whom"
      data-act="open"
      href={customerHref(row)}
      title={row.customer_name}
    >
      {row.customer_name}
    </Anchor>
  )
}

/** Why it stands here, in words, and who gave it when that was somebody else. */
const Why = ({ row }: { row: DayRow }) => {
  const w = useMessages(dayWords)
  const locale = useLocale()
  const { people, today, me } = useDirectory()
  const { reason, days } = row.why
  const giver =
    row.created_by !== null && row.created_by !== me.id ? nameOf(people, row.created_by) : undefined
  const said = {
    task_overdue: <span className="late">{w.lateBy(days)}</span>,
    task_due_today: w.dueNow,
    task_due_this_week: sayDay(row.due_on, today, locale),
  }[reason]
  return (
    <time className="day-why" dateTime={row.due_on} title={fullDay(row.due_on, locale)}>
      <Parts of={[said, giver && w.givenBy(giver)]} />
    </time>
  )
}

type ActionProps = { row: DayRow; onNote: () => void; onEdit: () => void }

const Actions = ({ row, onNote, onEdit }: ActionProps) => {
  const w = useMessages(dayWords)
  const { aside } = useMarks()
  const { may } = useDirectory()
  const { move } = useTaskActions()
  const narrow = useNarrow()
  const notes = !isInside(row) && may('interactions.create')
  // A number with its middle covered cannot be called.
  const phone = row.phone?.includes('*') ? null : row.phone
  const pencil = { key: 'edit', label: w.edit, icon: <Pencil />, run: onEdit }
  const note = { key: 'note', label: w.note, icon: <PencilLine />, run: onNote }
  return (
    <span className="day-actions">
      {phone && (
        <a
          className="icon-button"
          data-act="call"
          href={`tel:${phone}`}
          aria-label={w.callTo(phone)}
          title={w.callTo(phone)}
        >
          <Phone />
        </a>
      )}
      {notes && (
        <button
          type="button"
          className="icon-button wide-only"
          data-act="note"
          aria-label={`${w.note} ${row.customer_name}`}
          title={aside(w.note, 'N')}
          onClick={onNote}
        >
          <PencilLine />
        </button>
      )}
      {row.can.edit && (
        <DueMenu label={w.move} value={row.due_on} onPick={(day) => void move(row, day)}>
          <button
            type="button"
            className="icon-button"
            data-act="move"
            aria-label={`${w.move} ${row.title}`}
            title={aside(w.move, 'D')}
          >
            <CalendarClock />
          </button>
        </DueMenu>
      )}
      {(row.can.edit || (narrow && notes)) && (
        <Menu label={w.more} items={narrow && notes ? [note, pencil] : [pencil]}>
          <button type="button" className="icon-button" data-act="more" aria-label={w.more}>
            <Ellipsis />
          </button>
        </Menu>
      )}
    </span>
  )
}
