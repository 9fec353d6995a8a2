import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { administrator, file, furtherKeys, grantLabels, type Rights, scopes } from '../rules.ts'
import { roleWords } from './messages.ts'
import { RoleChanges } from './RoleChanges.tsx'
import { RoleFields } from './RoleFields.tsx'
import { RoleGrid } from './RoleGrid.tsx'
import { type Draft, draftOf, emptyDraft, type RoleRow, useRoleWrites } from './roles.ts'

type Props = {
  entities: readonly Entity[]
  role?: RoleRow
  /** What a new role begins with, where it is a copy. */
  from?: Draft
  onClose: () => void
}

/** A role: what it may do with records, which fields it sees, what else it may do. */
export const RoleForm = (props: Props) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const { role } = props
  const title = role ? w.editTitle(label(role.label)) : w.add
  return (
    <FormDrawer open wide title={title} onClose={props.onClose}>
      {({ onDirty, close }) => <Inside {...props} onDirty={onDirty} onCancel={close} />}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const Inside = ({ entities, role, from, onDirty, onCancel, onClose }: InsideProps) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const toast = useToast()
  const start = role ? draftOf(role) : (from ?? emptyDraft)
  const [draft, setDraft] = useState(start)
  const write = useRoleWrites()
  const note = useNotes(write.error)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const setRights = (change: Partial<Rights>) =>
    setDraft((before) => ({ ...before, rights: { ...before.rights, ...change } }))
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const kinds = [...entities, file]
  const fixed = role?.id === administrator
  const save = (event: FormEvent) => {
    event.preventDefault()
    const zh = draft.label.zh.trim()
    const done = () => {
      toast({ text: role ? w.saved : w.created(zh) })
      onClose()
    }
    write.mutate({ role, draft: { ...draft, label: { ...draft.label, zh } } }, { onSuccess: done })
  }
  const trouble = note('')
  return (
    <form className="form role-form" onSubmit={save}>
      <div className="form-body">
        <div className="role-names">
          <PlainField label={w.name} wrong={note('label.zh') !== undefined} note={note('label.zh')}>
            {(control) => (
              <Input
                {...control}
                value={draft.label.zh}
                autoFocus={!role}
                onChange={({ target }) => set({ label: { ...draft.label, zh: target.value } })}
              />
            )}
          </PlainField>
          <PlainField label={w.english} note={w.englishHelp}>
            {(control) => (
              <Input
                {...control}
                value={draft.label.en}
                onChange={({ target }) => set({ label: { ...draft.label, en: target.value } })}
              />
            )}
          </PlainField>
          <PlainField label={w.description} note={w.descriptionHelp}>
            {(control) => (
              <Input
                {...control}
                value={draft.description}
                onChange={({ target }) => set({ description: target.value })}
              />
            )}
          </PlainField>
        </div>
        <h2>{w.what}</h2>
        <p className="quiet">{fixed ? w.fixed : w.whatHelp}</p>
        <RoleGrid
          rights={draft.rights}
          kinds={kinds}
          disabled={fixed}
          onChange={(given) => setRights({ kinds: given })}
        />
        {!fixed && <Reach draft={draft} set={set} />}
        <h2>{w.fields}</h2>
        <RoleFields
          rights={draft.rights}
          entities={entities}
          disabled={fixed}
          onChange={setRights}
        />
        {!fixed && (
          <>
            <h2>{w.more}</h2>
            <Checkbox.Group
              className="role-keys"
              value={draft.rights.keys}
              options={Object.entries(furtherKeys).map(([value, name]) => ({
                value,
                label: label(name),
              }))}
              onChange={(keys: string[]) => setRights({ keys })}
            />
            <RoleChanges
              before={start.rights}
              after={draft.rights}
              kinds={kinds}
              entities={entities}
              people={role?.people ?? 0}
            />
          </>
        )}
      </div>
      {trouble && (
        <p className="form-trouble form-trouble-foot" role="alert">
          {trouble}
        </p>
      )}
      <footer className="form-foot">
        <Button
          type="primary"
          htmlType="submit"
          loading={write.isPending}
          disabled={draft.label.zh.trim() === '' || (role !== undefined && !dirty)}
        >
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
    </form>
  )
}

type Setting = { draft: Draft; set: (change: Partial<Draft>) => void }

/** What the grid leaves open: which departments are listed, and where new people begin. */
const Reach = ({ draft, set }: Setting) => {
  const w = useMessages(roleWords)
  const label = useLabel()
  const { departments } = useDirectory()
  const given = Object.values(draft.rights.kinds).flatMap((kind) => Object.values(kind))
  return (
    <>
      {given.includes('personal') && (
        <PlainField label={w.personalHelp}>
          {({ id }) => (
            <Select
              id={id}
              value={draft.default_scope}
              options={scopes
                .filter((scope) => scope !== 'listed')
                .map((value) => ({ value, label: label(grantLabels[value]) }))}
              onChange={(default_scope) => set({ default_scope })}
            />
          )}
        </PlainField>
      )}
      {given.includes('listed') && (
        <PlainField label={w.listed} note={w.listedHelp}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              value={draft.departments}
              options={departments.map(({ id: value, name }) => ({ value, label: name }))}
              optionFilterProp="label"
              onChange={(chosen: number[]) => set({ departments: chosen })}
            />
          )}
        </PlainField>
      )}
    </>
  )
}

/** A refusal at its field, or under `''` when it is about the whole. */
const useNotes = (problem: unknown) => {
  const reason = useReasons()
  const say = useFailureWords()
  return (path: string) => {
    if (!problem) return undefined
    const errors = problem instanceof ApiProblem ? problem.errors : []
    const own = errors.find((error) => error.path === path)
    if (own) return reason(own)
    const named = errors.some((error) => error.path === 'label.zh')
    return path === '' && !named ? say(problem) : undefined
  }
}
