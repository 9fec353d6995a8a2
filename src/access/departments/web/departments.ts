import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import type { departments } from '../contract.ts'

export type Department = OutputOf<typeof departments.update>
export type Branch = Department & { depth: number; path: readonly number[] }

// The key under which every screen knows the departments, so that a change shows everywhere.
const departmentsKey = ['directory', '/departments'] as const

export const useDepartments = () =>
  useQuery({
    queryKey: departmentsKey,
    queryFn: ({ signal }) => call<{ items: Department[] }>('GET', '/departments', { signal }),
    staleTime: 60_000,
  })

/** The tree from the top, each with how deep it stands and what is above it. */
export const branchesOf = (items: readonly Department[]): Branch[] => {
  const below = (parent: number | null, path: readonly number[]): Branch[] =>
    items
      .filter(({ parent_id }) => parent_id === parent)
      .flatMap((item) => [
        { ...item, depth: path.length, path },
        ...below(item.id, [...path, item.id]),
      ])
  return below(null, [])
}

export type DepartmentWrite =
  | { do: 'add'; name: string; parent_id: number }
  | { do: 'rename'; department: Department; name: string }
  | { do: 'move'; department: Department; parent_id: number }
  | { do: 'remove'; department: Department }

export const useDepartmentWrite = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (write: DepartmentWrite) => send(write),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: departmentsKey })
      // The name of the organisation is that of the department on top.
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
}

const send = (write: DepartmentWrite): Promise<unknown> => {
  if (write.do === 'add') {
    const { name, parent_id } = write
    return call('POST', '/departments', { body: { name, parent_id } })
  }
  const { id, version } = write.department
  const path = `/departments/${id}`
  if (write.do === 'remove') return call('DELETE', path, { version })
  const body = write.do === 'rename' ? { name: write.name } : { parent_id: write.parent_id }
  return call('PATCH', path, { body, version })
}
