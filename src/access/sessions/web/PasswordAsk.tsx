import { type ReactNode, useState } from 'react'
import { Confirm } from '#ui/Confirm.tsx'
import { useMessages } from '#ui/locale.tsx'
import { accountWords } from './accountWords.ts'
import { Secret } from './Secret.tsx'

/** Asks for the password before something that a borrowed session must not do. */
export const PasswordAsk = (props: {
  title: string
  text?: string
  ok: string
  danger?: true
  ready?: boolean
  children?: ReactNode
  act: (password: string) => Promise<unknown>
  onClose: () => void
  onDone?: () => void
}) => {
  const { act, children, ready = true, ...shared } = props
  const w = useMessages(accountWords)
  const [password, setPassword] = useState('')
  return (
    <Confirm {...shared} ready={ready && password !== ''} act={() => act(password)}>
      {children}
      <Secret
        label={w.password}
        complete="current-password"
        focus
        value={password}
        onChange={setPassword}
        note={undefined}
      />
    </Confirm>
  )
}
