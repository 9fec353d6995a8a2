import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Select } from '#ui/Select.tsx'
import { teamWords } from './messages.ts'

/** One of the firm's people or departments, by what one would call them. */
export const PrincipalPick = (props: {
  id: string
  value: number | null
  onChange: (id: number | null) => void
  /** Who is on it already. */
  without?: readonly number[]
  onlyPeople?: boolean
}) => {
  const w = useMessages(teamWords)
  const { people, departments } = useDirectory()
  const { without = [] } = props
  const free = ({ id }: { id: number }) => !without.includes(id)
  const person = {
    label: w.people,
    options: people
      .filter((each) => each.active && free(each))
      .map(({ id, name, username }) => ({ value: id, label: name, also: username })),
  }
  const department = {
    label: w.departments,
    options: departments.filter(free).map(({ id, name }) => ({ value: id, label: name, also: '' })),
  }
  return (
    <Select
      id={props.id}
      autoFocus
      showSearch={{
        filterOption: (text, option) =>
          option !== undefined &&
          'also' in option &&
          `${option.label} ${option.also}`.toLowerCase().includes(text.trim().toLowerCase()),
      }}
      placeholder={w.whoHint}
      options={props.onlyPeople ? [person] : [person, department]}
      value={props.value}
      onChange={(value: number | null) => props.onChange(value ?? null)}
    />
  )
}
