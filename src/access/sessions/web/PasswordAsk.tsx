import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useMessages } from '#ui/locale.tsx'
import { accountWords } from './accountWords.ts'
import { Secret } from './Secret.tsx'
import { useNotes } from './trouble.ts'

/** Asks for the password before something that a borrowed session must not do. */
export const PasswordAsk = (props: {
  title: string
  text?: string
  ok: string
  danger?: true
  busy: boolean
  problem: unknown
  ready?: boolean
  children?: ReactNode
  onOk: (password: string) => void
  onClose: () => void
}) => {
  const w = useMessages(accountWords)
  const [password, setPassword] = useState('')
  const note = useNotes(props.problem, 'password')
  const ready = password !== '' && props.ready !== false
  return (
    <Modal
      open
      title={props.title}
      okText={props.ok}
      okButtonProps={{ disabled: !ready, ...(props.danger && { danger: true }) }}
      confirmLoading={props.busy}
      cancelText={w.cancel}
      width={400}
      onOk={() => props.onOk(password)}
      onCancel={props.onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) props.onOk(password)
        }}
      >
        {props.text && <p className="quiet">{props.text}</p>}
        {props.children}
        <Secret
          label={w.password}
          complete="current-password"
          value={password}
          onChange={setPassword}
          note={note('password')}
        />
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}
