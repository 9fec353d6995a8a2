import type { UseMutationResult } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { ExportSettings as Settings } from '#platform/exports/contract.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { words } from '#ui/words.ts'
import { importWords } from './messages.ts'

const mostRows = 10_000_000
const mostDays = 90

type Props = { settings: Settings; save: UseMutationResult<Settings, Error, Settings> }

/** From how many rows on a right of its own is needed, how long files are kept, and the line above them. */
export const ExportSettings = ({ settings, save }: Props) => {
  const w = useMessages(importWords)
  const u = useMessages(words)
  const toast = useToast()
  const say = useFailureWords()
  const [draft, setDraft] = useState(settings)
  const set = (change: Partial<Settings>) => setDraft((before) => ({ ...before, ...change }))
  const changed = JSON.stringify(draft) !== JSON.stringify(settings)
  const keep = () =>
    save.mutate(draft, {
      onSuccess: () => toast({ text: w.exportSettingsSaved }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    })
  return (
    <details className="imports-keep">
      <summary>{w.exportSettings}</summary>
      <form
        className="export-settings"
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <PlainField label={w.largeRows} note={w.largeRowsHelp}>
          {(control) => (
            <InputNumber
              controls={false}
              {...control}
              min={1}
              max={mostRows}
              precision={0}
              value={draft.large_rows}
              onChange={(rows) => set({ large_rows: rows ?? settings.large_rows })}
            />
          )}
        </PlainField>
        <PlainField label={w.fileDays}>
          {(control) => (
            <InputNumber
              controls={false}
              {...control}
              min={1}
              max={mostDays}
              precision={0}
              value={draft.kept_days}
              onChange={(days) => set({ kept_days: days ?? settings.kept_days })}
            />
          )}
        </PlainField>
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.watermark}
            onChange={(event) => set({ watermark: event.target.checked })}
          />
          {w.watermark}
        </label>
        {draft.watermark && (
          <PlainField label={w.watermarkWords} note={w.watermarkHelp}>
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                placeholder={w.watermarkUsual}
                value={draft.watermark_words}
                onChange={(event) => set({ watermark_words: event.target.value })}
              />
            )}
          </PlainField>
        )}
        <Button htmlType="submit" type="primary" disabled={!changed} loading={save.isPending}>
          {u.save}
        </Button>
      </form>
    </details>
  )
}
