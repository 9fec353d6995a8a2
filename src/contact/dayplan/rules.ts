import type { Condition } from '#platform/conditions/condition.ts'

const dayMs = 86_400_000

/** Why a task stands on the day page. */
export const whys = ['task_overdue', 'task_due_today', 'task_due_this_week'] as const
export type Why = { reason: (typeof whys)[number]; days: number }

/** The last day of the week of `today`, both as `2026-11-21`; the week begins on Monday. */
export const endOfWeek = (today: string): string => {
  const at = new Date(`${today}T00:00:00Z`)
  const left = (7 - at.getUTCDay()) % 7
  return new Date(at.getTime() + left * dayMs).toISOString().slice(0, 10)
}

/** The reason and how many days lie between the due date and today. */
export const whyOf = (due_on: string, today: string): Why => {
  const ahead = Math.round((Date.parse(due_on) - Date.parse(today)) / dayMs)
  if (ahead < 0) return { reason: 'task_overdue', days: -ahead }
  if (ahead === 0) return { reason: 'task_due_today', days: 0 }
  return { reason: 'task_due_this_week', days: ahead }
}

/** My customers for whom nothing is planned; the day counts them and the list shows them. */
export const withoutNext: Condition = {
  all: [
    { field: 'owner_id', is: 'eq', value: 'me' },
    { field: 'next_due_on', is: 'empty' },
  ],
}
