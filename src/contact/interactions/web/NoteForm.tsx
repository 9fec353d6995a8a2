import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { call } from '#platform/door/client.ts'
import { useRepeatKey } from '#platform/lists/repeatKey.ts'
import { refreshAround, refreshLists } from '#platform/lists/source.ts'
import { AddedFields, addedValues, useAddedProblem, useRefusalWords } from '#ui/AddedFields.tsx'
import { useDirectory } from '#ui/directory.tsx'
import type { Draft as Fields } from '#ui/formState.ts'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { Radios } from '#ui/Radios.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { addDays, sayDay } from '#ui/time.ts'
import { task } from '../../tasks/fields.ts'
import { DueButton } from '../../tasks/web/DueButton.tsx'
import { interaction } from '../fields.ts'
import { channels, directions } from '../rules.ts'
import { interactionWords } from './messages.ts'
import './note.css'

type Props = {
  customer: { id: string; name: string }
  /** The task that brought one here; a second button finishes it with the note. */
  onFinish?: (() => void) | undefined
  /** Whether something is typed, which is not to be taken away. */
  onTyped: (typed: boolean) => void
  onClose: () => void
}
type Draft = {
  channel: (typeof channels)[number]['value']
  direction: (typeof directions)[number]['value']
  summary: string
  next: string
  due: string
  /** What administrators added to both. */
  added: Fields
  nextAdded: Fields
}

// The ways that fit on one line; the rarer ones are noted on the customer's own page.
const usual = channels.filter(({ value }) => value !== 'letter' && value !== 'fax')

/** A contact in a few lines, with what was agreed to do next. Ctrl+Enter keeps it. */
export const NoteForm = ({ customer, onFinish, onTyped, onClose }: Props) => {
  const w = useMessages(interactionWords)
  const label = useLabel()
  const { today, may } = useDirectory()
  const id = useId()
  const [draft, setDraft] = useState<Draft>({
    channel: 'call',
    direction: 'out',
    summary: '',
    next: '',
    due: addDays(today, 1),
    added: {},
    nextAdded: {},
  })
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const { keep, busy, trouble } = useKeep(customer, draft, onClose)
  const empty = draft.summary.trim() === ''
  const typed = !isBlank(draft)
  useEffect(() => {
    onTyped(typed)
    return () => onTyped(false)
  }, [onTyped, typed])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onClose()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || empty) return
    event.preventDefault()
    keep(onFinish)
  }
  return (
    <form
      className="note"
      aria-label={w.noteFor(customer.name)}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
    >
      <div className="note-line">
        <span id={`${id}-how-label`} className="unseen">
          {w.how}
        </span>
        <Radios
          id={`${id}-how`}
          value={draft.channel}
          onChange={(channel) => set({ channel })}
          choices={usual.map((each) => ({ value: each.value, label: label(each.label) }))}
        />
        <span id={`${id}-from-label`} className="unseen">
          {w.from}
        </span>
        <Radios
          id={`${id}-from`}
          value={draft.direction}
          onChange={(direction) => set({ direction })}
          choices={directions.map((each) => ({ value: each.value, label: label(each.label) }))}
        />
      </div>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder={w.what}
        aria-label={w.what}
        value={draft.summary}
        onChange={(event) => set({ summary: event.target.value })}
      />
      {may('tasks.create') && (
        <div className="note-line">
          <Input
            className="note-next"
            placeholder={w.nextHint}
            aria-label={w.next}
            value={draft.next}
            onChange={(event) => set({ next: event.target.value })}
          />
          <DueButton day={draft.due} onPick={(due) => set({ due })} label={w.next} />
        </div>
      )}
      <AddedFields
        entity={interaction}
        draft={draft.added}
        beside={{ channel: draft.channel, direction: draft.direction }}
        onChange={(added) => set({ added })}
      />
      {draft.next.trim() !== '' && (
        <AddedFields
          entity={task}
          draft={draft.nextAdded}
          onChange={(nextAdded) => set({ nextAdded })}
        />
      )}
      {trouble && (
        <p className="form-trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="note-foot">
        {onFinish && (
          <Button
            type="primary"
            loading={busy}
            disabled={empty}
            onClick={() => keep(onFinish)}
            title="Ctrl ↵"
          >
            {w.keepAndFinish}
          </Button>
        )}
        <Button type={onFinish ? 'default' : 'primary'} htmlType="submit" disabled={empty || busy}>
          {w.keep}
        </Button>
        <Button type="text" onClick={onClose}>
          {w.cancel}
        </Button>
      </div>
    </form>
  )
}

const isBlank = ({ summary, next, added, nextAdded }: Draft) =>
  summary + next === '' && Object.keys({ ...added, ...nextAdded }).length === 0

const useKeep = (customer: Props['customer'], draft: Draft, onClose: () => void) => {
  const w = useMessages(interactionWords)
  const locale = useLocale()
  const { today } = useDirectory()
  const client = useQueryClient()
  const toast = useToast()
  const { keyOf } = useRepeatKey()
  const title = draft.next.trim()
  const [missing, setMissing] = useState('')
  const problem = useAddedProblem()
  const note = useMutation({
    mutationFn: () => {
      const { channel, direction, summary, due } = draft
      const fixed = { channel, direction, summary: summary.trim() }
      const next = { title, due_on: due }
      const body = {
        ...addedValues(interaction, draft.added, fixed),
        ...fixed,
        ...(title && { next_step: { ...addedValues(task, draft.nextAdded, next), ...next } }),
      }
      return call('POST', `/customers/${customer.id}/interactions`, {
        body,
        idempotencyKey: keyOf(body),
      })
    },
    onSuccess: () => {
      void refreshLists(client, '/interactions', '/tasks')
      void refreshAround(client, `/customers/${customer.id}`)
    },
  })
  const keep = (after?: () => void) => {
    const { channel, direction } = draft
    const wrong =
      problem(interaction, draft.added, { channel, direction }) ||
      (title && problem(task, draft.nextAdded))
    setMissing(wrong)
    if (wrong) return
    note.mutate(undefined, {
      onSuccess: () => {
        onClose()
        if (after) return after()
        const day = sayDay(draft.due, today, locale)
        toast({ text: title ? w.notedNext(customer.name, day) : w.noted(customer.name) })
      },
    })
  }
  const sayProblem = useRefusalWords(interaction, { next_step: task })
  const trouble = missing || (note.error ? sayProblem(note.error) : '')
  return { keep, busy: note.isPending, trouble }
}
