import { Button } from 'antd'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from 'react'
import { type Field, type Fields, isWritten } from '#platform/fields/field.ts'
import { ChangeNotice } from './ChangeNotice.tsx'
import { ConflictDialog } from './ConflictDialog.tsx'
import { useAskedFields, useDirectory } from './directory.tsx'
import { editWords } from './editWords.ts'
import { useFailureWords } from './Failure.tsx'
import { FieldInput } from './FieldInput.tsx'
import { useFields, useGroups } from './fields.ts'
import { isAsked } from './formState.ts'
import type { InputProps } from './inputProps.ts'
import { useLabel, useMessages } from './locale.tsx'
import { useReasons } from './useReasons.ts'
import { type FormProps, type FormRecord, useRecordForm } from './useRecordForm.ts'
import { words } from './words.ts'

export type FormGroup = {
  key: string
  label: string
  /** Folded until somebody wants it, unless something in it is filled in. */
  folded?: boolean
}

type Props<R extends FormRecord> = Omit<FormProps<R>, 'fields'> & {
  /** In this order; fields of a group not named here come last. Without groups, one plain column. */
  groups?: readonly FormGroup[]
  /** Of the fixed fields only these, in this order; those that administrators added follow. */
  only?: readonly string[]
  /** What references can point at, by field. */
  options?: Record<string, InputProps['options']>
  onCancel?: () => void
  saveLabel?: string
}

const noGroups: readonly FormGroup[] = []

type Form = ReturnType<typeof useRecordForm>

/** A form made of an entity's fields. Ctrl+Enter saves; what is typed survives every refusal. */
export const RecordForm = <R extends FormRecord>(props: Props<R>) => {
  const w = useMessages(words)
  const fields = useWritable(props)
  const form = useRecordForm({ ...props, fields })
  const groups = useGroups(props.entity, props.groups ?? noGroups)
  const element = useRef<HTMLFormElement>(null)
  const id = useId()
  const save = () => {
    const wrong = form.save()
    if (wrong === undefined) return
    const place = element.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${wrong}`)}`)
    place?.closest('details')?.setAttribute('open', '')
    place?.scrollIntoView({ block: 'center' })
    place?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  const shared = { form, fields, id, options: props.options ?? {}, isNew: !props.record }
  return (
    <form
      ref={element}
      className="form"
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="form-body">
        <Meanwhile form={form} fields={props.entity.fields} />
        <Groups {...shared} groups={groups} />
        <Trouble form={form} />
      </div>
      <footer className="form-foot">
        <Button type="primary" htmlType="submit" loading={form.saving}>
          {props.saveLabel ?? w.save}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{w.cancel}</Button>}
        <kbd>Ctrl ↵</kbd>
      </footer>
      {form.conflict && (
        <ConflictDialog
          fields={fields}
          draft={form.draft}
          conflict={form.conflict}
          onSettle={form.settle}
          onCancel={form.giveUp}
        />
      )}
    </form>
  )
}

/** What others did to the record while the form is open. */
const Meanwhile = ({ form, fields }: { form: Form; fields: Fields }) => {
  const w = useMessages(editWords)
  const { others, gone } = form
  if (gone)
    return (
      <p className="change-notice late" role="alert">
        {w.gone}
      </p>
    )
  if (!others || others.names.length === 0) return null
  return <ChangeNotice fields={fields} others={others} word={w.adopt} onDone={form.adopt} />
}

const useWritable = <R extends FormRecord>({ entity, only }: Props<R>): Fields => {
  const { rightOf } = useDirectory()
  const fields = useAskedFields(entity.name, useFields(entity))
  return useMemo(() => {
    const all = Object.entries(fields)
    const chosen = only
      ? [
          ...only.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : [])),
          ...all.filter(([, field]) => field.custom),
        ]
      : all
    return Object.fromEntries(
      chosen.filter(([name, field]) => isWritten(field) && rightOf(entity.name, name) === 'write'),
    )
  }, [entity, fields, only, rightOf])
}

