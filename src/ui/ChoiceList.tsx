import { useId } from 'react'

type Choice<V extends string> = { value: V; label: string; help?: string; disabled?: boolean }

/** Choices that need a sentence each: native radio buttons, one below the other or in a row. */
export const ChoiceList = <V extends string>(props: {
  label: string
  value: V
  onChange: (value: V) => void
  choices: readonly Choice<V>[]
  inRow?: boolean
}) => {
  const name = useId()
  return (
    <fieldset className="choice-list" data-row={props.inRow || undefined}>
      <legend className={props.inRow ? 'unseen' : undefined}>{props.label}</legend>
      {props.choices.map(({ value, label, help, disabled }) => (
        <label key={value} data-blocked={disabled || undefined}>
          <input
            type="radio"
            name={name}
            checked={props.value === value}
            disabled={disabled}
            onChange={() => props.onChange(value)}
          />
          <span>
            {label}
            {help && <span className="quiet">{help}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
