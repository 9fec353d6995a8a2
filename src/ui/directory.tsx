import { createContext, type ReactNode, useContext } from 'react'
import type { Locale } from '#platform/fields/field.ts'
import { useLocale } from './locale.tsx'

export type PersonEntry = { id: number; name: string; username: string; active: boolean }
export type DepartmentEntry = { id: number; name: string }
/** Code of GB/T 2260, name, code of the region above. */
export type RegionEntry = readonly [code: string, name: string, parent: string]
export type Right = 'write' | 'read' | 'masked' | 'hidden'

/** What screens know of the people, places and day around a record. The app fills it. */
export type Directory = {
  me: { id: number; name: string; username: string; organisation: string }
  today: string
  timeZone: string
  people: readonly PersonEntry[]
  departments: readonly DepartmentEntry[]
  /** Empty until they have arrived. */
  regions: readonly RegionEntry[]
  regionOf: ReadonlyMap<string, RegionEntry>
  may: (permission: string) => boolean
  rightOf: (entity: string, field: string) => Right
}

const DirectoryContext = createContext<Directory>({
  me: { id: 0, name: '', username: '', organisation: '' },
  today: new Date().toISOString().slice(0, 10),
  timeZone: 'Asia/Shanghai',
  people: [],
  departments: [],
  regions: [],
  regionOf: new Map(),
  may: () => false,
  rightOf: () => 'write',
})

export const DirectoryProvider = (props: { value: Directory; children: ReactNode }) => (
  <DirectoryContext value={props.value}>{props.children}</DirectoryContext>
)

export const useDirectory = () => useContext(DirectoryContext)

export const useClock = () => {
  const { timeZone } = useDirectory()
  const locale: Locale = useLocale()
  return { locale, timeZone, now: new Date() }
}

export const nameOf = (entries: readonly { id: number; name: string }[], id: number) =>
  entries.find((entry) => entry.id === id)?.name

/** A region with those above it, largest first, without repeating a city that is its province. */
export const regionPath = (regions: Directory['regionOf'], code: string): string[] => {
  const names: string[] = []
  for (let at = regions.get(code); at; at = regions.get(at[2])) {
    if (names[0] !== at[1]) names.unshift(at[1])
    if (at[2] === at[0]) break
  }
  return names
}

/** The short name for a list: 上海市 · 浦东新区 becomes 上海浦东. */
export const regionShort = (regions: Directory['regionOf'], code: string) => {
  const path = regionPath(regions, code).filter((name) => !/^(市辖区|县|省直辖县)/.test(name))
  const [first, last] = [path[0], path.at(-1)]
  if (!first || !last) return undefined
  return first === last
    ? bare(first)
    : `${bare(path.length > 2 ? (path[1] ?? first) : first)}${bare(last)}`
}
const bare = (name: string) =>
  name.length > 2
    ? name.replace(/(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|新区|区|县)$/, '')
    : name
