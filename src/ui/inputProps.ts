import type { Field } from '#platform/fields/field.ts'

export type InputProps = {
  id: string
  field: Field
  value: unknown
  /** Gives the value as the field stores it; an emptied field gives null or an empty list. */
  onChange: (value: unknown) => void
  onBlur?: () => void
  invalid?: boolean
  describedBy?: string | undefined
  autoFocus?: boolean
  /** A list of choices lies open from the start. */
  opened?: boolean
  /** What a reference can point at. */
  options?: readonly { value: string; label: string }[]
  /** What the record holds until it is saved: a stage goes on from there. */
  from?: unknown
}

/** What every antd control of a form gets. */
export const control = (props: InputProps) => {
  const { id, field, onBlur, invalid, describedBy, autoFocus } = props
  return {
    id,
    ...(field.required && { 'aria-required': true }),
    ...(onBlur && { onBlur }),
    ...(invalid && { status: 'error' as const, 'aria-invalid': true }),
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...(autoFocus && { autoFocus }),
  }
}

export const textOf = (value: unknown) =>
  value === null || value === undefined ? '' : String(value)
