import { useNavigate, useSearch } from '@tanstack/react-router'
import { readListQuery, type Search, writeListQuery } from './address.ts'
import type { ListQuery } from './source.ts'

/** The state of a list page as its address holds it: what is asked for and which record lies open. */
export const useListAddress = () => {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const go = (next: Search, replace: boolean) =>
    void navigate({ to: '.', search: () => next as never, replace })
  const { q: _q, filter: _filter, sort: _sort, ...rest } = search
  return {
    query: readListQuery(search),
    setQuery: (query: ListQuery) => go({ ...rest, ...writeListQuery(query) }, true),
    /** Further words of the address, such as `open`. */
    rest,
    setRest: (next: Search, replace = false) =>
      go({ ...writeListQuery(readListQuery(search)), ...next }, replace),
  }
}
