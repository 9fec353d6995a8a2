import { useId } from 'react'

type SelectOption = { value: string; label: string; disabled?: boolean }

/** The browser's own list: it opens at once, also a hundred of them, and fits the phone. */
export const NativeSelect = (props: {
  label: string
  /** The label is read out but not shown. */
  unseen?: boolean
  value: string
  onChange: (value: string) => void
  options: readonly SelectOption[]
  groups?: readonly { label: string; options: readonly SelectOption[] }[]
  quiet?: boolean
}) => {
  const id = useId()
  return (
    <span className="native">
      <label htmlFor={id} className={props.unseen ? 'unseen' : 'quiet'}>
        {props.label}
      </label>
      <select
        id={id}
        value={props.value}
        data-quiet={props.quiet || undefined}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map(option)}
        {props.groups?.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(option)}
          </optgroup>
        ))}
      </select>
    </span>
  )
}

const option = ({ value, label, disabled }: SelectOption) => (
  <option key={value} value={value} disabled={disabled}>
    {label}
  </option>
)
