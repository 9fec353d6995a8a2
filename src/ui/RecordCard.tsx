import { Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import { useAskedFields, useDirectory } from './directory.tsx'
import { whyNotEdit } from './editable.ts'
import { editWords } from './editWords.ts'
import { useFields, useGroups } from './fields.ts'
import { isAsked } from './formState.ts'
import { InPlaceEditor, useEditorSoon } from './InPlaceEditor.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { PlainValue } from './PlainView.tsx'
import { type Row, valueIn } from './recordColumns.ts'
import { Unread, unreadOf } from './Unread.tsx'
import { useValueSave } from './useValueSave.tsx'

type Props = {
  entity: Entity
  record: Row
  groups: readonly { key: string; label: string }[]
  /** Fields already shown elsewhere. */
  without?: readonly string[]
  /** What is doubtful about values, in words, by field. */
  doubts?: ReadonlyMap<string, string>
  /** Values are changed where they stand. */
  edits?: boolean
}

/** What is known of a record, by group; empty fields do not take room. */
export const RecordCard = ({ entity, record, without = [], doubts, ...props }: Props) => {
  const { rightOf } = useDirectory()
  const groups = useGroups(entity, props.groups)
  useEditorSoon(props.edits === true)
  const shown = Object.entries(useAskedFields(entity.name, useFields(entity))).filter(
    ([name, field]) =>
      !without.includes(name) &&
      rightOf(entity.name, name) !== 'hidden' &&
      isAsked(field, Object.fromEntries(Object.entries(record))) &&
      (isFilled(valueIn(record, name)) || unreadOf(record, name) !== undefined),
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
              {...{ entity, record, name, field }}
              doubt={doubts?.get(name)}
              edits={props.edits === true && !whyNotEdit(entity, name, record, rightOf)}
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

type EntryProps = {
  entity: Entity
  record: Row
  name: string
  field: Field
  doubt: string | undefined
  edits: boolean
}

const Entry = (props: EntryProps) => {
  const { record, name, field, doubt, edits } = props
  const label = useLabel()
  const value = valueIn(record, name)
  const unread = unreadOf(record, name)
  return (
    <div data-kind={field.kind}>
      <dt>{label(field.label)}</dt>
      <dd className={doubt && 'soon'} title={doubt}>
        {unread ? <Unread reason={unread} /> : <PlainValue {...props} value={value} />}
        {edits && !unread && <InPlace {...props} value={value} />}
      </dd>
    </div>
  )
}

/** A pencil beside a value, and the editor over it. */
const InPlace = ({ entity, record, name, field, value }: EntryProps & { value: unknown }) => {
  const w = useMessages(editWords)
  const label = useLabel()
  const button = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState<{ from: Row; draft?: { value: unknown } }>()
  const { save, dialog } = useValueSave<Row>(entity, (from, _name, typed) =>
    setEditing({ from, draft: { value: typed } }),
  )
  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-button edit-here"
        aria-label={w.editor(label(field.label))}
        title={w.editor(label(field.label))}
        onClick={() => setEditing({ from: record })}
      >
        <Pencil />
      </button>
      {editing && (
        <InPlaceEditor
          field={field}
          value={editing.draft ? valueIn(editing.from, name) : value}
          draft={editing.draft}
          alone
          onSave={(next) => save(editing.from, name, next)}
          onLeave={() => {
            setEditing(undefined)
            button.current?.focus()
          }}
        />
      )}
      {dialog}
    </>
  )
}
