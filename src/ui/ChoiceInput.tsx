import { Select } from 'antd'
import { control, type InputProps } from './inputProps.ts'
import { useLabel, useMessages } from './locale.tsx'
import { Radios } from './Radios.tsx'
import { words } from './words.ts'

// More choices than this no longer fit on one line of a form.
const atOnce = 4

/** Few choices lie open, more of them in a list. */
export const ChoiceInput = (props: InputProps) => {
  const label = useLabel()
  const w = useMessages(words)
  const options = (props.field.choices ?? []).map((choice) => ({
    value: choice.value,
    label: label(choice.label),
  }))
  if (options.length <= atOnce) return <Segments {...props} choices={options} />
  return (
    <Select
      {...control(props)}
      defaultOpen={props.opened === true}
      allowClear={!props.field.required}
      placeholder={w.choose}
      options={options}
      value={typeof props.value === 'string' ? props.value : null}
      onChange={(value: string | undefined) => props.onChange(value ?? null)}
    />
  )
}

/** Several of a list, in the order they were chosen. */
export const ChoicesInput = (props: InputProps) => {
  const label = useLabel()
  const w = useMessages(words)
  return (
    <Select
      {...control(props)}
      mode="multiple"
      defaultOpen={props.opened === true}
      allowClear
      optionFilterProp="label"
      placeholder={w.choose}
      options={(props.field.choices ?? []).map((choice) => ({
        value: choice.value,
        label: label(choice.label),
      }))}
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      onChange={(list: string[]) => props.onChange(list)}
    />
  )
}

export const YesNoInput = (props: InputProps) => {
  const w = useMessages(words)
  const choices = [
    { value: 'yes', label: w.yes },
    { value: 'no', label: w.no },
  ]
  const value = props.value === true ? 'yes' : props.value === false ? 'no' : null
  return (
    <Segments
      {...props}
      value={value}
      choices={choices}
      onChange={(next) => props.onChange(next === null ? null : next === 'yes')}
    />
  )
}

/** An optional field is emptied by choosing again what is chosen. */
const Segments = (props: InputProps & { choices: readonly { value: string; label: string }[] }) => (
  <Radios
    id={props.id}
    choices={props.choices}
    value={typeof props.value === 'string' ? props.value : null}
    onChange={props.onChange}
    onBlur={props.onBlur}
    onAgain={props.field.required ? undefined : () => props.onChange(null)}
    describedBy={props.describedBy}
  />
)
