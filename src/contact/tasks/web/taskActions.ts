import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import { lists, patchCaches, refreshAround, refreshLists } from '#platform/lists/source.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { fullDay, sayDay } from '#ui/time.ts'
import type { Task } from './look.tsx'
import { taskWords } from './messages.ts'

type Key = Pick<Task, 'customer_id' | 'id'>

const taskPath = ({ customer_id, id }: Key) => `/customers/${customer_id}/tasks/${id}`

/** Under the tasks, so that whatever refreshes their lists refreshes the day too. */
export const dayKey = [...lists('/tasks'), 'day'] as const

/** What one key or one click does to a task: it shows at once, can be undone, and returns if refused. */
export const useTaskActions = () => {
  const client = useQueryClient()
  const toast = useToast()
  const say = useFailureWords()
  const locale = useLocale()
  const { today } = useDirectory()
  const w = useMessages(taskWords)

  const attempt = async (row: Task, work: () => Promise<Task>, restore?: () => void) => {
    try {
      return await work()
    } catch (problem) {
      restore?.()
      toast({ tone: 'failed', text: say(problem) })
      return undefined
    } finally {
      void refreshLists(client, '/tasks')
      void refreshAround(client, `/customers/${row.customer_id}`)
    }
  }
  const finish = (row: Task) => call<Task>('POST', `${taskPath(row)}/completion`, versionOf(row))
  const takeUp = (row: Task) => call<Task>('DELETE', `${taskPath(row)}/completion`, versionOf(row))
  const change = (row: Task, body: Record<string, unknown>) =>
    call<Task>('PATCH', taskPath(row), { body, ...versionOf(row) })

  const complete = async (row: Task) => {
    const restore = await leaveDay(client, row.id)
    const done = await attempt(row, () => finish(row), restore)
    if (done)
      toast({ text: w.completed(row.title), undo: () => void attempt(row, () => takeUp(done)) })
    return done !== undefined
  }
  const reopen = async (row: Task) => {
    const opened = await attempt(row, () => takeUp(row))
    if (opened)
      toast({ text: w.reopened(row.title), undo: () => void attempt(row, () => finish(opened)) })
  }
  const move = async (row: Task, due_on: string) => {
    const restore = patchCaches<Task>(client, ['/tasks'], row.id, (each) => ({ ...each, due_on }))
    const moved = await attempt(row, () => change(row, { due_on }), restore)
    const near = sayDay(due_on, today, locale)
    if (moved)
      toast({
        text: w.moved(row.title, /\d/.test(near) ? fullDay(due_on, locale) : near),
        undo: () => void attempt(row, () => change(moved, { due_on: row.due_on })),
      })
  }
  return { complete, reopen, move }
}

const versionOf = ({ version }: Task) => ({ version })

const parts = ['overdue', 'today', 'week'] as const
type Day = Record<(typeof parts)[number], Key[]> & {
  counts: Record<(typeof parts)[number] | 'done_today', number>
}

/** Takes a row off the day at once; gives a function that puts it back. */
const leaveDay = async (client: QueryClient, id: string) => {
  await client.cancelQueries({ queryKey: dayKey })
  const before = client.getQueryData<Day>(dayKey)
  const part = parts.find((name) => before?.[name].some((row) => row.id === id))
  if (before && part)
    client.setQueryData<Day>(dayKey, {
      ...before,
      [part]: before[part].filter((row) => row.id !== id),
      counts: {
        ...before.counts,
        [part]: before.counts[part] - 1,
        done_today: before.counts.done_today + 1,
      },
    })
  return () => client.setQueryData(dayKey, before)
}
