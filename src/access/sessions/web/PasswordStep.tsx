import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import type { OutputOf } from '#platform/door/contract.ts'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import type { sessions } from '../contract.ts'
import { sessionWords } from './messages.ts'
import { OtherWays } from './OtherWays.tsx'
import { Secret } from './Secret.tsx'
import { reasonOf, useNotes } from './trouble.ts'

/** User name and password; one that an administrator gave is replaced on the spot. */
export const PasswordStep = (props: {
  onDone: () => Promise<void>
  onCode: () => void
  away?: true
}) => {
  const w = useMessages(sessionWords)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [next, setNext] = useState<string>()
  const entry = useMutation({
    mutationFn: () =>
      call<OutputOf<typeof sessions.signIn>>('POST', '/session', {
        body: { username: username.trim(), password, ...(next && { new_password: next }) },
      }),
    onSuccess: (answer) => (answer.next === 'code' ? props.onCode() : props.onDone()),
    onError: (problem) => {
      if (reasonOf(problem) === 'password_change_needed') setNext('')
    },
  })
  const note = useNotes(entry.error, 'password')
  const asked = next !== undefined && reasonOf(entry.error) === 'password_change_needed'
  return (
    <form
      className="doorway-form"
      onSubmit={(event) => {
        event.preventDefault()
        entry.mutate()
      }}
    >
      <h1 className="unseen">{w.signIn}</h1>
      <PlainField label={w.username}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </PlainField>
      <Secret
        label={w.password}
        size="large"
        complete="current-password"
        value={password}
        onChange={setPassword}
        note={asked ? undefined : note('password')}
      />
      {next !== undefined && (
        <Secret
          label={w.own}
          focus
          size="large"
          complete="new-password"
          value={next}
          onChange={setNext}
          note={asked ? undefined : note('new_password')}
          help={w.ownHelp}
        />
      )}
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={entry.isPending || entry.isSuccess}
        disabled={username.trim() === '' || password === '' || next === ''}
      >
        {w.signIn}
      </Button>
      <OtherWays onDone={props.onDone} {...(props.away && { away: props.away })} />
      <p className="doorway-note">{w.forgotten}</p>
    </form>
  )
}
