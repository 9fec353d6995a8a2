import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Fields } from '#platform/fields/field.ts'
import { exportWords } from './exportWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'

type Props = {
  fields: Fields
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

/** The fields of a file: the chosen ones in their order, the others below. */
export const ExportFields = ({ fields, chosen, onChange }: Props) => {
  const w = useMessages(exportWords)
  const label = useLabel()
  const locale = useLocale()
  const nameOf = (name: string) => (fields[name] ? label(fields[name].label) : name)
  const others = Object.keys(fields).filter((name) => !chosen.includes(name))
  const move = (place: number, step: number) => {
    const next = [...chosen]
    const [taken] = next.splice(place, 1)
    if (taken !== undefined) next.splice(place + step, 0, taken)
    onChange(next)
  }
  const tick = (name: string, on: boolean) => (
    <label>
      <input
        type="checkbox"
        checked={on}
        onChange={() => onChange(on ? chosen.filter((each) => each !== name) : [...chosen, name])}
      />
      {nameOf(name)}
    </label>
  )
  return (
    <fieldset className="export-fields column-chooser">
      <legend className="unseen">{w.fields}</legend>
      <p className="quiet">
        {w.chosen(sayNumber(chosen.length, locale))}
        {others.length > 0 && (
          <button
            type="button"
            className="chip-add"
            onClick={() => onChange([...chosen, ...others])}
          >
            {w.all}
          </button>
        )}
      </p>
      <ul>
        {chosen.map((name, place) => (
          <li key={name}>
            {tick(name, true)}
            <button
              type="button"
              className="icon-button"
              aria-label={w.up(nameOf(name))}
              disabled={place === 0}
              onClick={() => move(place, -1)}
            >
              <ArrowUp />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={w.down(nameOf(name))}
              disabled={place === chosen.length - 1}
              onClick={() => move(place, 1)}
            >
              <ArrowDown />
            </button>
          </li>
        ))}
        {others.length > 0 && <li className="quiet">{w.others}</li>}
        {others.map((name) => (
          <li key={name}>{tick(name, false)}</li>
        ))}
      </ul>
    </fieldset>
  )
}
