import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '../door/client.ts'
import type { Place } from './place.ts'
import { asQuery, type ListQuery } from './source.ts'

/**
 * Where a record stands in the list that its reader came from. It is asked once for each record, so
 * that changing one does not send the reader elsewhere in the list.
 */
export const usePlace = (
  /** Where the record is read. */
  path: string,
  query: ListQuery | undefined,
): Place | undefined => {
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['place', path, query],
    queryFn: ({ signal }) =>
      call<Place>('GET', `${path}/place`, { query: asQuery(query ?? {}), signal }),
    enabled: query !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  })
  // The place stands still while the next one is on its way; nobody is sent on from the one before.
  return data && isPlaceholderData ? { ...data, previous: null, next: null } : data
}
