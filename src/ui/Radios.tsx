type Props<V extends string> = {
  id: string
  /** `title`: why one cannot be chosen. */
  choices: readonly { value: V; label: string; disabled?: boolean; title?: string }[]
  value: V | null
  onChange: (value: V) => void
  onBlur?: (() => void) | undefined
  /** Called when what is chosen is chosen again, where that means to empty it. */
  onAgain?: (() => void) | undefined
  describedBy?: string | undefined
}

/** Native radio buttons in a row; the label above carries the id with `-label`. */
export const Radios = <V extends string>(props: Props<V>) => (
  <div
    className="segments"
    role="radiogroup"
    aria-labelledby={`${props.id}-label`}
    aria-describedby={props.describedBy}
  >
    {props.choices.map((choice, place) => (
      <label key={choice.value} title={choice.title}>
        <input
          type="radio"
          id={place === 0 ? props.id : undefined}
          name={props.id}
          checked={props.value === choice.value}
          disabled={choice.disabled}
          onChange={() => props.onChange(choice.value)}
          onClick={() => props.value === choice.value && props.onAgain?.()}
          onBlur={props.onBlur}
        />
        <span>{choice.label}</span>
      </label>
    ))}
  </div>
)