type Shared = {
  form: Form
  fields: Fields
  id: string
  options: NonNullable<Props<FormRecord>['options']>
  isNew: boolean
}

const Groups = ({ groups, ...shared }: Shared & { groups: readonly FormGroup[] }) => {
  const named = new Set(groups.map((group) => group.key))
  const isNamed = ({ custom, group = '' }: Field) => named.has(group) && (custom || group !== '')
  const inGroup = (key: string | undefined) =>
    Object.entries(shared.fields)
      .filter(([, field]) => isAsked(field, shared.form.whole))
      .filter(([, field]) =>
        key === undefined ? !isNamed(field) : isNamed(field) && (field.group ?? '') === key,
      )
      .sort(([, a], [, b]) => Number(b.required ?? false) - Number(a.required ?? false))
  // Where the page has no groups, what an administrator groups comes behind the rest.
  const plain = !Object.values(shared.fields).some(({ custom, group }) => group && !custom)
  return (
    <>
      {plain && <Lines entries={inGroup(undefined)} {...shared} />}
      {groups.map((group) => (
        <Group key={group.key} group={group} entries={inGroup(group.key)} {...shared} />
      ))}
      {!plain && <Lines entries={inGroup(undefined)} {...shared} />}
    </>
  )
}

type Entries = readonly (readonly [string, Field])[]

const Group = ({ group, entries, ...shared }: Shared & { group: FormGroup; entries: Entries }) => {
  if (entries.length === 0) return null
  const { start } = shared.form
  const filled = entries.some(([name]) => !isUnset(start[name]))
  if (!group.folded)
    return (
      <fieldset>
        <legend>{group.label}</legend>
        <Lines entries={entries} {...shared} />
      </fieldset>
    )
  return (
    <details open={filled}>
      <summary>{group.label}</summary>
      <Lines entries={entries} {...shared} />
    </details>
  )
}

const isUnset = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const Lines = ({ entries, ...shared }: Shared & { entries: Entries }) =>
  entries.map(([name, field]) => <Line key={name} name={name} field={field} {...shared} />)

/** The first field takes the cursor in a new record. */
const Line = ({
  name,
  field,
  form,
  fields,
  id,
  options,
  isNew,
}: Shared & { name: string; field: Field }) => {
  const label = useLabel()
  const { error, warning } = form.remarks(name)
  const own = `${id}-${name}`
  const first = Object.keys(fields).find((each) => fields[each]?.kind === 'text') === name
  return (
    <div className="form-line">
      <label htmlFor={own} id={`${own}-label`}>
        {label(field.label)}
        {(field.required || form.needed.has(name)) && <i aria-hidden="true">*</i>}
      </label>
      <FieldInput
        id={own}
        field={field}
        value={form.draft[name]}
        onChange={(value) => form.set(name, value)}
        onBlur={() => form.look(name)}
        invalid={error !== undefined}
        describedBy={`${own}-note`}
        autoFocus={isNew && first}
        from={isNew ? undefined : form.start[name]}
        {...(options[name] && { options: options[name] })}
      />
      <Note id={`${own}-note`} error={error} warning={warning}>
        {field.help && label(field.help)}
      </Note>
    </div>
  )
}

type Said = { reason: string; values?: Record<string, string | number> | undefined } | undefined

const Note = (props: { id: string; error: Said; warning: Said; children: ReactNode }) => {
  const say = useReasons()
  const tone = props.error ? 'late' : props.warning ? 'soon' : 'quiet'
  const said = props.error ?? props.warning
  return (
    <p id={props.id} className={`form-note ${tone}`} aria-live="polite">
      {said ? say(said) : props.children}
    </p>
  )
}

const Trouble = ({ form }: { form: Form }) => {
  const w = useMessages(words)
  const say = useFailureWords()
  const reason = useReasons()
  if (form.failure === undefined || form.gone) return null
  const loose = form.refused.get('')
  return (
    <p className="form-trouble" role="alert">
      {loose ? reason(loose) : say(form.failure)}
      <span>{w.kept}</span>
    </p>
  )
}
