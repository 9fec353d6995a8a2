import { lazy, Suspense, useState } from 'react'
import type { SectionProps } from '#customers/customers/slots.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { nameOf, useDirectory } from '#ui/directory.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { usePageKeys } from '#ui/rowKeys.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { task } from '../fields.ts'
import { DueMenu } from './DueMenu.tsx'
import { Due, Quadrant, type Task } from './look.tsx'
import { NextForm } from './NextForm.tsx'
import { nextWords } from './nextMessages.ts'
import { TaskCheck } from './TaskCheck.tsx'
import { useOpenTasks } from './useOpenTasks.ts'
import './tasks.css'

const EditOfKind = lazy(() =>
  import('#customers/kinds/web/KindForm.tsx').then((module) => ({ default: module.EditOfKind })),
)

/** What is due for this customer, and one line to agree on what comes next. */
export const NextSteps = ({ record, begun }: SectionProps) => {
  const w = useMessages(nextWords)
  const { may } = useDirectory()
  const { source, complete, move } = useOpenTasks(record.id)
  const [editing, setEditing] = useState<Task>()
  const mayAdd = may('tasks.create')
  const { rows } = source
  usePageKeys([
    [
      'x',
      () => {
        const focused = document.activeElement?.closest<HTMLElement>('[data-task]')?.dataset.task
        const row = rows.find(({ id }) => id === focused) ?? rows[0]
        if (row?.can.edit) void complete(row)
      },
    ],
  ])
  return (
    <section className="panel panel-first" aria-labelledby="next">
      <h2 id="next">
        {w.next}
        {rows.length > 1 && <span className="panel-count">{rows.length}</span>}
      </h2>
      {source.state === 'loading' && <SkeletonText lines={3} />}
      {source.state === 'failed' && <Failure failure={source.failure} onRetry={source.retry} />}
      {source.state === 'ready' && rows.length === 0 && (
        <p className="panel-none">{mayAdd ? w.none : w.noneToSee}</p>
      )}
      <ul className="next-list">
        {rows.map((row) => (
          <NextRow
            key={row.id}
            row={row}
            onComplete={() => void complete(row)}
            onMove={(day) => void move(row, day)}
            onEdit={() => setEditing(row)}
          />
        ))}
      </ul>
      {source.more && (
        <Anchor className="chip-add" href="/tasks">
          {w.more('50+')}
        </Anchor>
      )}
      {mayAdd && <NextForm customerId={record.id} begun={begun} />}
      <Suspense>
        {editing && (
          <EditOfKind
            entity={task}
            record={editing}
            removes
            onClose={() => setEditing(undefined)}
          />
        )}
      </Suspense>
    </section>
  )
}

const NextRow = (props: {
  row: Task
  onComplete: () => void
  onMove: (day: string) => void
  onEdit: () => void
}) => {
  const { row } = props
  const w = useMessages(nextWords)
  const { me, people } = useDirectory()
  const owner = row.owner_id === null || row.owner_id === me.id ? undefined : row.owner_id
  return (
    <li className="next-row" data-task={row.id}>
      <TaskCheck row={row} onPress={props.onComplete} />
      <div className="next-words">
        {row.can.edit ? (
          <button
            type="button"
            className="next-title"
            aria-label={w.change(row.title)}
            onClick={props.onEdit}
          >
            {row.title}
          </button>
        ) : (
          <span className="next-title">{row.title}</span>
        )}
        <span className="next-line">
          {row.can.edit ? (
            <DueMenu label={w.move(row.title)} value={row.due_on} onPick={props.onMove}>
              <button type="button" className="next-due" aria-label={w.move(row.title)}>
                <Due row={row} />
              </button>
            </DueMenu>
          ) : (
            <Due row={row} />
          )}
          <Quadrant row={row} />
          {owner !== undefined && <span className="quiet">{nameOf(people, owner)}</span>}
        </span>
      </div>
    </li>
  )
}
