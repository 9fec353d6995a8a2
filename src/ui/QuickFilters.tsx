import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Fields } from '#platform/fields/field.ts'
import { listWords } from './listWords.ts'
import { useLabel, useMessages } from './locale.tsx'
import { Menu } from './Menu.tsx'

type Props = {
  fields: Fields
  /** What is asked for already; it is not offered again. */
  parts: readonly Condition[]
  onAdd: (leaf: Leaf) => void
}

// One choice lies open, the others are behind the filter.
const choicesShown = 1

/** What is asked for most, one press away: mine, my department's, this week's, and by a choice. */
export const QuickFilters = ({ fields, parts, onAdd }: Props) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const asked = new Set(parts.flatMap((part) => ('field' in part ? [part.field] : [])))
  const free = Object.entries(fields).filter(([name]) => !asked.has(name))
  const person = free.find(([, { kind }]) => kind === 'person')
  const department = free.find(([, { kind }]) => kind === 'department')
  const changed = free.find(([name, { kind }]) => name === 'updated_at' && kind === 'dateTime')
  const choices = free.filter(([, { kind }]) => kind === 'choice').slice(0, choicesShown)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line
    <span className="quick-filters" role="group" aria-label={w.quick}>
      {person && (
        <Quick
          word={w.quickMine}
          onPress={() => onAdd({ field: person[0], is: 'in', value: ['me'] })}
        />
      )}
      {department && (
        <Quick
          word={w.quickDepartment}
          onPress={() => onAdd({ field: department[0], is: 'in', value: ['my_department'] })}
        />
      )}
      {changed && (
        <Quick
          word={w.quickWeek(label(changed[1].label))}
          onPress={() => onAdd({ field: changed[0], is: 'in_period', value: 'this_week' })}
        />
      )}
      {choices.map(([name, field]) => (
        <Menu
          key={name}
          label={label(field.label)}
          placement="bottomLeft"
          items={(field.choices ?? []).map((choice) => ({
            key: choice.value,
            label: label(choice.label),
            run: () => onAdd({ field: name, is: 'in', value: [choice.value] }),
          }))}
        >
          <button type="button" className="chip-add">
            {label(field.label)}
          </button>
        </Menu>
      ))}
    </span>
  )
}

const Quick = ({ word, onPress }: { word: string; onPress: () => void }) => (
  <button type="button" className="chip-add" onClick={onPress}>
    {word}
  </button>
)
