import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Dictionary } from '#platform/dictionaries/contract.ts'
import { ApiProblem } from '#platform/door/client.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { ChoicesEditor } from './ChoicesEditor.tsx'
import { dictionaryWords } from './dictionaryWords.ts'
import { useShapeWrite } from './shaping.ts'

type Props = { kept?: Dictionary; onClose: () => void }

/** A shared list being written. */
export const DictionaryForm = ({ kept, onClose }: Props) => {
  const w = useMessages(dictionaryWords)
  const label = useLabel()
  return (
    <FormDrawer open title={kept ? w.editTitle(label(kept.label)) : w.addTitle} onClose={onClose}>
      {({ onDirty, close }) => (
        <Inside {...(kept && { kept })} onClose={onClose} onDirty={onDirty} onCancel={close} />
      )}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const blank: Pick<Dictionary, 'label' | 'entries'> = { label: { zh: '', en: '' }, entries: [] }

const Inside = ({ kept, onClose, onDirty, onCancel }: InsideProps) => {
  const w = useMessages(dictionaryWords)
  const toast = useToast()
  const write = useShapeWrite()
  const [start] = useState(kept ?? blank)
  const [draft, setDraft] = useState(start)
  const note = useNotes(write.error)
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const name = draft.label.zh.trim()
  const save = () => {
    const { label } = draft
    // A line that was begun and left empty is nothing.
    const entries = draft.entries.filter((each) => each.label.zh.trim() !== '')
    const done = {
      onSuccess: () => {
        toast({ text: kept ? w.saved(name) : w.made(name) })
        onClose()
      },
    }
    if (kept) {
      const { id, version } = kept
      write.mutate({ do: 'changeDictionary', dictionary: { id, version, label, entries } }, done)
    } else write.mutate({ do: 'addDictionary', dictionary: { label, entries } }, done)
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="form-body">
        <PlainField label={w.name} wrong={note('label') !== undefined} note={note('label')}>
          {(control) => (
            <Input
              {...control}
              autoFocus={!kept}
              maxLength={40}
              value={draft.label.zh}
              onChange={(event) =>
                setDraft({ ...draft, label: { ...draft.label, zh: event.target.value } })
              }
            />
          )}
        </PlainField>
        <PlainField label={w.english}>
          {(control) => (
            <Input
              {...control}
              maxLength={60}
              value={draft.label.en}
              onChange={(event) =>
                setDraft({ ...draft, label: { ...draft.label, en: event.target.value } })
              }
            />
          )}
        </PlainField>
        <ChoicesEditor
          legend={w.entries}
          choices={draft.entries}
          stored={start.entries}
          note={note('entries')}
          onChange={(entries) => setDraft({ ...draft, entries })}
        />
        {note('') && (
          <p className="form-trouble" role="alert">
            {note('')}
            <span>{w.kept}</span>
          </p>
        )}
      </div>
      <footer className="form-foot">
        <Button type="primary" htmlType="submit" loading={write.isPending} disabled={name === ''}>
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
    </form>
  )
}

/** A refusal at its part of the form, or under `''`. */
const useNotes = (problem: unknown) => {
  const w = useMessages(dictionaryWords)
  const reason = useReasons()
  const say = useFailureWords()
  return (path: string) => {
    if (!problem) return undefined
    if (problem instanceof ApiProblem && problem.status === 412)
      return path === '' ? w.changedMeanwhile : undefined
    const errors = problem instanceof ApiProblem ? problem.errors : []
    const own = errors.find((error) => error.path.split('.')[0] === path)
    if (own) return reason(own)
    return errors.length === 0 && path === '' ? say(problem) : undefined
  }
}
