import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { FileDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Action, BulkRun } from '#platform/bulk/contract.ts'
import { type Chosen, foretellAll, runBulk } from '#platform/bulk/start.ts'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { isWritten } from '#platform/fields/field.ts'
import { refreshLists } from '#platform/lists/source.ts'
import { AskShare } from './AskShare.tsx'
import type { BulkKind } from './BulkActions.tsx'
import { binWords } from './binWords.ts'
import { GoingAlong } from './DeleteDialog.tsx'
import { Dialog } from './Dialog.tsx'
import { useDirectory } from './directory.tsx'
import { FieldInput } from './FieldInput.tsx'
import { listWords } from './listWords.ts'
import { useLabel, useLocale, useMessages } from './locale.tsx'
import { sayNumber } from './numbers.ts'
import { Select } from './Select.tsx'
import { saveCsv } from './saveCsv.ts'
import { useReasons } from './useReasons.ts'
import { words } from './words.ts'

type Props = {
  kind: BulkKind
  entity: Entity
  amount: string
  chosen: Chosen
  onClose: () => void
  onDone: () => void
}

/** Asks what to do with many rows, does it, and tells which were not done and why. */
export const BulkDialog = (props: Props) => {
  const { kind, entity, amount, chosen, onClose, onDone } = props
  const w = useMessages(listWords)
  const u = useMessages(words)
  const b = useMessages(binWords)
  const say = useReasons()
  const client = useQueryClient()
  const [action, setAction] = useState<Action | undefined>(
    kind === 'delete' ? { kind: 'delete' } : undefined,
  )
  const [run, setRun] = useState<BulkRun>()
  const [failure, setFailure] = useState<string>()
  const working = run?.status === 'running'
  const begin = async () => {
    if (!action) return
    setFailure(undefined)
    try {
      setRun(await runBulk(`/${entity.plural}`, chosen, action, setRun))
    } catch (problem) {
      const refusal = problem instanceof ApiProblem ? (problem.errors[0] ?? problem) : undefined
      setRun(undefined)
      setFailure(say(refusal ?? { reason: 'fault' }))
    }
    await refreshLists(client, `/${entity.plural}`)
  }
  const close = () => {
    onClose()
    if (run) onDone()
  }
  const title = {
    edit: w.editTitle,
    assign: w.assignTitle,
    share: w.shareTitle,
    tag: w.tagTitle,
    delete: w.deleteTitle,
  }
  return (
    <Dialog
      title={title[kind](amount)}
      okText={kind === 'delete' ? b.remove : w.start}
      cancelText={run ? u.close : u.cancel}
      okButtonProps={{
        disabled: !action || run !== undefined,
        danger: kind === 'delete',
        ...(run && !working && { style: { display: 'none' } }),
      }}
      confirmLoading={working}
      onOk={() => void begin()}
      onCancel={close}
      width={440}
    >
      {run ? <Outcome run={run} /> : <Ask {...props} onAction={setAction} />}
      {failure && (
        <p className="late" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  )
}

type AskProps = Props & { onAction: (action: Action | undefined) => void }

const Ask = (props: AskProps): ReactNode => {
  switch (props.kind) {
    case 'edit':
      return <AskEdit {...props} />
    case 'assign':
      return <AskOwner {...props} />
    case 'share':
      return <AskShare {...props} />
    case 'tag':
      return <AskTags {...props} />
    case 'delete':
      return (
        <GoingAlong
          of={JSON.stringify([props.entity.plural, props.chosen])}
          ask={() => foretellAll(`/${props.entity.plural}`, props.chosen)}
          root={props.entity.root === true}
        />
      )
  }
}

const AskEdit = ({ entity, onAction }: AskProps) => {
  const w = useMessages(listWords)
  const label = useLabel()
  const { rightOf } = useDirectory()
  const [name, setName] = useState<string>()
  const [value, setValue] = useState<unknown>(null)
  const field = name === undefined ? undefined : entity.fields[name]
  const set = (field: string, next: unknown) => {
    setValue(next)
    onAction({ kind: 'edit', field, value: next })
  }
  const fields = Object.entries(entity.fields).filter(
    ([each, field]) =>
      isWritten(field) &&
      field.kind !== 'reference' &&
      field.kind !== 'file' &&
      rightOf(entity.name, each) === 'write',
  )
  return (
    <>
      <div className="form-line">
        <label htmlFor="bulk-field">{w.field}</label>
        <Select
          id="bulk-field"
          showSearch={{ optionFilterProp: 'label' }}
          options={fields.map(([each, of]) => ({ value: each, label: label(of.label) }))}
          value={name ?? null}
          onChange={(next: string) => {
            setName(next)
            setValue(null)
            onAction(undefined)
          }}
          style={{ width: '100%' }}
        />
      </div>
      {name !== undefined && field && (
        <div className="form-line">
          <label htmlFor="bulk-value">{w.value}</label>
          <FieldInput
            key={name}
            id="bulk-value"
            field={field}
            value={value}
            onChange={(next) => set(name, next)}
          />
        </div>
      )}
    </>
  )
}

const AskOwner = ({ entity, onAction }: AskProps) => {
  const label = useLabel()
  const [owner, setOwner] = useState<number | null>(null)
  const field = entity.fields.owner_id
  if (!field) return null
  return (
    <div className="form-line">
      <label htmlFor="bulk-owner">{label(field.label)}</label>
      <FieldInput
        id="bulk-owner"
        autoFocus
        field={field}
        value={owner}
        onChange={(value) => {
          const next = typeof value === 'number' ? value : null
          setOwner(next)
          onAction(next === null ? undefined : { kind: 'assign', owner_id: next })
        }}
      />
    </div>
  )
}

const AskTags = ({ onAction }: AskProps) => {
  const w = useMessages(listWords)
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const told = (more: string[], less: string[]) => {
    setAdd(more)
    setRemove(less)
    const some = more.length + less.length > 0
    onAction(some ? { kind: 'tag', add: more, remove: less } : undefined)
  }
  const lines = [
    { id: 'bulk-add', word: w.addTags, value: add, set: (next: string[]) => told(next, remove) },
    {
      id: 'bulk-less',
      word: w.removeTags,
      value: remove,
      set: (next: string[]) => told(add, next),
    },
  ]
  return lines.map(({ id, word, value, set }) => (
    <div className="form-line" key={id}>
      <label htmlFor={id}>{word}</label>
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        value={value}
        onChange={set}
        style={{ width: '100%' }}
      />
    </div>
  ))
}

const Outcome = ({ run }: { run: BulkRun }) => {
  const w = useMessages(listWords)
  const say = useReasons()
  const locale = useLocale()
  const number = (value: number) => sayNumber(value, locale)
  if (run.status === 'running')
    return (
      <p role="status">
        {w.working(number(run.done + run.failed), number(run.total))}
        <br />
        <span className="quiet">{w.keepsOn}</span>
      </p>
    )
  const left = run.total - run.done - run.failed
  return (
    <>
      <p role="status">
        <strong>
          {run.status === 'failed'
            ? w.stopped(number(run.done), number(run.failed), number(left))
            : w.outcome(number(run.done), number(run.failed))}
        </strong>
      </p>
      {run.status === 'failed' && (
        <p className="late" role="alert">
          {say({ reason: run.reason ?? 'unexpected_fault' })}
        </p>
      )}
      {run.problems.length > 0 && (
        <Button
          icon={<FileDown />}
          onClick={() =>
            saveCsv(w.reasonsName, [
              [w.reasonsOf, w.reasonsWhy],
              ...run.problems.map(({ title, ...refusal }) => [title || w.unnamed, say(refusal)]),
            ])
          }
        >
          {w.reasonsFile}
        </Button>
      )}
      {run.problems.length > 0 && (
        <ul className="bulk-problems" aria-label={w.why}>
          {run.problems.map(({ id, title, ...refusal }) => (
            <li key={id}>
              <span>{title || w.unnamed}</span>
              <span className="quiet">{say(refusal)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
