import { useMemo } from 'react'
import { customerColumn } from '#customers/customers/web/CustomerCell.tsx'
import { KindList } from '#customers/kinds/web/KindList.tsx'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Fields } from '#platform/fields/field.ts'
import * as f from '#platform/fields/kinds.ts'
import { useDirectory } from '#ui/directory.tsx'
import { firmInitialOf } from '#ui/initials.ts'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import type { Tab } from '#ui/RecordList.tsx'
import { task } from '../fields.ts'
import { Due, isInside, Quadrant, type Task } from './look.tsx'
import { taskWords } from './messages.ts'
import { TaskCheck } from './TaskCheck.tsx'
import { useTaskActions } from './taskActions.ts'

const columns = ['customer_id', 'due_on', 'priority', 'owner_id', 'state']
const state = f.bool({ label: { zh: '完成', en: 'Done' }, set: 'system' })
const priority = f.reference({
  label: { zh: '轻重缓急', en: 'Priority' },
  to: 'task',
  set: 'system',
})

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

/** What is to be done and what was, for all customers and inside the firm. */
export const TaskList = () => {
  const w = useMessages(taskWords)
  const { today } = useDirectory()
  const narrow = useNarrow()
  const whom = (row: Task) => (isInside(row) ? w.inside : (row.customer_name ?? ''))
  return (
    <KindList
      entity={task}
      look={{
        ...{ columns, drawn: useDrawn(), tabs: useTabs(), words: w },
        initial: useMemo(() => ({ due_on: today }), [today]),
        lead: {
          line: (row: Task) => [narrow ? whom(row) : row.note],
          glyph: (row: Task) => firmInitialOf(whom(row)),
        },
        cells: {
          due_on: (row) => <Due row={row} />,
          priority: (row) => <Quadrant row={row} />,
          state: (row) => <Tick row={row} />,
        },
        aside: (row) => (
          <>
            <Due row={row} />
            <Quadrant row={row} />
          </>
        ),
        beside: (row) => <Tick row={row} />,
      }}
    />
  )
}

/** The columns that are made of fields, for those who may know them. */
const useDrawn = (): Fields => {
  const { rightOf } = useDirectory()
  const knows = (field: string) => rightOf(task.name, field) !== 'hidden'
  const [done, square] = [knows('done_at'), knows('important') || knows('urgent')]
  return useMemo(
    () => ({
      customer_id: customerColumn,
      ...(square && { priority }),
      ...(done && { state }),
    }),
    [done, square],
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
