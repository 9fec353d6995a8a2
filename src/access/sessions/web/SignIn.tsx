import { useEffect, useRef, useState } from 'react'
import { Doorway } from '#ui/Doorway.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Arrival, arrived } from './Arrival.tsx'
import { CodeStep } from './CodeStep.tsx'
import { sessionWords } from './messages.ts'
import { PasswordStep } from './PasswordStep.tsx'

type Done = { onDone: () => Promise<void> }

/** The page at the door; also where an identity provider sends the browser back. */
export const SignIn = ({ onDone }: Done) => {
  const [given, setGiven] = useState(arrived)
  return (
    <Doorway>
      {given ? (
        <Arrival given={given} onBack={() => setGiven(undefined)} />
      ) : (
        <Steps onDone={onDone} away />
      )}
    </Doorway>
  )
}

/** Over the page of somebody whose session ended: what is typed there stays. */
export const SignInAgain = ({ onDone }: Done) => {
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
      <Steps onDone={onDone} />
    </dialog>
  )
}

const Steps = ({ onDone, away }: Done & { away?: true }) => {
  const [code, setCode] = useState(false)
  if (code) return <CodeStep onDone={onDone} onBack={() => setCode(false)} />
  return <PasswordStep onDone={onDone} onCode={() => setCode(true)} {...(away && { away })} />
}
