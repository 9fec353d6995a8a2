import { useId, useState } from 'react'
import { fieldFrom } from '#platform/fields/definition.ts'
import { FieldInput } from '#ui/FieldInput.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import type { Draft } from './definitions.ts'
import { fieldWords } from './messages.ts'

/** The control as it will stand in the form; it can be tried and keeps nothing. */
export const Preview = ({ draft }: { draft: Draft }) => {
  const w = useMessages(fieldWords)
  return (
    <section className="field-preview" aria-label={w.preview}>
      <p className="quiet">{w.preview}</p>
      {draft.kind === 'formula' ? <p>{w.reckoned}</p> : <Tried key={draft.kind} draft={draft} />}
    </section>
  )
}

const Tried = ({ draft }: { draft: Draft }) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const id = useId()
  const [value, setValue] = useState<unknown>(null)
  const field = fieldFrom({ ...draft, name: 'x_preview' })
  return (
    <div className="form-line">
      <label htmlFor={id} id={`${id}-label`}>
        {label(field.label) || w.unnamed}
        {field.required && <i aria-hidden="true">*</i>}
      </label>
      <FieldInput id={id} field={field} value={value} onChange={setValue} />
      <p className="form-note quiet">{field.help && label(field.help)}</p>
    </div>
  )
}
