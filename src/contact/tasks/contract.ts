import { endpoint } from '#platform/door/contract.ts'
import { crud, presented, within } from '#platform/lists/crud.ts'
import { addressed } from '#platform/lists/inputs.ts'
import { task } from './fields.ts'

const completion = {
  path: '/customers/:customer_id/tasks/:id/completion',
  permission: 'tasks.edit',
  input: addressed,
  output: presented(task),
  ifMatch: true,
} as const

export const tasks = {
  ...crud(task),
  within: within(task),
  complete: endpoint({
    ...completion,
    method: 'POST',
    summary: { zh: '任务：完成', en: 'Complete: task' },
  }),
  reopen: endpoint({
    ...completion,
    method: 'DELETE',
    summary: { zh: '任务：重新打开', en: 'Reopen: task' },
  }),
}
