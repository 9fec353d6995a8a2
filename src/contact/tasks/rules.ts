import type { FieldError } from '#platform/errors/error.ts'

export type TaskState = 'open' | 'done'

/** Where a task may go; a finished one can be taken up again. */
export const taskMoves: Record<TaskState, readonly TaskState[]> = {
  open: ['done'],
  done: ['open'],
}

export const taskState = (task: { done_at: string | null }): TaskState =>
  task.done_at === null ? 'open' : 'done'

/**
 * What is wrong with how a task is said to have ended, as only an import says it: elsewhere, by whom.
 * `now` is ISO 8601.
 */
export const endProblems = (
  { done_at, done_by }: Readonly<Record<string, unknown>>,
  now: string,
): FieldError[] => {
  if (typeof done_at === 'string')
    return Date.parse(done_at) > Date.parse(now)
      ? [{ path: 'done_at', reason: 'done_in_the_future' }]
      : []
  return typeof done_by === 'number' ? [{ path: 'done_at', reason: 'required' }] : []
}
