import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { ImportAnswer, KeptMapping } from '#platform/imports/contract.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { mappingsKey } from './KeptMappings.tsx'
import { importWords } from './messages.ts'

/** Keeps how this table is read for the next one with the same titles. */
export const KeepMapping = ({ item }: { item: ImportAnswer }) => {
  const w = useMessages(importWords)
  const { may } = useDirectory()
  const toast = useToast()
  const say = useFailureWords()
  const client = useQueryClient()
  const [name, setName] = useState(item.mapping_name ?? item.file_name.replace(/\.[^.]*$/, ''))
  const [shared, setShared] = useState(false)
  const keep = useMutation({
    mutationFn: () =>
      call<KeptMapping>('POST', '/import-mappings', {
        body: { import_id: item.id, name: name.trim(), shared },
      }),
    onSuccess: (kept) => {
      toast({ tone: 'done', text: w.kept(kept.name) })
      void client.invalidateQueries({ queryKey: mappingsKey })
    },
    onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
  })
  return (
    <details className="imports-keep">
      <summary>{w.keepMapping}</summary>
      <form
        className="how-line"
        onSubmit={(event) => {
          event.preventDefault()
          keep.mutate()
        }}
      >
        <Input
          aria-label={w.keepName}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
        />
        {may('views.share') && (
          <label className="tick">
            <input
              type="checkbox"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
            />
            {w.keepShared}
          </label>
        )}
        <Button htmlType="submit" disabled={name.trim() === ''} loading={keep.isPending}>
          {w.keepMapping}
        </Button>
        <span className="quiet">{w.keepHelp}</span>
      </form>
    </details>
  )
}
