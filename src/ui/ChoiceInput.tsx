import { offered } from '#platform/fields/choices.ts'
import type { Choice } from '#platform/fields/field.ts'
import { control, type InputProps, textOf } from './inputProps.ts'
import { useLabel, useMessages } from './locale.tsx'
import { Radios } from './Radios.tsx'
import { AutoComplete, Select } from './Select.tsx'
import { useStageHint } from './stageHints.ts'
import { words } from './words.ts'

// More choices than this no longer fit on one line of a form.
const atOnce = 4

/** Few choices lie open, more of them in a list. */
export const ChoiceInput = (props: InputProps) => {
  const label = useLabel()
  const w = useMessages(words)
  const hint = useStageHint()
  const { choices, machine } = props.field
  const options = offered(choices, [props.value, props.from]).map((choice) => {
    const closed = machine && props.from ? hint(machine, props.from, choice.value) : undefined
    return {
      value: choice.value,
      label: label(choice.label),
      ...(closed && { disabled: true, title: closed }),
    }
  })
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
      options={offered(props.field.choices, props.value).map((choice) => ({
        value: choice.value,
        label: label(choice.label),
      }))}
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      onChange={(list: string[]) => props.onChange(list)}
    />
  )
}

/** One of a list, or any other words; the list is searched by what is typed. */
export const WordInput = (props: InputProps) => {
  const label = useLabel()
  const { choices = [], max } = props.field
  const known = choices.find(({ value }) => value === props.value)
  const text = known ? label(known.label) : textOf(props.value)
  const options = offered(choices).map((choice) => ({ value: label(choice.label) }))
  return (
    <AutoComplete
      {...control(props)}
      value={text}
      {...(max && { maxLength: max })}
      options={options}
      showSearch={{
        filterOption: (typed, option) => String(option?.value ?? '').includes(typed.trim()),
      }}
      onChange={(typed: string) => props.onChange(valueFor(choices, typed) || null)}
    />
  )
}

/** A name that is typed to its end is the entry; on the way there it is just words. */
const valueFor = (choices: readonly Choice[], typed: string) =>
  choices.find(({ label }) => label.zh === typed || label.en === typed)?.value ?? typed

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
