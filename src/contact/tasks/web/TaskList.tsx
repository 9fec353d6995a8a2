import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { customerColumn } from '#customers/customers/web/CustomerCell.tsx'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import * as f from '#platform/fields/kinds.ts'
import { useListAddress } from '#platform/lists/listAddress.ts'
import { type ListQuery, useCount } from '#platform/lists/source.ts'
import { useRows } from '#platform/lists/window.ts'
import { useListView } from '#platform/views/listView.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory, usePlainFields } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { useColumns, useListFields } from '#ui/fields.ts'
import { firmInitialOf } from '#ui/initials.ts'
import { ListEmpty } from '#ui/ListEmpty.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { task } from '../fields.ts'
import { customerHref, Due, ForWhom, isInside, Quadrant, type Task } from './look.tsx'
import { taskWords } from './messages.ts'
import { TaskCheck } from './TaskCheck.tsx'
import { useTaskActions } from './taskActions.ts'

const path = '/tasks'
const drawn = {
  customer_id: customerColumn,
  state: f.bool({ label: { zh: '完成', en: 'Done' }, set: 'system' }),
  priority: f.reference({ label: { zh: '轻重缓急', en: 'Priority' }, to: 'task', set: 'system' }),
}
const columns = ['customer_id', 'due_on', 'priority', 'owner_id', 'state']

const mine: Leaf = { field: 'owner_id', is: 'in', value: ['me'] }
const open: Leaf = { field: 'done_at', is: 'empty' }
/** Before today, whatever day it is when the address is opened again. */
const late: Leaf = { field: 'due_on', is: 'not_in_last_days', value: 0 }
const all = (...leaves: Leaf[]): Condition => ({ all: leaves })
const views = {
  mine: all(mine, open),
  late: all(mine, open, late),
  soon: all(mine, open, { field: 'due_on', is: 'in_next_days', value: 7 }),
  open: all(open),
  done: all(mine, { field: 'done_at', is: 'not_empty' }),
  everything: all(),
}

const NewTask = lazy(() => import('./TaskForm.tsx').then((module) => ({ default: module.NewTask })))
const EditTask = lazy(() =>
  import('./TaskForm.tsx').then((module) => ({ default: module.EditTask })),
)

/** What is to be done and what was, for all customers and inside the firm. */
export const TaskList = () => {
  const w = useMessages(taskWords)
  const { query: asked, setQuery, rest, setRest } = useListAddress()
  // Without a word in the address: what one has to do oneself.
  const query: ListQuery = { ...asked, filter: asked.filter ?? views.mine }
  const sorted = { ...query, sort: query.sort ?? task.defaultSort }
  const filters = useListFields(task)
  const { may } = useDirectory()
  const { go } = useTravel()
  const narrow = useNarrow()
  const source = useRows<Task>(path, sorted)
  const [editing, setEditing] = useState<Task>()
  return (
    <>
      <RecordList
        label={w.tasks}
        title={w.tasks}
        count={useCount(path, query)}
        tabs={useTabs()}
        find={w.find}
        fields={{ ...filters, ...drawn }}
        filters={usePlainFields(task.name, filters)}
        columns={useColumns(task, columns)}
        lead={{
          field: 'title',
          name: (row: Task) => row.title,
          line: (row: Task) => [narrow ? (isInside(row) ? w.inside : row.customer_name) : row.note],
          glyph: (row: Task) => firmInitialOf(isInside(row) ? w.inside : (row.customer_name ?? '')),
        }}
        cells={{
          customer_id: (row: Task) => <ForWhom row={row} />,
          due_on: (row: Task) => <Due row={row} />,
          priority: (row: Task) => <Quadrant row={row} />,
          state: (row: Task) => <Tick row={row} />,
        }}
        aside={(row: Task) => (
          <>
            <Due row={row} />
            <Quadrant row={row} />
          </>
        )}
        source={source}
        view={useListView(task)}
        query={sorted}
        onQuery={(next) => setQuery(next.filter ? next : { ...next, filter: views.everything })}
        hrefOf={customerHref}
        onOpen={(row: Task) => (row.can.edit ? setEditing(row) : go(customerHref(row)))}
        actions={
          <>
            <ExportMenu entity={task} query={sorted} />
            {may('tasks.create') && (
              <Button type="primary" icon={<Plus />} onClick={() => setRest({ new: '1' })}>
                {w.create}
              </Button>
            )}
          </>
        }
        empty={
          <ListEmpty
            words={{ ...w, emptyText: asked.filter ? w.emptyAny : w.emptyMine }}
            narrowed={query.q !== undefined}
            onClear={() => setQuery({})}
          />
        }
      />
      <Suspense>
        {editing && <EditTask row={editing} onClose={() => setEditing(undefined)} />}
        {rest.new && <NewTask onClose={() => setRest({}, true)} />}
      </Suspense>
    </>
  )
}

const useTabs = (): readonly Tab[] => {
  const w = useMessages(taskWords)
  return [
    { key: 'mine', label: w.mine, filter: views.mine },
    { key: 'late', label: w.late, filter: views.late },
    { key: 'soon', label: w.thisWeek, filter: views.soon },
    { key: 'done', label: w.done, filter: views.done },
    { key: 'open', label: w.open, filter: views.open },
    { key: 'everything', label: w.everything, filter: views.everything },
  ]
}

/** Finishes a task, or takes a finished one up again. */
const Tick = ({ row }: { row: Task }) => {
  const { complete, reopen } = useTaskActions()
  return (
    <TaskCheck
      row={row}
      onPress={() => void (row.done_at === null ? complete(row) : reopen(row))}
    />
  )
}
