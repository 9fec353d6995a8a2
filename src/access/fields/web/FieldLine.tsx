import { ArrowDown, ArrowUp, Ellipsis, Pencil, PowerOff } from 'lucide-react'
import { fieldFrom } from '#platform/fields/definition.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { Menu, type MenuItem } from '#ui/Menu.tsx'
import { Parts } from '#ui/Parts.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Kept, useFieldWrite } from './definitions.ts'
import { kindLabelOf } from './kindWords.ts'
import { fieldWords } from './messages.ts'

type Props = {
  entity: Entity
  field: Kept
  before: Kept | undefined
  after: Kept | undefined
  onOpen: () => void
  onRetire: () => void
}

/** An added field in a line: its name opens it, the menu moves and retires it. */
export const AddedField = ({ entity, field, before, after, onOpen, onRetire }: Props) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const say = useFailureWords()
  const toast = useToast()
  const write = useFieldWrite()
  const known = fieldFrom(field.definition)
  const name = label(known.label)
  const swap = (other: Kept | undefined) => () => {
    if (other)
      write.mutate(
        { do: 'swap', field, other },
        { onError: (problem) => toast({ tone: 'failed', text: say(problem) }) },
      )
  }
  const items: MenuItem[] = [
    { key: 'edit', label: w.edit, icon: <Pencil />, run: onOpen },
    { key: 'up', label: w.up, icon: <ArrowUp />, disabled: !before, run: swap(before) },
    { key: 'down', label: w.down, icon: <ArrowDown />, disabled: !after, run: swap(after) },
    { key: 'retire', label: w.retire, icon: <PowerOff />, danger: true, run: onRetire },
  ]
  return (
    <li className="field-line">
      <button type="button" className="link field-name" onClick={onOpen}>
        {name}
      </button>
      <Marks field={known} entity={entity} />
      <Menu label={w.more(name)} items={items}>
        <button type="button" className="icon-button" aria-label={w.more(name)}>
          <Ellipsis />
        </button>
      </Menu>
    </li>
  )
}

export const FixedField = ({ field }: { field: Field }) => {
  const label = useLabel()
  return (
    <li className="field-line">
      <span className="field-name">{label(field.label)}</span>
      <Marks field={field} />
    </li>
  )
}

const Marks = ({ field, entity }: { field: Field; entity?: Entity }) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const { listed } = useMarks()
  const other = field.when && entity?.fields[field.when.field]
  const values = (field.when?.in ?? []).map((value) => {
    const choice = other?.choices?.find((each) => each.value === value)
    if (choice) return label(choice.label)
    return value === 'true' ? w.yes : w.no
  })
  return (
    <Parts
      className="quiet field-marks"
      of={[
        label(kindLabelOf(field)),
        field.required && w.required,
        field.list && w.list,
        field.sort && w.sort,
        field.search && w.search,
        field.sensitivity === 'personal' && w.personal,
        field.sensitivity === 'sensitive' && w.sensitive,
        other && w.only(label(other.label), listed(values)),
      ].map((part) => part || undefined)}
    />
  )
}
