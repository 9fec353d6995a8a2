import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { ChoiceList } from '#ui/ChoiceList.tsx'
import { useDirectory } from '#ui/directory.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useLabel, useLocale, useMarks, useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { Select } from '#ui/Select.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useReasons } from '#ui/useReasons.ts'
import { grantLabels, noteOf, scopes } from '../../roles/rules.ts'
import { aidWords } from './aidWords.ts'
import { peopleWords } from './messages.ts'
import {
  heldRoles,
  leavesReach,
  type Person,
  usePersonWrites,
  usePosts,
  useRoles,
} from './people.ts'
import { SignInAid } from './SignInAid.tsx'
import { StopPerson } from './StopPerson.tsx'

type Draft = Pick<Person, 'name' | 'roles' | 'post_id' | 'scope' | 'scope_departments'> & {
  username: string
  password: string
  email: string
  department_id: number | null
}
type Props = { person?: Person; onClose: () => void }

const startOf = (person: Person | undefined): Draft => ({
  name: person?.name ?? '',
  username: person?.username ?? '',
  password: '',
  email: person?.email ?? '',
  department_id: person?.department_id ?? null,
  roles: person?.roles ?? ['staff'],
  post_id: person?.post_id ?? null,
  scope: person?.scope ?? 'own',
  scope_departments: person?.scope_departments ?? [],
})

/** A person and what they may do and see, said in words. */
export const PersonForm = ({ person, onClose }: Props) => {
  const w = useMessages(peopleWords)
  return (
    <FormDrawer open title={person ? w.editTitle(person.name) : w.add} onClose={onClose}>
      {({ onDirty, close }) => (
        <Inside {...(person && { person })} onDirty={onDirty} onCancel={close} onClose={onClose} />
      )}
    </FormDrawer>
  )
}

type InsideProps = Props & { onDirty: (dirty: boolean) => void; onCancel: () => void }

const Inside = ({ person, onDirty, onCancel, onClose }: InsideProps) => {
  const w = useMessages(peopleWords)
  const aid = useMessages(aidWords)
  const [draft, setDraft] = useState(() => startOf(person))
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const dirty = JSON.stringify(draft) !== JSON.stringify(startOf(person))
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  const { save, busy, problem } = useSave(person, draft, onClose)
  const note = useNotes(problem)
  const trouble = note('')
  const complete =
    draft.name.trim() !== '' &&
    draft.department_id !== null &&
    (draft.roles.length > 0 || draft.post_id !== null) &&
    (person !== undefined || (draft.username.trim() !== '' && draft.password !== ''))
  const line = (name: 'name' | 'username' | 'password' | 'email', label: string, help?: string) => (
    <PlainField label={label} wrong={note(name) !== undefined} note={note(name) ?? help}>
      {(control) => (
        <Input
          {...control}
          value={draft[name]}
          type={name === 'password' ? 'password' : 'text'}
          autoComplete={name === 'password' ? 'new-password' : 'off'}
          autoFocus={name === 'name' && !person}
          spellCheck={false}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </PlainField>
  )
  return (
    <form
      className="form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="form-body">
        {line('name', w.name)}
        {!person && line('username', w.username, w.usernameHelp)}
        {!person && line('password', w.password, w.passwordHelp)}
        {line('email', aid.email, aid.emailHelp)}
        <DepartmentLine draft={draft} set={set} note={note('department_id')} />
        <PostAndRoles draft={draft} set={set} note={note('roles')} />
        <Reach draft={draft} set={set} />
        {person && line('password', w.newPassword, w.newPasswordHelp)}
        {person && (
          <p>
            <Anchor className="link" href={`/settings/people/${person.id}/access`}>
              {w.access}
            </Anchor>
          </p>
        )}
        {person && <SignInAid person={person} />}
        {person && <StopPerson person={person} onDone={onClose} />}
      </div>
      {trouble && (
        <p className="form-trouble form-trouble-foot" role="alert">
          {trouble}
          <span>{w.kept}</span>
        </p>
      )}
      <footer className="form-foot">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!complete}>
          {w.save}
        </Button>
        <Button onClick={onCancel}>{w.cancel}</Button>
      </footer>
    </form>
  )
}

type Setting = { draft: Draft; set: (change: Partial<Draft>) => void }

const DepartmentLine = ({ draft, set, note }: Setting & { note: string | undefined }) => {
  const w = useMessages(peopleWords)
  const { departments } = useDirectory()
  return (
    <PlainField label={w.department} wrong={note !== undefined} note={note}>
      {({ id }) => (
        <Select
          id={id}
          value={draft.department_id}
          options={departments.map(({ id: value, name }) => ({ value, label: name }))}
          onChange={(department_id: number) => set({ department_id })}
        />
      )}
    </PlainField>
  )
}

/** What the person does here: a post with its roles, further roles, or both. */
const PostAndRoles = ({ draft, set, note }: Setting & { note: string | undefined }) => {
  const w = useMessages(peopleWords)
  const label = useLabel()
  const { listed } = useMarks()
  const locale = useLocale()
  const [roles, posts] = [useRoles(), usePosts()]
  const ofPost = heldRoles({ ...draft, roles: [] }, roles, posts).map((role) => label(role.label))
  // A role brings its usual reach; what was set by hand before is for other roles.
  const change = (given: Partial<Pick<Draft, 'roles' | 'post_id'>>) => {
    const usual = heldRoles({ ...draft, ...given }, roles, posts).map((role) =>
      scopes.indexOf(role.default_scope),
    )
    set({ ...given, scope: scopes[Math.max(0, ...usual)] ?? 'own' })
  }
  return (
    <>
      {posts.length > 0 && (
        <PlainField
          label={w.post}
          note={ofPost.length > 0 ? w.postHelp(listed(ofPost)) : undefined}
        >
          {({ id }) => (
            <Select
              id={id}
              allowClear
              placeholder={w.noPost}
              value={draft.post_id}
              options={posts.map(({ id: value, name }) => ({ value, label: name }))}
              onChange={(post_id: string | undefined) => change({ post_id: post_id ?? null })}
            />
          )}
        </PlainField>
      )}
      <PlainField label={w.roles} wrong={note !== undefined} note={note ?? w.rolesHelp}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={draft.roles}
            optionFilterProp="label"
            options={roles.map((role) => ({
              value: role.id,
              label: label(role.label),
              does: noteOf(role, locale),
            }))}
            optionRender={({ label: name, data }) => (
              <div className="role-option">
                {name}
                <span className="quiet">{data.does}</span>
              </div>
            )}
            onChange={(chosen: string[]) => change({ roles: chosen })}
          />
        )}
      </PlainField>
    </>
  )
}

