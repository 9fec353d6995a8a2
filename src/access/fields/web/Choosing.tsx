import { useId } from 'react'
import { Anchor } from '#ui/Anchor.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Radios } from '#ui/Radios.tsx'
import { Select } from '#ui/Select.tsx'
import { ChoicesEditor } from './ChoicesEditor.tsx'
import { type Kept, type Shape, useDefinitions } from './definitions.ts'
import type { Setting } from './FieldSettings.tsx'
import { fieldWords } from './messages.ts'

type Props = Setting & { shape: Shape; kept?: Kept }

/** Where the choices of a field come from: written here, or a dictionary that others share. */
export const Choosing = ({ shape, kept, draft, set, note }: Props) => {
  const w = useMessages(fieldWords)
  const id = useId()
  if (kept && shape.entity.fields[kept.definition.name]?.machine)
    return (
      <p className="quiet">
        {w.choicesAreStages} <Anchor href="/settings/stages">{w.toStages}</Anchor>
      </p>
    )
  const shared = draft.dictionary !== undefined
  return (
    <>
      {!kept && (
        <div className="form-line">
          <span id={`${id}-label`} className="line-label">
            {w.choicesFrom}
          </span>
          <Radios
            id={id}
            value={shared ? 'dictionary' : 'own'}
            choices={[
              { value: 'own', label: w.ownChoices },
              { value: 'dictionary', label: w.fromDictionary },
            ]}
            onChange={(from) =>
              set(
                from === 'own'
                  ? { dictionary: undefined, choices: [] }
                  : { dictionary: '', choices: undefined },
              )
            }
          />
        </div>
      )}
      {shared ? (
        <DictionaryPick draft={draft} set={set} note={note} fixed={kept !== undefined} />
      ) : (
        <ChoicesEditor
          legend={w.choices}
          choices={draft.choices ?? []}
          stored={kept?.definition.choices ?? []}
          note={note('choices')}
          onChange={(choices) => set({ choices })}
        />
      )}
    </>
  )
}

const DictionaryPick = ({ draft, set, note, fixed }: Setting & { fixed: boolean }) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const { data } = useDefinitions()
  return (
    <PlainField
      label={w.dictionary}
      wrong={note('dictionary') !== undefined}
      note={note('dictionary') ?? <Anchor href="/settings/dictionaries">{w.toDictionaries}</Anchor>}
    >
      {({ id }) => (
        <Select
          id={id}
          disabled={fixed}
          value={draft.dictionary || null}
          options={(data?.dictionaries ?? []).map((each) => ({
            value: each.id,
            label: label({ ...each.label, en: each.label.en || each.label.zh }),
          }))}
          onChange={(dictionary: string | null) => set({ dictionary: dictionary ?? '' })}
        />
      )}
    </PlainField>
  )
}
