import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { useDirectory } from './directory.tsx'
import { FieldValue } from './FieldValue.tsx'
import { useFields, useGroups } from './fields.ts'
import { isAsked } from './formState.ts'
import { useLabel } from './locale.tsx'
import { valueIn } from './recordColumns.ts'

type Props = {
  entity: Entity
  record: object
  groups: readonly { key: string; label: string }[]
  /** Fields already shown elsewhere. */
  without?: readonly string[]
  /** What is doubtful about values, in words, by field. */
  doubts?: ReadonlyMap<string, string>
}

/** What is known of a record, by group; empty fields do not take room. */
export const RecordCard = ({ entity, record, without = [], doubts, ...props }: Props) => {
  const { rightOf } = useDirectory()
  const groups = useGroups(entity, props.groups)
  const shown = Object.entries(useFields(entity)).filter(
    ([name, field]) =>
      !without.includes(name) &&
      rightOf(entity.name, name) !== 'hidden' &&
      isAsked(field, Object.fromEntries(Object.entries(record))) &&
      isFilled(valueIn(record, name)),
  )
  return groups.map((group) => {
    const own = shown.filter(
      ([, field]) => (field.group ?? '') === group.key && (group.key !== '' || field.custom),
    )
    if (own.length === 0) return null
    return (
      <section key={group.key} className="record-card">
        <h2>{group.label}</h2>
        <dl>
          {own.map(([name, field]) => (
            <Entry
              key={name}
              field={field}
              value={valueIn(record, name)}
              doubt={doubts?.get(name)}
            />
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

type EntryProps = { field: Field; value: unknown; doubt: string | undefined }

const Entry = ({ field, value, doubt }: EntryProps) => {
  const label = useLabel()
  return (
    <div data-kind={field.kind}>
      <dt>{label(field.label)}</dt>
      <dd className={doubt && 'soon'} title={doubt}>
        <FieldValue field={field} value={value} />
      </dd>
    </div>
  )
}
