import { Input } from 'antd'
import { customKinds, unsortable } from '#platform/fields/definition.ts'
import { ChoiceList } from '#ui/ChoiceList.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { AutoComplete, Select } from '#ui/Select.tsx'
import { Choosing } from './Choosing.tsx'
import type { Draft, Kept, Shape } from './definitions.ts'
import type { NoteOf } from './FieldForm.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'
import { kindLabels } from './kindWords.ts'
import { MoreSettings } from './MoreSettings.tsx'
import { fieldWords } from './messages.ts'
import { WhenEditor } from './WhenEditor.tsx'

export type Setting = { draft: Draft; set: (change: Partial<Draft>) => void; note: NoteOf }
type Props = Setting & { shape: Shape; kept?: Kept }

/** All that can be said of a field, the needed first. */
export const FieldSettings = ({ shape, kept, ...setting }: Props) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const { draft, set, note } = setting
  const chosen = isChosen(draft.kind)
  return (
    <>
      <PlainField label={w.name} wrong={note('label') !== undefined} note={note('label')}>
        {(control) => (
          <Input
            {...control}
            autoFocus={!kept}
            maxLength={40}
            value={draft.label.zh}
            onChange={(event) => set({ label: { ...draft.label, zh: event.target.value } })}
          />
        )}
      </PlainField>
      <PlainField
        label={w.kind}
        wrong={note('kind') !== undefined}
        note={note('kind') ?? (kept && w.kindStays)}
      >
        {({ id }) => (
          <Select
            id={id}
            virtual={false}
            disabled={kept !== undefined}
            value={draft.kind}
            options={offered(draft.kind).map((value) => ({
              value,
              label: label(kindLabels[value]),
            }))}
            onChange={(kind) => set(withKind(draft, kind))}
          />
        )}
      </PlainField>
      {chosen && <Choosing shape={shape} {...(kept && { kept })} {...setting} />}
      {draft.kind === 'formula' && (
        <FormulaEditor entity={shape.entity} isNew={!kept} {...setting} />
      )}
      <GroupLine shape={shape} {...setting} />
      <PlainField label={w.help} note={w.helpHelp}>
        {(control) => (
          <Input
            {...control}
            maxLength={40}
            value={draft.help?.zh ?? ''}
            onChange={(event) =>
              set({ help: event.target.value ? { zh: event.target.value, en: '' } : undefined })
            }
          />
        )}
      </PlainField>
      <WhenEditor entity={shape.entity} draft={draft} set={set} note={note('when')} />
      <Uses {...setting} />
      <ChoiceList
        label={w.sensitivity}
        value={draft.sensitivity ?? 'internal'}
        onChange={(sensitivity) => set({ sensitivity })}
        choices={[
          { value: 'internal', label: w.plain, help: w.plainHelp },
          { value: 'personal', label: w.personal, help: w.personalHelp },
          { value: 'sensitive', label: w.sensitive, help: w.sensitiveHelp },
        ]}
      />
      <MoreSettings {...setting} isNew={!kept} />
    </>
  )
}

/** A number of its own is begun by its rule, not chosen here. */
const offered = (kind: Draft['kind']): Draft['kind'][] =>
  kind === 'serial' ? [kind] : [...customKinds]

/** What only the former kind had goes with it. */
const withKind = (draft: Draft, kind: Draft['kind']): Partial<Draft> => ({
  kind,
  choices: isChosen(kind) && !draft.dictionary ? (draft.choices ?? []) : undefined,
  dictionary: isChosen(kind) ? draft.dictionary : undefined,
  max: undefined,
  formula: kind === 'formula' ? (draft.formula ?? '') : undefined,
  result: kind === 'formula' ? (draft.result ?? 'number') : undefined,
  required: kind === 'formula' ? undefined : draft.required,
  search: searchable(kind) ? draft.search : undefined,
  sort: sortable(kind) ? draft.sort : undefined,
})

const isEntered = (kind: Draft['kind']) => kind !== 'formula' && kind !== 'serial'
const isChosen = (kind: Draft['kind']) => kind === 'choice' || kind === 'choices'
const searchable = (kind: Draft['kind']) => ['text', 'phone', 'email', 'serial'].includes(kind)
const sortable = (kind: Draft['kind']) => !unsortable.includes(kind)

const GroupLine = ({ shape, draft, set, note }: Setting & { shape: Shape }) => {
  const w = useMessages(fieldWords)
  const groups = shape.useGroups()
  const known = new Set(groups.map(({ key }) => key))
  const own = Object.values(shape.entity.fields).flatMap(({ custom, group }) =>
    custom && group && !known.has(group) ? [group] : [],
  )
  const shown = groups.find(({ key }) => key === draft.group)?.label ?? draft.group ?? ''
  const write = (text: string) => {
    const fixed = groups.find(({ label }) => label === text.trim())
    set({ group: fixed?.key ?? (text || undefined) })
  }
  return (
    <PlainField
      label={w.group}
      wrong={note('group') !== undefined}
      note={note('group') ?? w.groupHelp}
    >
      {({ id }) => (
        <AutoComplete
          id={id}
          value={shown}
          options={[...groups.map(({ label }) => label), ...new Set(own)].map((value) => ({
            value,
          }))}
          onChange={write}
        />
      )}
    </PlainField>
  )
}

/** The switches, each with what it does. */
const Uses = ({ draft, set }: Setting) => {
  const w = useMessages(fieldWords)
  const uses = [
    { key: 'required', label: w.required, help: w.requiredHelp, fits: isEntered(draft.kind) },
    { key: 'list', label: w.list, help: w.listHelp, fits: true },
    { key: 'sort', label: w.sort, help: w.sortHelp, fits: sortable(draft.kind) },
    { key: 'search', label: w.search, help: w.searchHelp, fits: searchable(draft.kind) },
  ] as const
  return (
    <fieldset className="choice-list">
      <legend>{w.use}</legend>
      {uses
        .filter(({ fits }) => fits)
        .map(({ key, label, help }) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={draft[key] ?? false}
              onChange={(event) => set({ [key]: event.target.checked || undefined })}
            />
            <span>
              {label}
              <span className="quiet">{help}</span>
            </span>
          </label>
        ))}
    </fieldset>
  )
}
