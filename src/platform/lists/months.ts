import { nextMonth } from './groupSource.ts'
import type { Group } from './groups.ts'

export type Month = Group & { value: string }

/**
 * Groups by month as a row without gaps, oldest first: a month without rows stands in it with nothing.
 * At most `most` months, the latest ones; `cut` says that older ones are left out. Rows without a day
 * are in no month.
 */
export const monthsOf = (
  groups: readonly Group[],
  most: number,
): { months: Month[]; cut: boolean } => {
  const found = new Map(
    groups.flatMap(({ value, ...figures }) =>
      typeof value === 'string' ? [[value, figures] as const] : [],
    ),
  )
  const names = [...found.keys()].sort()
  const [first] = names
  const last = names.at(-1)
  if (first === undefined || last === undefined) return { months: [], cut: false }
  const months: Month[] = []
  for (let value = last; value >= first && months.length < most; value = nextMonth(value, -1))
    months.unshift({ value, ...(found.get(value) ?? { count: 0, sum: 0, average: null }) })
  return { months, cut: (months[0]?.value ?? first) > first }
}
