import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '#platform/door/client.ts'
import type { DepartmentEntry, Directory, PersonEntry } from '#ui/directory.tsx'
import type { RegionEntry } from '#ui/regionNames.ts'
import type { Me } from './SessionGate.tsx'

// People and departments change some times a year, regions once.
const dayLong = 24 * 60 * 60_000

/** Brings the people, departments and regions that every screen names. */
export const useFilledDirectory = (me: Me): Directory => {
  const people = useAll<PersonEntry>('/people', 60_000)
  const departments = useAll<DepartmentEntry>('/departments', 60_000)
  const regions = useAll<RegionEntry>('/regions', dayLong)
  return useMemo(
    () => ({
      me,
      today: me.today,
      timeZone: me.time_zone,
      people,
      departments,
      regions,
      regionOf: new Map(regions.map((region) => [region[0], region])),
      may: (permission) => me.permissions.includes(permission),
      // Of added fields the hidden ones are not even named.
      rightOf: (entity, field) =>
        me.rights[entity]?.[field] ?? (field.startsWith('x_') ? 'hidden' : 'write'),
    }),
    [me, people, departments, regions],
  )
}

const none: readonly never[] = []

const useAll = <T>(path: string, staleTime: number): readonly T[] =>
  useQuery({
    queryKey: ['directory', path],
    queryFn: ({ signal }) => call<{ items: T[] }>('GET', path, { signal }),
    staleTime,
  }).data?.items ?? none
