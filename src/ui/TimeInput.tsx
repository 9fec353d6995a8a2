import { Input } from 'antd'
import { useState } from 'react'
import { useDirectory } from './directory.tsx'
import { control, type InputProps, textOf } from './inputProps.ts'
import { fromLocalInput, toLocalInput } from './time.ts'

/** The browser's own date field: it knows the keyboard, the phone and the reader's habits. */
export const DateInput = (props: InputProps) => (
  <Input
    {...control(props)}
    type="date"
    min="1900-01-01"
    max="2999-12-31"
    value={textOf(props.value)}
    onChange={(event) => props.onChange(event.target.value || null)}
  />
)

/** A wall clock in the firm's time zone, whatever the zone of this machine. */
export const InstantInput = (props: InputProps) => {
  const { timeZone } = useDirectory()
  const stored = typeof props.value === 'string' ? toLocalInput(props.value, timeZone) : ''
  const [text, setText] = useState(stored)
  const same = text !== '' && fromLocalInput(text, timeZone) !== undefined
  return (
    <Input
      {...control(props)}
      type="datetime-local"
      value={same ? stored : text}
      onChange={(event) => {
        setText(event.target.value)
        props.onChange(fromLocalInput(event.target.value, timeZone) ?? null)
      }}
    />
  )
}
