import { conditionShape } from '../conditions/condition.ts'
import type { ListQuery } from './source.ts'

export type Search = Record<string, string>

/** Reads the part of an address behind `?` as plain words; a list page and the router share it. */
export const parseSearch = (text: string): Search =>
  Object.fromEntries(new URLSearchParams(text.replace(/^\?/, '')))

export const formatSearch = (search: Record<string, unknown>) => {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' && value !== '') words.set(name, value)
  return words.size > 0 ? `?${words}` : ''
}

/** The query of a list page from its address; what cannot be read is left out. */
export const readListQuery = (search: Search): ListQuery => {
  const filter = readCondition(search.filter)
  return {
    ...(search.q && { q: search.q }),
    ...(filter && { filter }),
    ...(search.sort && { sort: search.sort }),
  }
}

/** Whether an address asks by a condition that cannot be read, such as one that was cut off. */
export const isGarbled = ({ filter }: Search) =>
  filter !== undefined && filter !== '' && readCondition(filter) === undefined

export const writeListQuery = ({ q, filter, sort }: ListQuery): Search => ({
  ...(q && { q }),
  ...(filter && { filter: JSON.stringify(filter) }),
  ...(sort && { sort }),
})

const readCondition = (text: string | undefined) => {
  if (!text) return undefined
  try {
    const { data } = conditionShape.safeParse(JSON.parse(text))
    return data
  } catch {
    return undefined
  }
}
