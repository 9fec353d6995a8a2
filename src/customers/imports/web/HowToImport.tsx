import { keyNames } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { ChoiceList } from '#ui/ChoiceList.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { FieldInput } from '#ui/FieldInput.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { importWords } from './messages.ts'
import { NativeSelect } from './NativeSelect.tsx'
import { keysIn } from './needs.ts'
import type { Settings } from './useImport.ts'

type Props = {
  item: ImportAnswer
  importable: Importable
  onChange: (settings: Settings) => void
}

/** Add, update or both; by what a record is recognised; and who gets those that name nobody. */
export const HowToImport = ({ item, importable, onChange }: Props) => (
  <div className="how">
    <Modes item={item} importable={importable} onChange={onChange} />
    <Key item={item} importable={importable} onChange={onChange} />
    <Owner item={item} importable={importable} onChange={onChange} />
  </div>
)

const Modes = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const { may } = useDirectory()
  const { plural } = importable.entity
  const create = may(`${plural}.create`)
  const edit = may(`${plural}.edit`)
  // Without any key, every row can only be a new record.
  const keys = keyNames(importable.entity)
  if (keys.length === 0) return <p className="quiet imports-note">{w.kindWithoutKey}</p>
  const labels = keys.flatMap((name) => {
    const field = importable.entity.fields[name]
    return field ? [label(field.label)] : []
  })
  const key = item.key ?? keysIn(importable, item.mapping)[0]?.name
  const modes = [
    { mode: 'insert', label: w.insert, help: w.insertHelp, can: create },
    { mode: 'update', label: w.update, help: w.updateHelp, can: edit },
    { mode: 'both', label: w.both, help: w.bothHelp, can: create && edit },
  ] as const
  return (
    <>
      <ChoiceList
        inRow
        label={w.how}
        value={item.mode}
        onChange={(mode) => onChange(mode === 'insert' ? { mode } : { mode, key: key ?? null })}
        choices={modes
          .filter(({ can }) => can)
          .map(({ mode, label, help }) => ({
            value: mode,
            label,
            help,
            disabled: mode !== 'insert' && key === undefined,
          }))}
      />
      {key === undefined && edit && <p className="quiet imports-note">{w.keyNeeded(labels)}</p>}
    </>
  )
}

const Key = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const label = useLabel()
  const keys = keysIn(importable, item.mapping)
  if (keys.length === 0) return null
  const keyHelp = importable.below ? w.keyHelpWithin : w.keyHelp
  const chosen = keys.find(({ name }) => name === item.key)
  const options = keys.map((key) => ({ value: key.name, label: label(key.label) }))
  return (
    <div className="how-line">
      <NativeSelect
        label={w.by_}
        value={item.key ?? ''}
        onChange={(value) => onChange({ key: value || null })}
        options={item.mode === 'insert' ? [...options, { value: '', label: w.noKey }] : options}
      />
      <p className={chosen ? 'quiet' : 'soon'}>
        {chosen ? keyHelp(label(chosen.label)) : w.noKeyHelp}
      </p>
    </div>
  )
}

const Owner = ({ item, importable, onChange }: Props) => {
  const w = useMessages(importWords)
  const field: Field | undefined = importable.entity.fields.owner_id
  if (!field || item.mode === 'update') return null
  return (
    <PlainField label={w.owner}>
      {({ id }) => (
        <FieldInput
          id={id}
          field={field}
          value={item.owner_id}
          onChange={(value) => onChange({ owner_id: typeof value === 'number' ? value : null })}
        />
      )}
    </PlainField>
  )
}
