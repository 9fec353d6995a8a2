import {
  formatSearch,
  readListQuery,
  type Search,
  writeListQuery,
} from '#platform/lists/address.ts'
import type { ListQuery } from '#platform/lists/source.ts'

const list = 'customers'

/** The page of a customer that knows which list it was opened from: its address says so. */
export const recordHref = (id: string, query: ListQuery) =>
  `/customers/${id}${formatSearch({ in: list, ...writeListQuery(query) })}`

/** The list that a customer's page was opened from, if it was one. */
export const listIn = (search: Search): ListQuery | undefined =>
  search.in === list ? readListQuery(search) : undefined

export const listHref = (query: ListQuery | undefined) =>
  `/customers${formatSearch(writeListQuery(query ?? {}))}`
