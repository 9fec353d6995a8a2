import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call } from '#platform/door/client.ts'
import { newRepeatKey } from '#platform/door/repeatKey.ts'
import { refreshAround, refreshLists } from '#platform/lists/source.ts'
import { addedValues } from '#ui/AddedFields.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { useLocale, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { addDays, sayDay } from '#ui/time.ts'
import { interaction } from '../../interactions/fields.ts'
import { task } from '../../tasks/fields.ts'
import { chronicleWords } from './messages.ts'
import { type Interaction, placeNoted } from './useChronicle.ts'
import { type Draft, isBlank, keepDraft, readDraft } from './useDraft.ts'

/** A note on its way to the server, shown as if it were there; or one that did not arrive, and why. */
export type Note = { key: string; at: string; draft: Draft; failure?: unknown }

export const useNotes = (customerId: string) => {
  const w = useMessages(chronicleWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const toast = useToast()
  const client = useQueryClient()
  const [notes, setNotes] = useState<readonly Note[]>([])
  useKept(customerId, notes)
  const drop = (key: string) => setNotes((all) => all.filter((note) => note.key !== key))

  const send = async ({ key, at, draft }: Note) => {
    setNotes((all) => [{ key, at, draft }, ...all.filter((note) => note.key !== key)])
    const body = bodyOf(draft, w.nextUsual, addDays(today, 1))
    try {
      const path = `/customers/${customerId}/interactions`
      const made = await call<Interaction>('POST', path, { body, idempotencyKey: key })
      placeNoted(client, customerId, made)
      drop(key)
      const due = body.next_step?.due_on
      toast({ text: due ? w.notedNext(sayDay(due, today, locale)) : w.noted })
      void refreshAround(client, `/customers/${customerId}`)
      void refreshLists(client, '/interactions', '/tasks')
    } catch (failure) {
      setNotes((all) => all.map((note) => (note.key === key ? { ...note, failure } : note)))
    }
  }

  return {
    notes,
    add: (draft: Draft) =>
      void send({ key: newRepeatKey(), at: draft.at ?? new Date().toISOString(), draft }),
    retry: (note: Note) => void send(note),
    drop,
  }
}

const bodyOf = (draft: Draft, usual: string, tomorrow: string) => {
  const { channel, direction, contact_id, at, files, day } = draft
  const next = draft.next.trim()
  const hasNext = next !== '' || day !== null
  const fixed = { channel, direction, summary: draft.summary.trim() }
  const step = { title: next || usual, due_on: day ?? tomorrow }
  return {
    ...addedValues(interaction, draft.added, fixed),
    ...fixed,
    ...(contact_id && { contact_id }),
    ...(at && { at }),
    ...(files.length > 0 && { file_ids: files.map(({ id }) => id) }),
    ...(hasNext && { next_step: { ...addedValues(task, draft.nextAdded, step), ...step } }),
  }
}

/** Notes that did not arrive are not lost by leaving: the oldest of them becomes the draft again. */
const useKept = (customerId: string, notes: readonly Note[]) => {
  const latest = useRef(notes)
  latest.current = notes
  useEffect(
    () => () => {
      const lost = latest.current.find((note) => note.failure !== undefined)
      if (lost && isBlank(readDraft(customerId))) keepDraft(customerId, lost.draft)
    },
    [customerId],
  )
  useEffect(() => {
    if (notes.length === 0) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [notes.length])
}
