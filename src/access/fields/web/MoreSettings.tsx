import { Input } from 'antd'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import type { Setting } from './FieldSettings.tsx'
import { fieldWords } from './messages.ts'

/** What few fields need. */
export const MoreSettings = ({ draft, set, note, isNew }: Setting & { isNew: boolean }) => {
  const w = useMessages(fieldWords)
  return (
    <details>
      <summary>{w.moreSettings}</summary>
      <PlainField label={w.english} note={w.englishHelp}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            value={draft.label.en}
            onChange={(event) => set({ label: { ...draft.label, en: event.target.value } })}
          />
        )}
      </PlainField>
      <PlainField
        label={w.aliases}
        wrong={note('aliases') !== undefined}
        note={note('aliases') ?? w.aliasesHelp}
      >
        {({ id }) => (
          <Select
            id={id}
            mode="tags"
            open={false}
            suffixIcon={null}
            value={draft.aliases ?? []}
            onChange={(aliases: string[]) => set({ aliases })}
          />
        )}
      </PlainField>
      {(draft.kind === 'text' || draft.kind === 'longText') && (
        <PlainField label={w.max} wrong={note('max') !== undefined} note={note('max')}>
          {(control) => (
            <Input
              {...control}
              className="figure"
              inputMode="numeric"
              value={draft.max ?? ''}
              onChange={(event) => {
                const max = Number(event.target.value.normalize('NFKC').replace(/\D/g, ''))
                set({ max: max > 0 ? max : undefined })
              }}
            />
          )}
        </PlainField>
      )}
      {isNew && (
        <PlainField
          label={w.apiName}
          wrong={note('name') !== undefined}
          note={note('name') ?? w.apiNameHelp}
        >
          {(control) => (
            <Input
              {...control}
              placeholder="x_…"
              spellCheck={false}
              value={draft.name ?? ''}
              onChange={(event) => set({ name: event.target.value.trim() || undefined })}
            />
          )}
        </PlainField>
      )}
    </details>
  )
}
