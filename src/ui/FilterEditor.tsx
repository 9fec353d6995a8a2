import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { Leaf, Scalar, Test } from '#platform/conditions/condition.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import { FieldInput, usePrincipalOptions } from './FieldInput.tsx'
import { testsOf } from './filterTests.ts'
import { useLabel, useMessages } from './locale.tsx'
import { testWords } from './testWords.ts'
import { words } from './words.ts'

/** The fields one can filter by, with a search when there are many. */
export const FilterFields = (props: { fields: Fields; onPick: (name: string) => void }) => {
  const w = useMessages(words)
  const label = useLabel()
  const [text, setText] = useState('')
  const shown = Object.entries(props.fields)
    .filter(([, field]) => testsOf(field).length > 0)
    .filter(([, field]) => label(field.label).toLowerCase().includes(text.trim().toLowerCase()))
  const first = shown[0]?.[0]
  return (
    <>
      <Input
        autoFocus
        value={text}
        placeholder={w.addFilterFind}
        aria-label={w.addFilterFind}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => first && props.onPick(first)}
      />
      <ul className="filter-fields">
        {shown.map(([name, field]) => (
          <li key={name}>
            <button type="button" className="menu-item" onClick={() => props.onPick(name)}>
              {label(field.label)}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

type Props = { name: string; field: Field; leaf?: Leaf; onDone: (leaf: Leaf) => void }

/** One statement about one field: how, and what. */
export const FilterEditor = ({ name, field, leaf, onDone }: Props) => {
  const w = useMessages(words)
  const t = useMessages(testWords)
  const label = useLabel()
  const tests = testsOf(field)
  const [is, setIs] = useState<Test>(() => leaf?.is ?? tests[0] ?? 'eq')
  const [value, setValue] = useState<Leaf['value']>(leaf?.value)
  const complete = needsNothing(is) || (value !== undefined && value !== '' && !isEmptyList(value))
  const done = () => {
    if (complete) onDone({ field: name, is, ...(!needsNothing(is) && { value }) })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <p className="filter-title">{label(field.label)}</p>
      {tests.length > 1 && (
        <Select
          aria-label={label(field.label)}
          value={is}
          options={tests.map((test) => ({ value: test, label: t[test] }))}
          onChange={(next: Test) => {
            if (shapeOf(next) !== shapeOf(is)) setValue(undefined)
            setIs(next)
          }}
        />
      )}
      {!needsNothing(is) && <ValueInput {...{ field, is, value, setValue }} />}
      <Button type="primary" htmlType="submit" disabled={!complete}>
        {w.apply}
      </Button>
    </form>
  )
}

const needsNothing = (is: Test) => is === 'empty' || is === 'not_empty'
const isDays = (is: Test) => is.endsWith('_days')
const isSeveral = (is: Test) => is === 'in' || is === 'not_in'
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0
const shapeOf = (is: Test) =>
  needsNothing(is) ? 'nothing' : isDays(is) ? 'days' : isSeveral(is) ? 'several' : 'one'

type ValueProps = {
  field: Field
  is: Test
  value: Leaf['value']
  setValue: (value: Leaf['value']) => void
}

const ValueInput = (props: ValueProps) => {
  const { field, is, value, setValue } = props
  if (isDays(is)) return <Days {...props} />
  if (isSeveral(is)) return <Several {...props} />
  if (field.kind === 'tags' || field.kind === 'phones' || is === 'contains')
    return <Words {...props} />
  return (
    <FieldInput
      id="filter-value"
      field={askedAs(field)}
      value={value ?? null}
      onChange={(next) => setValue(isScalar(next) ? next : undefined)}
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

const Words = ({ value, setValue, field }: ValueProps) => {
  const label = useLabel()
  return (
    <Input
      autoFocus
      aria-label={label(field.label)}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => setValue(event.target.value || undefined)}
    />
  )
}

const Days = ({ value, setValue }: ValueProps) => {
  const w = useMessages(words)
  return (
    <Input
      autoFocus
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
const Several = ({ field, value, setValue }: ValueProps) => {
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
  const wanted = text.trim().toLowerCase()
  return (
    <>
      {options.length > readable && (
        <Input
          autoFocus
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
