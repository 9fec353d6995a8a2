import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import type { Definition } from '#platform/fields/definition.ts'
import { withLabels } from '#platform/formulas/formula.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { type Draft, type Kept, type Shape, useFieldWrite } from './definitions.ts'
import { FieldSettings } from './FieldSettings.tsx'
import { fieldWords } from './messages.ts'
import { Preview } from './Preview.tsx'

type Props = { shape: Shape; kept?: Kept; onClose: () => void }

const blank: Draft = { kind: 'text', label: { zh: '', en: '' } }

/** A field being shaped, with the control as it will stand in the form. */
export const FieldForm = (props: Props) => {
  const w = useMessages(fieldWords)
  const label = useLabel()
  const { kept, shape } = props
  return (
    <FormDrawer
      open
      title={
        kept ? w.editTitle(label(kept.definition.label)) : w.addTitle(label(shape.entity.label))
      }
      onClose={props.onClose}
    >
      {({ onDirty, close }) => <Inside {...props} onDirty={onDirty} onCancel={close} />}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const Inside = ({ shape, onDirty, onCancel, onClose, ...props }: InsideProps) => {
  const w = useMessages(fieldWords)
  const [kept, setKept] = useState(props.kept)
  const [start, setStart] = useState<Draft>(() => asRead(props.kept?.definition, shape))
  const [draft, setDraft] = useState<Draft>(start)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const { save, busy, problem } = useSave(shape, kept, draft, onClose)
  const note = useNotes(problem)
  const theirs = problem instanceof ApiProblem && problem.status === 412 && currentOf(problem)
  const takeTheirs = (latest: Kept) => {
    setKept(latest)
    setStart(asRead(latest.definition, shape))
    setDraft(asRead(latest.definition, shape))
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
        <Preview draft={draft} />
        <FieldSettings {...{ shape, draft, set, note }} {...(kept && { kept })} />
        {theirs ? (
          <div className="form-trouble" role="alert">
            {w.changedMeanwhile}
            <p className="trouble-ways">
              <Button size="small" onClick={() => takeTheirs(theirs)}>
                {w.takeTheirs}
              </Button>
              <Button size="small" onClick={() => save(theirs)}>
                {w.keepMine}
              </Button>
            </p>
          </div>
        ) : (
          note('') && (
            <p className="form-trouble" role="alert">
              {note('')}
              <span>{w.kept}</span>
            </p>
          )
        )}
      </div>
      <footer className="form-foot">
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={draft.label.zh.trim() === ''}
        >
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
    </form>
  )
}

/** A formula is kept with names and read with labels. */
const asRead = (definition: Definition | undefined, { entity }: Shape): Draft => {
  if (!definition) return blank
  const { formula } = definition
  return formula ? { ...definition, formula: withLabels(formula, entity.fields) } : definition
}

const useSave = (shape: Shape, kept: Kept | undefined, draft: Draft, onClose: () => void) => {
  const w = useMessages(fieldWords)
  const toast = useToast()
  const write = useFieldWrite()
  const name = draft.label.zh.trim()
  const done = (text: string) => ({
    onSuccess: () => {
      toast({ text })
      onClose()
    },
  })
  const save = (latest = kept) => {
    if (!latest) {
      write.mutate({ do: 'add', entity: shape.entity.name, definition: draft }, done(w.made(name)))
      return
    }
    const definition: Definition = { ...draft, name: latest.definition.name }
    write.mutate({ do: 'change', field: latest, definition }, done(w.saved(name)))
  }
  return { save, busy: write.isPending, problem: write.error }
}

/** The field as it is now, told with the refusal. */
const currentOf = ({ facts }: ApiProblem): Kept | undefined => {
  const { current } = facts
  return isKept(current) ? current : undefined
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'definition' in value && 'version' in value

export type NoteOf = (path: string) => string | undefined

/** A refusal at its setting; what belongs to none stands under `''`. */
const useNotes = (problem: unknown): NoteOf => {
  const reason = useReasons()
  const say = useFailureWords()
  const places = [
    'label',
    'kind',
    'choices',
    'dictionary',
    'formula',
    'result',
    'when',
    'name',
    'max',
    'group',
    'aliases',
    'help',
  ]
  return (path) => {
    if (!problem) return undefined
    const errors = problem instanceof ApiProblem ? problem.errors : []
    const placeOf = (at: string) =>
      places.find((place) => at.startsWith(`definition.${place}`)) ?? ''
    const own = errors.find((error) => placeOf(error.path) === path)
    if (own) return reason(own)
    return errors.length === 0 && path === '' ? say(problem) : undefined
  }
}
