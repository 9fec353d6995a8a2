import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import type { Choice } from '#platform/fields/field.ts'
import { useMessages } from '#ui/locale.tsx'
import { ChoiceLine } from './ChoiceLine.tsx'
import { choiceWords } from './choiceWords.ts'
import type { Draft } from './definitions.ts'

type Choices = NonNullable<Draft['choices']>
type Props = {
  legend: string
  choices: Choices
  /** As they are kept: records may hold these. */
  stored: readonly Choice[]
  note: string | undefined
  onChange: (choices: Choices) => void
}

/** The choices in their order; Enter adds the next one. What is taken out can be put back until it is saved. */
export const ChoicesEditor = ({ legend, choices, stored, note, onChange }: Props) => {
  const w = useMessages(choiceWords)
  const list = useRef<HTMLUListElement>(null)
  const known = new Set(stored.map(({ value }) => value))
  const gone = stored.filter(({ value }) => !choices.some((each) => each.value === value))
  const add = () => {
    const next = { value: freeValue(choices, known), label: { zh: '', en: '' } }
    // The key that follows at once is for the new line, which therefore has to be there by then.
    flushSync(() => onChange([...choices, next]))
    list.current?.querySelector<HTMLInputElement>(':scope > li:last-child input')?.focus()
  }
  const change = (value: string, changed: Partial<Choices[number]>) =>
    onChange(choices.map((each) => (each.value === value ? { ...each, ...changed } : each)))
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
      <legend>{legend}</legend>
      <ul ref={list}>
        {choices.map((choice, place) => (
          <ChoiceLine
            key={choice.value}
            choice={choice}
            place={place}
            stored={known.has(choice.value)}
            onChange={(changed) => change(choice.value, changed)}
            onEnter={add}
            onRaise={() => raise(place)}
            onRemove={() => onChange(choices.filter(({ value }) => value !== choice.value))}
          />
        ))}
      </ul>
      {gone.map((each) => (
        <p key={each.value} className="choice-gone quiet">
          <s>{each.label.zh}</s>
          <button
            type="button"
            className="link"
            onClick={() => onChange([...choices, { ...each, aliases: [...(each.aliases ?? [])] }])}
          >
            {w.putBack(each.label.zh)}
          </button>
        </p>
      ))}
      <Button icon={<Plus />} onClick={add}>
        {w.add}
      </Button>
      <p className={`form-note ${note ? 'late' : 'quiet'}`} aria-live="polite">
        {note ?? (stored.length > 0 && w.hint)}
      </p>
    </fieldset>
  )
}

/** The stored value says nothing, so that renaming a choice never makes it wrong. */
const freeValue = (choices: Choices, stored: ReadonlySet<string>) => {
  const taken = new Set([...stored, ...choices.map(({ value }) => value)])
  for (let next = 1; ; next += 1) if (!taken.has(`c${next}`)) return `c${next}`
}
