import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { isWritten } from '#platform/fields/field.ts'
import { type Machine, meanings, type Stage } from '#platform/fields/machine.ts'
import { ChoiceList } from '#ui/ChoiceList.tsx'
import { Confirm } from '#ui/Confirm.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useFields } from '#ui/fields.ts'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { meaningLabels } from './meaningLabels.ts'
import { useShapeWrite } from './shaping.ts'
import { stagePageWords } from './stagePageWords.ts'
import { draftOf, newDraft, type StageDraft, type Way, withoutStage, withStage } from './ways.ts'

type Props = { way: Way; stage?: Stage; onClose: () => void }

/** One stage: what it is called and counts as, where it leads, what it asks for. */
export const StageForm = ({ stage, ...props }: Props) => {
  const w = useMessages(stagePageWords)
  const label = useLabel()
  const title = stage ? w.editTitle(label(stage.label)) : w.addTitle
  return (
    <FormDrawer open title={title} onClose={props.onClose}>
      {({ onDirty, close }) => (
        <Inside {...props} {...(stage && { stage })} onDirty={onDirty} onCancel={close} />
      )}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const Inside = ({ way, stage, onClose, onDirty, onCancel }: InsideProps) => {
  const w = useMessages(stagePageWords)
  const { machine } = way
  const [start] = useState(() => (stage ? draftOf(machine, stage) : newDraft(machine)))
  const [draft, setDraft] = useState(start)
  const [removing, setRemoving] = useState(false)
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const name = draft.label.zh.trim()
  const { send, remove, saying, busy, trouble } = useSend(way, onClose)
  const removable = stage && !way.field.builtIn?.includes(stage.value)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send(withStage(machine, draft), w.saved(name))
      }}
    >
      <div className="form-body">
        <Settings
          way={way}
          draft={draft}
          isNew={!stage}
          set={(change) => setDraft({ ...draft, ...change })}
        />
        {removable && (
          <p>
            <Button danger onClick={() => setRemoving(true)}>
              {w.remove}
            </Button>
          </p>
        )}
        {trouble && (
          <p className="form-trouble" role="alert">
            {trouble}
            <span>{w.kept}</span>
          </p>
        )}
      </div>
      <footer className="form-foot">
        <Button type="primary" htmlType="submit" loading={busy} disabled={name === ''}>
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
      {removing && (
        <Confirm
          title={w.removeTitle(start.label.zh)}
          text={w.removeText}
          ok={w.remove}
          stay={w.keep}
          danger
          act={() => remove(withoutStage(machine, start.value), w.removed(start.label.zh))}
          say={saying}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  )
}

type SettingsProps = {
  way: Way
  draft: StageDraft
  isNew: boolean
  set: (change: Partial<StageDraft>) => void
}

const Settings = ({ way, draft, isNew, set }: SettingsProps) => {
  const w = useMessages(stagePageWords)
  const label = useLabel()
  const fields = useFields(way.entity)
  const others = way.machine.stages
    .filter(({ value }) => value !== draft.value)
    .map(({ value, label: { zh, en } }) => ({ value, label: label({ zh, en: en || zh }) }))
  const askable = Object.entries(fields)
    .filter(([name, field]) => name !== way.name && (isWritten(field) || field.formula))
    .map(([value, field]) => ({ value, label: label(field.label) }))
  const several = (
    name: string,
    value: readonly string[],
    options: { value: string; label: string }[],
    onChange: (chosen: string[]) => void,
    note?: string,
  ) => (
    <PlainField label={name} {...(note && { note })}>
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          optionFilterProp="label"
          value={[...value]}
          options={options}
          onChange={onChange}
        />
      )}
    </PlainField>
  )
  return (
    <>
      <PlainField label={w.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus={isNew}
            maxLength={40}
            value={draft.label.zh}
            onChange={(event) => set({ label: { ...draft.label, zh: event.target.value } })}
          />
        )}
      </PlainField>
      <PlainField label={w.english}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            value={draft.label.en}
            onChange={(event) => set({ label: { ...draft.label, en: event.target.value } })}
          />
        )}
      </PlainField>
      <ChoiceList
        label={w.meaning}
        value={draft.meaning}
        onChange={(meaning) => set({ meaning })}
        choices={meanings.map((value) => ({
          value,
          label: label(meaningLabels[value].label),
          help: label(meaningLabels[value].help),
        }))}
      />
      <p className="form-note quiet">{w.meaningHelp}</p>
      {several(w.from, draft.from, others, (from) => set({ from }))}
      {several(w.to, draft.to, others, (to) => set({ to }))}
      {several(w.needs, draft.needs, askable, (needs) => set({ needs }), w.needsHelp)}
      {!isNew && (
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.retired ?? false}
            onChange={(event) => set({ retired: event.target.checked || undefined })}
          />
          <span>
            {w.retire}
            <span className="quiet">{w.retireHelp}</span>
          </span>
        </label>
      )}
    </>
  )
}

const useSend = ({ id, version }: Way, onClose: () => void) => {
  const w = useMessages(stagePageWords)
  const toast = useToast()
  const reason = useReasons()
  const say = useFailureWords()
  const write = useShapeWrite()
  const removal = useShapeWrite()
  const told = (done: string) => {
    toast({ text: done })
    onClose()
  }
  const send = (machine: Machine, done: string) =>
    write.mutate({ do: 'stages', id, version, machine }, { onSuccess: () => told(done) })
  const remove = async (machine: Machine, done: string) => {
    await removal.mutateAsync({ do: 'stages', id, version, machine })
    told(done)
  }
  const saying = (problem: unknown) => {
    if (!(problem instanceof ApiProblem)) return say(problem)
    if (problem.status === 412) return w.changedMeanwhile
    const [first] = problem.errors
    return first ? reason(first) : say(problem)
  }
  const { error } = write
  return { send, remove, saying, busy: write.isPending, trouble: error ? saying(error) : undefined }
}
