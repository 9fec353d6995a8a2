import { useState } from 'react'
import type { Fields } from '#platform/fields/field.ts'
import { Dialog } from './Dialog.tsx'
import { FieldValue } from './FieldValue.tsx'
import type { Draft } from './formState.ts'
import { useLabel, useMessages } from './locale.tsx'
import { valueIn } from './recordColumns.ts'
import type { Conflict } from './useRecordForm.ts'
import { words } from './words.ts'

type Props = {
  fields: Fields
  draft: Draft
  conflict: Conflict
  onSettle: (chosen: Draft) => void
  onCancel: () => void
}

/** Somebody else was faster: both sides of every field that differs, and a choice for each. */
export const ConflictDialog = ({ fields, draft, conflict, onSettle, onCancel }: Props) => {
  const w = useMessages(words)
  const label = useLabel()
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const choose = (name: string, side: 'mine' | 'theirs') =>
    setTheirs((before) => {
      const rest = [...before].filter((each) => each !== name)
      return new Set(side === 'theirs' ? [...rest, name] : rest)
    })
  const settle = () =>
    onSettle(
      Object.fromEntries(
        conflict.names.map((name) => [
          name,
          theirs.has(name) ? valueIn(conflict.current, name) : draft[name],
        ]),
      ),
    )
  return (
    <Dialog
      title={w.conflictTitle}
      okText={conflict.ahead ? w.apply : w.save}
      cancelText={w.keepEditing}
      onOk={settle}
      onCancel={onCancel}
    >
      <p className="quiet">{w.conflictText}</p>
      {conflict.names.map((name) => {
        const field = fields[name]
        if (!field) return null
        const sides = [
          { side: 'mine', word: w.mine, value: draft[name] },
          { side: 'theirs', word: w.theirs, value: valueIn(conflict.current, name) },
        ] as const
        return (
          <fieldset key={name} className="conflict">
            <legend>{label(field.label)}</legend>
            {sides.map(({ side, word, value }) => (
              <label key={side}>
                <input
                  type="radio"
                  name={`conflict-${name}`}
                  checked={theirs.has(name) === (side === 'theirs')}
                  onChange={() => choose(name, side)}
                />
                <span>
                  <span className="quiet">{word}</span>
                  <FieldValue field={field} value={value} />
                </span>
              </label>
            ))}
          </fieldset>
        )
      })}
    </Dialog>
  )
}
