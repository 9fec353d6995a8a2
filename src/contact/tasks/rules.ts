export type TaskState = 'open' | 'done'

/** Where a task may go; a finished one can be taken up again. */
export const taskMoves: Record<TaskState, readonly TaskState[]> = {
  open: ['done'],
  done: ['open'],
}

export const taskState = (task: { done_at: string | null }): TaskState =>
  task.done_at === null ? 'open' : 'done'
