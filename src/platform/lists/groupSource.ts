import { useQuery } from '@tanstack/react-query'
import type { Condition, Leaf } from '../conditions/condition.ts'
import { call } from '../door/client.ts'
import { type Field, isList } from '../fields/field.ts'
import type { Figure } from './groupable.ts'
import type { Groups } from './groups.ts'
import { type ListQuery, lists } from './source.ts'

/** The number that groups have a figure of, and which; without one they are counted. */
export type Measure = { sum?: string | undefined; figure?: Figure | undefined }

export type GroupValue = Groups['groups'][number]['value']

/** A list by the values of one field: how many rows each has, and what a number of theirs adds up to. */
export const useGroups = (
  path: string,
  { q, filter }: ListQuery,
  by: string,
  { sum, figure }: Measure,
) =>
  useQuery({
    queryKey: [...lists(path), 'groups', { q, filter, by, sum, figure }],
    queryFn: ({ signal }) =>
      call<Groups>('GET', `${path}/groups`, {
        query: { q, filter: filter && JSON.stringify(filter), by, sum, figure },
        signal,
      }),
    placeholderData: (before) => before,
  })

/** The same question narrowed to one group. */
export const withinGroup = (
  query: ListQuery,
  by: string,
  field: Field,
  value: GroupValue,
): ListQuery => ({
  ...query,
  filter: { all: [...partsOf(query.filter), ...leaves(by, field, value)] },
})

const partsOf = (filter: Condition | undefined): Condition[] => {
  if (!filter) return []
  return 'all' in filter ? filter.all : [filter]
}

const leaves = (by: string, field: Field, value: GroupValue): Leaf[] => {
  const { kind } = field
  if (value === null) return [{ field: by, is: 'empty' }]
  if (kind === 'bool') return [{ field: by, is: 'eq', value }]
  if (kind === 'date' || kind === 'dateTime') return monthLeaves(by, String(value))
  if (isList(field)) return [{ field: by, is: 'has', value }]
  return [{ field: by, is: 'in', value: [value] }]
}

/** The days of a month such as `2026-11`. */
export const monthLeaves = (by: string, month: string): Leaf[] => [
  { field: by, is: 'after', value: `${month}-01` },
  { field: by, is: 'before', value: `${nextMonth(month)}-01` },
]

export const nextMonth = (month: string, step = 1) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7)
}
