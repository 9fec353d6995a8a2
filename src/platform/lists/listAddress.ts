import { useNavigate, useSearch } from '@tanstack/react-router'
import { isGarbled, readListQuery, type Search, writeListQuery } from './address.ts'
import type { ListQuery } from './source.ts'

/** How a list shows: the saved view it began as, its shape, and what groups it. */
export type Shape = { view?: string; as?: string; by?: string; sum?: string; figure?: string }

// What an address says of the list itself.
const own = new Set(['q', 'filter', 'sort', 'view', 'as', 'by', 'sum', 'figure'])

const shapeOf = ({ view, as, by, sum, figure }: Search): Shape => ({
  ...(view && { view }),
  ...(as && { as }),
  ...(by && { by }),
  ...(sum && { sum }),
  ...(figure && { figure }),
})

/** The state of a list page as its address holds it: what is asked for and which record lies open. */
export const useListAddress = () => {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const go = (next: Search, replace: boolean) =>
    void navigate({ to: '.', search: () => next as never, replace })
  const rest = Object.fromEntries(Object.entries(search).filter(([word]) => !own.has(word)))
  const query = readListQuery(search)
  const garbled = isGarbled(search)
  const shape = shapeOf(search)
  return {
    query,
    garbled,
    setQuery: (next: ListQuery) => go({ ...rest, ...shape, ...writeListQuery(next) }, true),
    shape,
    /** Another shape, and another question where a view brings one along. */
    setShape: (next: Shape, asked: ListQuery = query, replace = false) =>
      go({ ...next, ...writeListQuery(asked) }, replace),
    /** Further words of the address, such as `open`. */
    rest,
    setRest: (next: Search, replace = false) =>
      go({ ...shape, ...writeListQuery(query), ...next }, replace),
  }
}
