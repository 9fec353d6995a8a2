import { Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { control, type InputProps } from './inputProps.ts'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

/** Numbers one below the other, the first is the one to call. An empty line is no number. */
export const PhonesInput = (props: InputProps) => {
  const w = useMessages(words)
  const numbers = Array.isArray(props.value) ? props.value.map(String) : []
  // A line just added holds nothing yet, so the value does not know of it.
  const [lines, setLines] = useState(Math.max(numbers.length, 1))
  const shown = Array.from(
    { length: Math.max(lines, numbers.length, 1) },
    (_, place) => numbers[place] ?? '',
  )
  const set = (next: string[]) => {
    setLines(Math.max(next.length, 1))
    props.onChange(next.some((each) => each !== '') ? next : [])
  }
  return (
    <div className="phones">
      {shown.map((number, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div className="phones-line" key={place}>
          <Input
            {...control(props)}
            id={place === 0 ? props.id : `${props.id}-${place}`}
            {...(place > 0 && { 'aria-label': w.phoneNumber(place + 1) })}
            className="figure"
            inputMode="tel"
            autoComplete="off"
            value={number}
            onChange={(event) =>
              set(shown.map((each, at) => (at === place ? event.target.value : each)))
            }
          />
          {(shown.length > 1 || number !== '') && (
            <button
              type="button"
              className="icon-button"
              aria-label={w.removePhone(place + 1)}
              onClick={() => set(shown.filter((_, at) => at !== place))}
            >
              <X />
            </button>
          )}
        </div>
      ))}
      {shown.at(-1) !== '' && shown.length < 10 && (
        <button type="button" className="chip-add" onClick={() => setLines(shown.length + 1)}>
          <Plus />
          {w.addPhone}
        </button>
      )}
    </div>
  )
}
