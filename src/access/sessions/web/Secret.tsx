import { Input } from 'antd'
import { PlainField } from '#ui/PlainField.tsx'

/** A field for a password, with what is wrong with it or how it should be. */
export const Secret = (props: {
  label: string
  value: string
  onChange: (value: string) => void
  complete: 'current-password' | 'new-password'
  note: string | undefined
  help?: string
  size?: 'large'
  focus?: true
}) => (
  <PlainField label={props.label} wrong={props.note !== undefined} note={props.note ?? props.help}>
    {(control) => (
      <Input
        {...control}
        {...(props.size && { size: props.size })}
        {...(props.focus && { autoFocus: true })}
        type="password"
        autoComplete={props.complete}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    )}
  </PlainField>
)
