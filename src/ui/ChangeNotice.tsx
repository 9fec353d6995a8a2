import { useState } from 'react'
import type { Fields } from '#platform/fields/field.ts'
import { editWords } from './editWords.ts'
import { FieldValue } from './FieldValue.tsx'
import { useLabel, useMessages } from './locale.tsx'
import { type Others, useWho } from './others.ts'
import { valueIn } from './recordColumns.ts'

type Props = {
  fields: Fields
  others: Others<object>
  /** What can be done about it: take it over, or take note. */
  word: string
  onDone: () => void
}

// So many fields are named; the rest is counted.
const named = 4

/** Says in an open form or record what somebody else has just changed, and shows it on demand. */
export const ChangeNotice = ({ fields, others, word, onDone }: Props) => {
  const w = useMessages(editWords)
  const label = useLabel()
  const who = useWho()(others.by)
  const [open, setOpen] = useState(false)
  const known = others.names.flatMap((name) =>
    fields[name] ? [{ name, field: fields[name] }] : [],
  )
  const listed = known.slice(0, named).map(({ field }) => label(field.label))
  const more = known.length - listed.length
  return (
    <section className="change-notice" role="status">
      <p>
        <span>{w.changedBy(who, listed.join(w.comma), more)}</span>
        <button type="button" className="link" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? w.hide : w.look}
        </button>
        <button type="button" className="link" onClick={onDone}>
          {word}
        </button>
      </p>
      {open && (
        <dl>
          {known.map(({ name, field }) => (
            <div key={name}>
              <dt>{label(field.label)}</dt>
              <dd>
                <del>
                  <FieldValue field={field} value={valueIn(others.before, name)} brief />
                </del>
                <span aria-hidden="true">→</span>
                <ins>
                  <FieldValue field={field} value={valueIn(others.now, name)} brief />
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
