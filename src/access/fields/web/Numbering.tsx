import { Button, Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { numberText, repeats } from '#platform/records/numberRule.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Radios } from '#ui/Radios.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { type NumberRule, useNumberRules, useNumberWrite } from './numbering.ts'
import { numberWords } from './numberWords.ts'

/** How records of this kind number themselves; a kind that does not can begin. */
export const Numbering = ({ entity }: { entity: Entity }) => {
  const w = useMessages(numberWords)
  const { today } = useDirectory()
  const { data } = useNumberRules()
  const [open, setOpen] = useState(false)
  const rule = data?.items.find(({ id }) => id === entity.name)
  if (!rule) return null
  return (
    <section>
      <header className="settings-head">
        <h2>{w.numbers}</h2>
        <Button onClick={() => setOpen(true)}>{rule.on ? w.change : w.begin}</Button>
      </header>
      <p className="quiet">{rule.on ? w.like(numberText(rule, today, 1)) : w.without}</p>
      {open && (
        <NumberDialog
          key={rule.version}
          entity={entity}
          rule={rule}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  )
}

type Props = { entity: Entity; rule: NumberRule; onClose: () => void }

const NumberDialog = ({ entity, rule, onClose }: Props) => {
  const w = useMessages(numberWords)
  const label = useLabel()
  const toast = useToast()
  const { today } = useDirectory()
  const [draft, setDraft] = useState(rule)
  const set = (change: Partial<NumberRule>) => setDraft((before) => ({ ...before, ...change }))
  const write = useNumberWrite()
  const note = useNotes(write.error)
  const reason = useReasons()
  const example = numberText(draft, today, 1)
  const repeated = repeats(draft) ? reason({ reason: 'number_repeats' }) : undefined
  const save = () =>
    write.mutate(draft, {
      onSuccess: () => {
        toast({ text: w.saved(example) })
        onClose()
      },
    })
  return (
    <Dialog
      title={w.title(label(entity.label))}
      okText={rule.on ? w.save : w.begin}
      okButtonProps={{ disabled: repeated !== undefined }}
      cancelText={w.cancel}
      confirmLoading={write.isPending}
      width={480}
      onOk={save}
      onCancel={onClose}
    >
      <p className="quiet">{rule.on ? w.lead : w.beginLead}</p>
      <p className="number-example figure">{example}</p>
      <PlainField
        label={w.prefix}
        wrong={note('prefix') !== undefined}
        note={note('prefix') ?? w.prefixHelp}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={12}
            value={draft.prefix}
            onChange={(event) => set({ prefix: event.target.value })}
          />
        )}
      </PlainField>
      <Row
        label={w.dated}
        value={draft.dated}
        onChange={(dated) => set({ dated })}
        choices={[
          { value: 'none', label: w.none },
          { value: 'year', label: w.year },
          { value: 'month', label: w.month },
          { value: 'day', label: w.day },
        ]}
      />
      <Row
        label={w.reset}
        value={draft.reset}
        onChange={(reset) => set({ reset })}
        choices={[
          { value: 'never', label: w.never },
          { value: 'year', label: w.eachYear },
          { value: 'month', label: w.eachMonth },
          { value: 'day', label: w.eachDay },
        ]}
        wrong={repeated ?? note('reset')}
      />
      <PlainField
        label={w.digits}
        wrong={note('digits') !== undefined}
        note={note('digits') ?? w.digitsHelp}
      >
        {(control) => (
          <Input
            {...control}
            className="figure"
            inputMode="numeric"
            value={draft.digits}
            onChange={(event) => {
              const digits = Number(event.target.value.normalize('NFKC').replace(/\D/g, ''))
              set({ digits: Math.min(Math.max(digits, 1), 10) })
            }}
          />
        )}
      </PlainField>
      {note('') && (
        <p className="form-trouble" role="alert">
          {note('')}
        </p>
      )}
    </Dialog>
  )
}

const Row = <V extends string>(props: {
  label: string
  value: V
  choices: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  wrong?: ReactNode
}) => {
  const id = useId()
  return (
    <div className="form-line">
      <span id={`${id}-label`} className="line-label">
        {props.label}
      </span>
      <Radios id={id} value={props.value} choices={props.choices} onChange={props.onChange} />
      <p className="form-note late" aria-live="polite">
        {props.wrong}
      </p>
    </div>
  )
}

/** A refusal at its line, or under `''`; the rule that somebody else saved meanwhile opens anew. */
const useNotes = (problem: unknown) => {
  const reason = useReasons()
  const say = useFailureWords()
  return (path: string) => {
    if (!problem) return undefined
    const errors = problem instanceof ApiProblem ? problem.errors : []
    const own = errors.find((error) => error.path === path)
    if (own) return reason(own)
    return errors.length === 0 && path === '' ? say(problem) : undefined
  }
}
