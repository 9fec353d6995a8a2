import { useQueryClient } from '@tanstack/react-query'
import type { Condition } from '#platform/conditions/condition.ts'
import { patchCaches, useList } from '#platform/lists/source.ts'
import type { Task } from './look.tsx'
import { useTaskActions } from './taskActions.ts'

const open: Condition = { all: [{ field: 'done_at', is: 'empty' }] }

export const tasksPath = (customerId: string) => `/customers/${customerId}/tasks`

/** What is to be done for one customer, the earliest first; what is done leaves at once. */
export const useOpenTasks = (customerId: string) => {
  const path = tasksPath(customerId)
  const client = useQueryClient()
  const source = useList<Task>(path, { filter: open, sort: 'due_on' })
  const { complete, move } = useTaskActions()
  const act = async (
    row: Task,
    patch: (row: Task) => Task | undefined,
    work: () => Promise<unknown>,
  ) => {
    const restore = patchCaches<Task>(client, [path], row.id, patch)
    if ((await work()) === false) restore()
  }
  return {
    source,
    complete: (row: Task) =>
      act(
        row,
        () => undefined,
        () => complete(row),
      ),
    move: (row: Task, due_on: string) =>
      act(
        row,
        (each) => ({ ...each, due_on }),
        () => move(row, due_on),
      ),
  }
}
