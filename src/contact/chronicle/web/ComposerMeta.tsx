import { Clock, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useContacts } from '#customers/contacts/web/useContacts.ts'
import { useLabel, useMarks, useMessages } from '#ui/locale.tsx'
import { QuietSelect } from '#ui/QuietSelect.tsx'
import { InstantInput } from '#ui/TimeInput.tsx'
import { interaction } from '../../interactions/fields.ts'
import { directions } from '../../interactions/rules.ts'
import { chronicleWords } from './messages.ts'
import type { Draft } from './useDraft.ts'

/** With whom, who began, when: each said in a word, changed by pressing it. */
export const ComposerMeta = (props: {
  customerId: string
  draft: Draft
  onChange: (change: Partial<Draft>) => void
  children: ReactNode
}) => {
  const { draft, onChange } = props
  const w = useMessages(chronicleWords)
  const label = useLabel()
  const { named } = useMarks()
  const { rows: contacts } = useContacts(props.customerId)
  return (
    <div className="composer-meta">
      {contacts.length > 0 && (
        <QuietSelect
          label={w.who}
          value={draft.contact_id ?? ''}
          onChange={(id) => onChange({ contact_id: id || null })}
          choices={[
            { value: '', label: w.anybody },
            ...contacts.map(({ id, name, position }) => ({
              value: id,
              label: position ? `${name} · ${position}` : name,
            })),
          ]}
        />
      )}
      <QuietSelect
        label={w.from}
        value={draft.direction}
        onChange={(direction) => onChange({ direction })}
        choices={directions.map((each) => ({ value: each.value, label: label(each.label) }))}
      />
      {draft.at === null ? (
        <button
          type="button"
          className="chip-add"
          aria-label={named(w.when, w.now)}
          onClick={() => onChange({ at: new Date().toISOString() })}
        >
          <Clock />
          {w.now}
        </button>
      ) : (
        <span className="composer-when">
          <label className="unseen" htmlFor="composer-at">
            {w.when}
          </label>
          <InstantInput
            id="composer-at"
            field={interaction.fields.at}
            value={draft.at}
            autoFocus
            onChange={(at) => onChange({ at: typeof at === 'string' ? at : null })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={w.backToNow}
            title={w.backToNow}
            onClick={() => onChange({ at: null })}
          >
            <X />
          </button>
        </span>
      )}
      {props.children}
    </div>
  )
}
