import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Fields, Locale } from '#platform/fields/field.ts'
import { fieldsFor } from '#platform/fields/reader.ts'
import { useLocale } from './locale.tsx'
import type { RegionEntry } from './regionNames.ts'

export type PersonEntry = {
  id: number
  name: string
  username: string
  department_id: number
  active: boolean
}
export type DepartmentEntry = { id: number; name: string }
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

/** Fields as forms and pages ask for them: by no condition over what the reader may not see plain. */
export const useAskedFields = (entity: string, fields: Fields): Fields => {
  const { rightOf } = useDirectory()
  return useMemo(
    () => fieldsFor(fields, (name) => isPlain(rightOf(entity, name))),
    [entity, fields, rightOf],
  )
}

const isPlain = (right: Right) => right === 'write' || right === 'read'

/** The fields that a reader may filter by: those that are shown plain. */
export const usePlainFields = (entity: string, fields: Fields): Fields => {
  const { rightOf } = useDirectory()
  return useMemo(
    () =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => isPlain(rightOf(entity, name)))),
    [entity, fields, rightOf],
  )
}
