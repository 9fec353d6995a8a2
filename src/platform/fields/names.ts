import { halfWidth } from '../china/halfWidth.ts'

/** The people and departments that cells name. */
export type Directory = {
  people: readonly {
    id: number
    name: string
    username: string
    email?: string | null
    active: boolean
  }[]
  departments: readonly { id: number; name: string; parent_id: number | null }[]
}

export type Named = { value: number; label: string }

/** A person's name; where two bear it, with the username behind it, so that it can be read back. */
export const personText = (directory: Directory, id: number): string => {
  const { byId, byName } = indexOf(directory)
  const person = byId.get(id)
  if (!person) return ''
  return (byName.get(fold(person.name))?.length ?? 0) > 1
    ? `${person.name}（${person.username}）`
    : person.name
}

/**
 * The active people whom a text names: by username, e-mail or name, or by a name with one of the others
 * behind it, as `personText` and mail programs write it: 李伟（liwei）, 李伟 <liwei@example.cn>.
 */
export const peopleNamed = (directory: Directory, text: string): Named[] => {
  const { byName, byMark } = indexOf(directory)
  const wanted = fold(text)
  const mark = /^.*[(<](.+)[)>]$/.exec(wanted)?.[1]
  const found = byMark.get(wanted) ?? byName.get(wanted) ?? byMark.get(mark ?? '') ?? []
  return found.map((each) => ({ value: each.id, label: `${each.name}（${each.username}）` }))
}

/** A department's name, with those above it where two bear the name: 总部/销售部. */
export const departmentText = (directory: Directory, id: number): string => {
  const department = directory.departments.find((each) => each.id === id)
  if (!department) return ''
  const same = directory.departments.filter((each) => fold(each.name) === fold(department.name))
  return same.length > 1 ? pathOf(directory, id) : department.name
}

/** The departments that a text names, by name or by a path from above. */
export const departmentsNamed = (directory: Directory, text: string): Named[] => {
  const wanted = fold(text).replaceAll('\\', '/')
  const all = directory.departments.map(({ id }) => ({ value: id, label: pathOf(directory, id) }))
  const exact = all.filter((each) => fold(each.label) === wanted)
  return exact.length > 0 ? exact : all.filter((each) => fold(each.label).endsWith(`/${wanted}`))
}

type Person = Directory['people'][number]
type Index = {
  byId: Map<number, Person>
  byName: Map<string, Person[]>
  /** By what nobody shares: the username, the e-mail address. */
  byMark: Map<string, Person[]>
}

// An import asks for names once per row; a directory does not change while it is held.
const indexes = new WeakMap<Directory, Index>()

const indexOf = (directory: Directory): Index => {
  const held = indexes.get(directory)
  if (held) return held
  const active = directory.people.filter((each) => each.active)
  const index = {
    byId: new Map(directory.people.map((each) => [each.id, each])),
    byName: Map.groupBy(active, (each) => fold(each.name)),
    byMark: new Map([
      ...Map.groupBy(
        active.filter((each) => each.email),
        (each) => fold(each.email ?? ''),
      ),
      ...Map.groupBy(active, (each) => fold(each.username)),
    ]),
  }
  indexes.set(directory, index)
  return index
}

const pathOf = ({ departments }: Directory, id: number): string => {
  const names: string[] = []
  let next: number | null = id
  // The bound guards against a circle, which the tables do not forbid.
  while (next !== null && names.length < 50) {
    const department = departments.find((each) => each.id === next)
    if (!department) break
    names.unshift(department.name)
    next = department.parent_id
  }
  return names.join('/')
}

const fold = (text: string) => halfWidth(text).toLowerCase().replace(/\s+/g, '')
