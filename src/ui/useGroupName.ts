import type { Field } from '#platform/fields/field.ts'
import type { GroupValue } from '#platform/lists/groupSource.ts'
import { nameOf, useDirectory } from './directory.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useMessages } from './locale.tsx'
import { regionPath } from './regionNames.ts'
import { words } from './words.ts'

/** What a group is called: the name of its choice, person, place or month. */
export const useGroupName = (field: Field) => {
  const w = useMessages(listWords)
  const u = useMessages(words)
  const label = useLabel()
  const { people, departments, regionOf } = useDirectory()
  return (value: GroupValue): string => {
    if (value === null) return w.noValue
    switch (field.kind) {
      case 'person':
        return nameOf(people, Number(value)) ?? `#${value}`
      case 'department':
        return nameOf(departments, Number(value)) ?? `#${value}`
      case 'bool':
        return value === true ? u.yes : u.no
      case 'region':
        return regionPath(regionOf, String(value)).at(-1) ?? String(value)
      case 'date':
      case 'dateTime': {
        const [year = '', month = ''] = String(value).split('-')
        return w.month(year, String(Number(month)))
      }
      default: {
        const choice = field.choices?.find((each) => each.value === value)
        return choice ? label(choice.label) : String(value)
      }
    }
  }
}
