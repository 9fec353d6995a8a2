import { ChevronDown } from 'lucide-react'

/** A choice said in a word; the browser's own list opens from it, on a phone the phone's. */
export const QuietSelect = <V extends string>(props: {
  label: string
  value: V
  /** What stands there instead of the name of the choice, where that is too long. */
  shown?: string
  choices: readonly { value: V; label: string }[]
  onChange: (value: V) => void
}) => {
  const chosen = props.choices.find(({ value }) => value === props.value)
  return (
    <span className="quiet-select">
      <span aria-hidden="true">{props.shown ?? chosen?.label ?? props.choices[0]?.label}</span>
      <ChevronDown />
      <select
        aria-label={props.label}
        value={props.value}
        onChange={(event) => {
          const picked = props.choices.find(({ value }) => value === event.target.value)
          if (picked) props.onChange(picked.value)
        }}
      >
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </span>
  )
}
