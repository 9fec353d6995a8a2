import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Leaf, Test } from '#platform/conditions/condition.ts'
import { offeredTests } from '#platform/conditions/tests.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import { useLabel, useMessages } from './locale.tsx'
import { Select } from './Select.tsx'
import { TestValue } from './TestValue.tsx'
import { isComplete, keptValue, leafOf } from './testValues.ts'
import { testWords } from './testWords.ts'
import { words } from './words.ts'

/** The fields one can filter by, with a search when there are many. */
export const FilterFields = (props: { fields: Fields; onPick: (name: string) => void }) => {
  const w = useMessages(words)
  const label = useLabel()
  const [text, setText] = useState('')
  const shown = Object.entries(props.fields)
    .filter(([, field]) => offeredTests(field).length > 0)
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
  const label = useLabel()
  const [is, setIs] = useState<Test>(() => leaf?.is ?? offeredTests(field)[0] ?? 'eq')
  const [value, setValue] = useState<Leaf['value']>(leaf?.value)
  const complete = isComplete(is, value)
  const done = () => {
    if (complete) onDone(leafOf(name, is, value))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <p className="filter-title">{label(field.label)}</p>
      <TestPick
        field={field}
        is={is}
        onPick={(next) => {
          setValue(keptValue(is, next, value))
          setIs(next)
        }}
      />
      <TestValue {...{ field, is, value, setValue }} id="filter-value" autoFocus />
      <Button type="primary" htmlType="submit" disabled={!complete}>
        {w.apply}
      </Button>
    </form>
  )
}

/** How a field is compared; nothing where there is one way only. */
export const TestPick = (props: { field: Field; is: Test; onPick: (is: Test) => void }) => {
  const t = useMessages(testWords)
  const w = useMessages(words)
  const label = useLabel()
  const offered = offeredTests(props.field)
  const tests = offered.includes(props.is) ? offered : [props.is, ...offered]
  if (tests.length < 2) return null
  return (
    <Select
      aria-label={w.compared(label(props.field.label))}
      value={props.is}
      options={tests.map((test) => ({ value: test, label: t[test] }))}
      onChange={props.onPick}
    />
  )
}
