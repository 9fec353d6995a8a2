import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { Field } from '#platform/fields/field.ts'
import { ChoiceInput, ChoicesInput, WordInput, YesNoInput } from './ChoiceInput.tsx'
import { useDirectory } from './directory.tsx'
import { FilesInput } from './FilesInput.tsx'
import { control, type InputProps, textOf } from './inputProps.ts'
import { useMessages } from './locale.tsx'
import { MoneyInput, NumberInput } from './NumberInput.tsx'
import { PhonesInput } from './PhonesInput.tsx'
import { RegionPicker } from './RegionPicker.tsx'
import { Select } from './Select.tsx'
import { DateInput, InstantInput } from './TimeInput.tsx'
import { words } from './words.ts'

/** The editor that a field's kind asks for. */
export const FieldInput = (props: InputProps): ReactNode => {
  switch (props.field.kind) {
    case 'longText':
      return <LongText {...props} />
    case 'integer':
    case 'number':
      return <NumberInput {...props} />
    case 'money':
      return <MoneyInput {...props} />
    case 'date':
      return <DateInput {...props} />
    case 'dateTime':
      return <InstantInput {...props} />
    case 'bool':
      return <YesNoInput {...props} />
    case 'choice':
      return props.field.open ? <WordInput {...props} /> : <ChoiceInput {...props} />
    case 'choices':
      return <ChoicesInput {...props} />
    case 'tags':
      return <TagsInput {...props} />
    case 'phones':
      return <PhonesInput {...props} />
    case 'region':
      return <RegionPicker {...props} />
    case 'person':
    case 'department':
      return <PrincipalInput {...props} />
    case 'file':
      return <FilesInput {...props} />
    case 'reference':
      return <ReferenceInput {...props} />
    default:
      return <Line {...props} />
  }
}

const modes = { email: 'email', link: 'url', phone: 'tel' } as const
type Mode = (typeof modes)[keyof typeof modes]
const modeOf: Partial<Record<Field['kind'], Mode>> = modes

const Line = (props: InputProps) => {
  const mode = modeOf[props.field.kind]
  return (
    <Input
      {...control(props)}
      value={textOf(props.value)}
      autoComplete="off"
      {...(mode && { inputMode: mode })}
      onChange={(event) => props.onChange(event.target.value || null)}
    />
  )
}

const LongText = (props: InputProps) => (
  <Input.TextArea
    {...control(props)}
    value={textOf(props.value)}
    autoSize={{ minRows: 2, maxRows: 10 }}
    onChange={(event) => props.onChange(event.target.value || null)}
  />
)

const isMissing = (value: unknown) => value === null || value === undefined

/** Commas of both widths part a pasted line into tags. */
const separators = [',', '，', '、', ';', '；', '\n']

const TagsInput = (props: InputProps) => {
  const w = useMessages(words)
  return (
    <Select
      {...control(props)}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={separators}
      placeholder={w.tagsHint}
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      onChange={(list: string[]) => props.onChange(list)}
    />
  )
}

export const usePrincipalOptions = (kind: Field['kind']) => {
  const { people, departments, me } = useDirectory()
  if (kind === 'department')
    return departments.map(({ id, name }) => ({ value: id, label: name, also: '' }))
  return [...people]
    .filter((person) => person.active)
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id))
    .map(({ id, name, username }) => ({ value: id, label: name, also: username }))
}

const PrincipalInput = (props: InputProps) => {
  const w = useMessages(words)
  const options = usePrincipalOptions(props.field.kind)
  return (
    <Select
      {...control(props)}
      defaultOpen={props.opened === true}
      showSearch={{
        filterOption: (text, option) =>
          `${option?.label} ${option?.also}`.toLowerCase().includes(text.trim().toLowerCase()),
      }}
      allowClear={!props.field.required}
      placeholder={w.nobody}
      options={options}
      value={isMissing(props.value) ? null : Number(props.value)}
      onChange={(value: number | undefined) => props.onChange(value ?? null)}
    />
  )
}

const ReferenceInput = (props: InputProps) => {
  const w = useMessages(words)
  return (
    <Select
      {...control(props)}
      allowClear={!props.field.required}
      placeholder={w.choose}
      options={[...(props.options ?? [])]}
      value={isMissing(props.value) ? null : String(props.value)}
      onChange={(value: string | undefined) => props.onChange(value ?? null)}
    />
  )
}
