import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '#platform/door/client.ts'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { sessionWords } from './messages.ts'
import { useNotes } from './trouble.ts'

/** The second step: the six figures that the phone shows, or a backup code. */
export const CodeStep = (props: { onDone: () => Promise<void>; onBack: () => void }) => {
  const w = useMessages(sessionWords)
  const [code, setCode] = useState('')
  const entry = useMutation({
    mutationFn: (given: string) => call('POST', '/session/code', { body: { code: given } }),
    onSuccess: props.onDone,
  })
  const note = useNotes(entry.error, 'code')('code')
  const change = (value: string) => {
    setCode(value)
    // Six figures are whole; nobody needs to press a button for them.
    if (/^\d{6}$/.test(value.trim()) && !entry.isPending) entry.mutate(value.trim())
  }
  return (
    <form
      className="doorway-form"
      onSubmit={(event) => {
        event.preventDefault()
        entry.mutate(code.trim())
      }}
    >
      <h1 className="unseen">{w.codeStep}</h1>
      <PlainField label={w.code} wrong={note !== undefined} note={note ?? w.codeHelp}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            size="large"
            className="code-input"
            autoComplete="one-time-code"
            spellCheck={false}
            maxLength={20}
            value={code}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </PlainField>
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={entry.isPending || entry.isSuccess}
        disabled={code.trim().length < 6}
      >
        {w.signIn}
      </Button>
      <p className="doorway-note">
        <button type="button" className="link" onClick={props.onBack}>
          {w.back}
        </button>
      </p>
    </form>
  )
}
