import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { call } from '#platform/door/client.ts'
import { Doorway } from '#ui/Doorway.tsx'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { sessionWords } from './messages.ts'

/** The page at the door. */
export const SignIn = ({ onDone }: { onDone: () => Promise<void> }) => (
  <Doorway>
    <SignInForm onDone={onDone} />
  </Doorway>
)

/** Over the page of somebody whose session ended: what is typed there stays. */
export const SignInAgain = ({ onDone }: { onDone: () => Promise<void> }) => {
  const w = useMessages(sessionWords)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className="again"
      aria-label={w.signIn}
      onCancel={(event) => event.preventDefault()}
    >
      <p>{w.again}</p>
      <SignInForm onDone={onDone} />
    </dialog>
  )
}

const SignInForm = ({ onDone }: { onDone: () => Promise<void> }) => {
  const w = useMessages(sessionWords)
  const say = useFailureWords()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const entry = useMutation({
    mutationFn: () => call('POST', '/session', { body: { username: username.trim(), password } }),
    onSuccess: onDone,
  })
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
      <PlainField label={w.password} wrong={entry.isError} note={entry.error && say(entry.error)}>
        {(control) => (
          <Input
            {...control}
            type="password"
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </PlainField>
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={entry.isPending || entry.isSuccess}
        disabled={username.trim() === '' || password === ''}
      >
        {w.signIn}
      </Button>
      <p className="doorway-note">{w.forgotten}</p>
    </form>
  )
}
