import { useId } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { FieldInput } from './FieldInput.tsx'
import { useLabel } from './locale.tsx'

type Props = { field: Field; value: unknown; onChange: (value: unknown) => void }

/** One added field in a short form: its label, its editor and its help. */
export const AddedLine = (props: Props) => {
  const { field } = props
  const label = useLabel()
  const id = useId()
  return (
    <div className="form-line">
      <label htmlFor={id} id={`${id}-label`}>
        {label(field.label)}
        {field.required && <i aria-hidden="true">*</i>}
      </label>
      <FieldInput
        id={id}
        field={field}
        value={props.value ?? null}
        onChange={props.onChange}
        onBlur={() => {}}
        invalid={false}
        describedBy={`${id}-note`}
      />
      <p id={`${id}-note`} className="form-note quiet">
        {field.help && label(field.help)}
      </p>
    </div>
  )
}