/** How far the roles reach that leave it to the person, each reach with its sentence. */
const Reach = ({ draft, set }: Setting) => {
  const w = useMessages(peopleWords)
  const label = useLabel()
  const { departments } = useDirectory()
  const [roles, posts] = [useRoles(), usePosts()]
  const sees = {
    own: w.seeOwn,
    department: w.seeDepartment,
    subtree: w.seeSubtree,
    listed: w.seeListed,
    all: w.seeAll,
  }
  if (!heldRoles(draft, roles, posts).some(leavesReach)) return null
  return (
    <>
      <ChoiceList
        label={w.sees}
        value={draft.scope}
        onChange={(scope) => set({ scope })}
        choices={scopes.map((value) => ({
          value,
          label: label(grantLabels[value]),
          help: sees[value],
        }))}
      />
      {draft.scope === 'listed' && (
        <PlainField label={w.listed} note={w.listedHelp}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              value={draft.scope_departments}
              options={departments.map(({ id: value, name }) => ({ value, label: name }))}
              optionFilterProp="label"
              onChange={(scope_departments: number[]) => set({ scope_departments })}
            />
          )}
        </PlainField>
      )}
    </>
  )
}

const useSave = (person: Person | undefined, draft: Draft, onClose: () => void) => {
  const w = useMessages(peopleWords)
  const toast = useToast()
  const { create, change } = usePersonWrites()
  const { username, password, department_id, ...rest } = draft
  const body = {
    ...rest,
    name: draft.name.trim(),
    email: draft.email.trim() || null,
    scope_departments: draft.scope === 'listed' ? draft.scope_departments : [],
    ...(department_id !== null && { department_id }),
    ...(password !== '' && { password }),
  }
  const done = (text: string) => {
    toast({ text })
    onClose()
  }
  return {
    save: () =>
      person
        ? change.mutate({ person, body }, { onSuccess: () => done(w.saved) })
        : create.mutate(
            { ...body, username: username.trim() },
            { onSuccess: (made) => done(w.created(made.name)) },
          ),
    busy: create.isPending || change.isPending,
    problem: create.error ?? change.error,
  }
}

/** A refusal at its field, or under `''` when it names none. */
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
