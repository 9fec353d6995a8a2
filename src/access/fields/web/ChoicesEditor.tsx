import { Button, Input } from 'antd'
import { ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { useMessages } from '#ui/locale.tsx'
import type { Draft } from './definitions.ts'
import { fieldWords } from './messages.ts'

type Choices = NonNullable<Draft['choices']>
type Props = {
  choices: Choices
  /** Values that records may hold already. */
  stored: ReadonlySet<string>
  note: string | undefined
  onChange: (choices: Choices) => void
}

/** The choices in their order; Enter adds the next one. */
export const ChoicesEditor = ({ choices, stored, note, onChange }: Props) => {
  const w = useMessages(fieldWords)
  const list = useRef<HTMLUListElement>(null)
  const add = () => {
    onChange([...choices, { value: freeValue(choices, stored), label: { zh: '', en: '' } }])
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    )
  }
  const rename = (value: string, zh: string) =>
    onChange(
      choices.map((each) =>
        each.value === value ? { ...each, label: { ...each.label, zh } } : each,
      ),
    )
  const raise = (place: number) =>
    onChange(
      choices.flatMap((each, at) => {
        const next = choices[at + 1]
        if (at === place - 1 && next) return [next, each]
        return at === place ? [] : [each]
      }),
    )
  return (
    <fieldset className="choice-editor">
      <legend>{w.choices}</legend>
      <ul ref={list}>
        {choices.map(({ value, label }, place) => (
          <li key={value}>
            <Input
              value={label.zh}
              maxLength={40}
              aria-label={w.choice(place + 1)}
              onChange={(event) => rename(value, event.target.value)}
              onPressEnter={(event) => {
                if (event.nativeEvent.isComposing) return
                event.preventDefault()
                add()
              }}
            />
            <button
              type="button"
              className="icon-button"
              disabled={place === 0}
              aria-label={w.choiceUp(label.zh)}
              title={w.up}
              onClick={() => raise(place)}
            >
              <ArrowUp />
            </button>
            <button
              type="button"
              className="icon-button"
              disabled={stored.has(value)}
              aria-label={w.choiceOut(label.zh)}
              title={stored.has(value) ? w.choiceStays : w.choiceOut(label.zh)}
              onClick={() => onChange(choices.filter((each) => each.value !== value))}
            >
              <X />
            </button>
          </li>
        ))}
      </ul>
      <Button icon={<Plus />} onClick={add}>
        {w.addChoice}
      </Button>
      <p className={`form-note ${note ? 'late' : 'quiet'}`} aria-live="polite">
        {note ?? (stored.size > 0 && w.choiceStays)}
      </p>
    </fieldset>
  )
}

/** The stored value says nothing, so that renaming a choice never makes it wrong. */
const freeValue = (choices: Choices, stored: ReadonlySet<string>) => {
  const taken = new Set([...stored, ...choices.map(({ value }) => value)])
  for (let next = 1; ; next += 1) if (!taken.has(`c${next}`)) return `c${next}`
}
