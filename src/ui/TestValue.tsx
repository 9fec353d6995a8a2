import { Input } from 'antd'
import { useState } from 'react'
import type { Leaf, Scalar, Test } from '#platform/conditions/condition.ts'
import { periods } from '#platform/conditions/moments.ts'
import { askedWith } from '#platform/conditions/tests.ts'
import type { Field } from '#platform/fields/field.ts'
import { FieldInput, usePrincipalOptions } from './FieldInput.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { periodWords } from './periodWords.ts'
import { Select } from './Select.tsx'
import { words } from './words.ts'

type ValueProps = {
  field: Field
  is: Test
  value: Leaf['value']
  setValue: (value: Leaf['value']) => void
  id: string
  autoFocus?: boolean | undefined
  /** In a row among others, where a list to tick would push them away. */
  compact?: boolean
}

/** The editor that a test of a field asks for; the field alone says which, of which kind. */
export const TestValue = (props: ValueProps) => {
  const { field, is } = props
  switch (askedWith(is)) {
    case 'nothing':
      return null
    case 'days':
      return <Days {...props} />
    case 'several':
      return <Several {...props} />
    case 'period':
      return <Spans {...props} />
    case 'two':
      return <Two {...props} />
    case 'one':
      return field.kind === 'tags' ||
        field.kind === 'phones' ||
        is === 'contains' ||
        is === 'starts_with' ? (
        <Words {...props} />
      ) : (
        <One {...props} />
      )
  }
}

const One = ({ field, value, setValue, id }: ValueProps) => (
  <FieldInput
    id={id}
    field={askedAs(field)}
    value={value ?? null}
    onChange={(next) => setValue(isScalar(next) ? next : undefined)}
  />
)

/** The lower and the upper end; both must be there. */
const Two = ({ field, value, setValue, id }: ValueProps) => {
  const w = useMessages(words)
  const given = Array.isArray(value) ? value : []
  const [ends, setEnds] = useState<readonly (Scalar | undefined)[]>([given[0], given[1]])
  const set = (at: 0 | 1, next: unknown) => {
    const one = isScalar(next) ? next : undefined
    const after = at === 0 ? [one, ends[1]] : [ends[0], one]
    setEnds(after)
    setValue(after.filter((each) => each !== undefined))
  }
  return (
    <span className="filter-two">
      {([0, 1] as const).map((at) => (
        <label key={at} htmlFor={`${id}-${at}`}>
          <span className="quiet">{at === 0 ? w.from : w.to}</span>
          <FieldInput
            id={`${id}-${at}`}
            field={askedAs(field)}
            value={ends[at] ?? null}
            onChange={(next) => set(at, next)}
          />
        </label>
      ))}
    </span>
  )
}

const Spans = ({ field, value, setValue }: ValueProps) => {
  const label = useLabel()
  const p = useMessages(periodWords)
  return (
    <Select
      aria-label={label(field.label)}
      value={typeof value === 'string' ? value : null}
      options={periods.map((each) => ({ value: each, label: p[each] }))}
      onChange={(next: string | null) => setValue(next ?? undefined)}
    />
  )
}

/** A filter on an instant is asked by its day, one on several choices by one of them. */
const askedAs = (field: Field): Field => {
  if (field.kind === 'dateTime') return { ...field, kind: 'date' }
  return field.kind === 'choices' ? { ...field, kind: 'choice' } : field
}

const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value)

const Words = ({ value, setValue, field, id, autoFocus }: ValueProps) => {
  const label = useLabel()
  return (
    <Input
      id={id}
      autoFocus={autoFocus === true}
      aria-label={label(field.label)}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => setValue(event.target.value || undefined)}
    />
  )
}

const Days = ({ value, setValue, id, autoFocus }: ValueProps) => {
  const w = useMessages(words)
  return (
    <Input
      id={id}
      autoFocus={autoFocus === true}
      inputMode="numeric"
      aria-label={w.days}
      suffix={w.days}
      value={value === undefined ? '' : String(value)}
      onChange={(event) => {
        const days = Number(event.target.value.normalize('NFKC').replace(/\D/g, ''))
        setValue(days > 0 ? Math.min(days, 36_500) : undefined)
      }}
    />
  )
}

// Longer lists are searched rather than read.
const readable = 9

/** A list to tick, the reader first where persons are meant. */
const Several = ({ field, value, setValue, autoFocus, compact }: ValueProps) => {
  const label = useLabel()
  const w = useMessages(words)
  const principals = usePrincipalOptions(field.kind)
  const [text, setText] = useState('')
  const own =
    field.kind === 'person'
      ? { value: 'me', label: w.me, also: '' }
      : { value: 'my_department', label: w.myDepartment, also: '' }
  const options: readonly { value: Scalar; label: string; also: string }[] = field.choices
    ? field.choices.map((each) => ({ value: each.value, label: label(each.label), also: '' }))
    : [own, ...principals]
  const chosen: Scalar[] = Array.isArray(value) ? value : []
  if (compact)
    return (
      <Select
        mode="multiple"
        aria-label={label(field.label)}
        placeholder={w.choose}
        showSearch={{ optionFilterProp: 'label' }}
        options={options.map((each) => ({ value: each.value, label: each.label }))}
        value={[...chosen]}
        onChange={(next: Scalar[]) => setValue(next)}
      />
    )
  const wanted = text.trim().toLowerCase()
  return (
    <>
      {options.length > readable && (
        <Input
          autoFocus={autoFocus === true}
          value={text}
          placeholder={w.search}
          aria-label={w.search}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="filter-fields">
        {options
          .filter((option) => `${option.label} ${option.also}`.toLowerCase().includes(wanted))
          .map((option) => (
            <label key={String(option.value)} className="menu-item">
              <input
                type="checkbox"
                checked={chosen.includes(option.value)}
                onChange={(event) =>
                  setValue(
                    event.target.checked
                      ? [...chosen, option.value]
                      : chosen.filter((each) => each !== option.value),
                  )
                }
              />
              <span className="menu-word">{option.label}</span>
            </label>
          ))}
      </div>
    </>
  )
}
