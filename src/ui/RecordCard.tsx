import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { useDirectory } from './directory.tsx'
import { FieldValue } from './FieldValue.tsx'
import { isAsked } from './formState.ts'
import { useLabel } from './locale.tsx'
import { valueIn } from './recordColumns.ts'

type Props = {
  entity: Entity
  record: object
  groups: readonly { key: string; label: string }[]
  /** Fields already shown elsewhere. */
  without?: readonly string[]
}

/** What is known of a record, by group; empty fields do not take room. */
export const RecordCard = ({ entity, record, groups, without = [] }: Props) => {
  const { rightOf } = useDirectory()
  const shown = Object.entries(entity.fields).filter(
    ([name, field]) =>
      !without.includes(name) &&
      rightOf(entity.name, name) !== 'hidden' &&
      isAsked(field, Object.fromEntries(Object.entries(record))) &&
      isFilled(valueIn(record, name)),
  )
  return groups.map((group) => {
    const own = shown.filter(([, field]) => field.group === group.key)
    if (own.length === 0) return null
    return (
      <section key={group.key} className="record-card">
        <h2>{group.label}</h2>
        <dl>
          {own.map(([name, field]) => (
            <Entry key={name} field={field} value={valueIn(record, name)} />
          ))}
        </dl>
      </section>
    )
  })
}

const isFilled = (value: unknown) =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0)

const Entry = ({ field, value }: { field: Field; value: unknown }) => {
  const label = useLabel()
  return (
    <div>
      <dt>{label(field.label)}</dt>
      <dd>
        <FieldValue field={field} value={value} />
      </dd>
    </div>
  )
}
