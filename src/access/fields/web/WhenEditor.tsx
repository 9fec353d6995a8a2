import { useId } from 'react'
import type { Entity } from '#platform/fields/entity.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Radios } from '#ui/Radios.tsx'
import { Select } from '#ui/Select.tsx'
import type { Draft } from './definitions.ts'
import { fieldWords } from './messages.ts'

type Props = {
  entity: Entity
  draft: Draft
  note: string | undefined
  set: (change: Partial<Draft>) => void
}

/** When a field appears, as a sentence: only where a choice has one of these values. */
export const WhenEditor = ({ entity, draft, note, set }: Props) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const id = useId()
  const { when } = draft
  const deciding = Object.entries(entity.fields).filter(
    ([name, field]) => (field.kind === 'choice' || field.kind === 'bool') && name !== draft.name,
  )
  const values = valuesOf(entity, when?.field, { yes: w.yes, no: w.no }, label)
  const [first] = deciding
  return (
    <div className="form-line">
      <span id={`${id}-label`} className="line-label">
        {w.when}
      </span>
      <Radios
        id={id}
        value={when ? 'sometimes' : 'always'}
        choices={[
          { value: 'always', label: w.always },
          { value: 'sometimes', label: w.sometimes },
        ]}
        onChange={(value) =>
          set({ when: value === 'always' || !first ? undefined : { field: first[0], in: [] } })
        }
      />
      {when && (
        <p className="when-sentence">
          {w.whenOnly}
          <Select
            aria-label={w.whenField}
            value={when.field}
            options={deciding.map(([value, field]) => ({ value, label: label(field.label) }))}
            onChange={(field: string) => set({ when: { field, in: [] } })}
          />
          {w.whenIs}
          <Select
            aria-label={w.whenValues}
            mode="multiple"
            value={when.in}
            options={values}
            optionFilterProp="label"
            onChange={(chosen: string[]) => set({ when: { ...when, in: chosen } })}
          />
          {w.whenThen}
        </p>
      )}
      <p className="form-note late" aria-live="polite">
        {note}
      </p>
    </div>
  )
}

const valuesOf = (
  entity: Entity,
  name: string | undefined,
  { yes, no }: { yes: string; no: string },
  label: ReturnType<typeof useLabel>,
) => {
  const field = name === undefined ? undefined : entity.fields[name]
  if (field?.kind === 'bool')
    return [
      { value: 'true', label: yes },
      { value: 'false', label: no },
    ]
  return (field?.choices ?? []).map((each) => ({ value: each.value, label: label(each.label) }))
}
