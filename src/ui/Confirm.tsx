import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { Dialog } from './Dialog.tsx'
import { useFailureWords } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { words } from './words.ts'

type Props = {
  title: string
  /** What happens then, in a sentence. */
  text?: string | undefined
  /** The word for it, and the one for leaving it. */
  ok: string
  stay?: string
  danger?: boolean
  /** Where something is to be filled in first, whether it is; that has the keyboard then. */
  ready?: boolean
  width?: number
  /** More than a sentence, and what is to be filled in; Enter there is a yes. */
  children?: ReactNode
  /** Does it; throws to refuse. */
  act: () => Promise<unknown>
  /** A refusal in words, where there are better ones than everybody's. */
  say?: (problem: unknown) => string
  onClose: () => void
  /** Once it is done, where it does not just close. */
  onDone?: () => void
}

/** Asks once before something is done. A refusal is told here, and the question stays until it is settled. */
export const Confirm = (props: Props) => {
  const { act, onClose, onDone = onClose, ready = true } = props
  const u = useMessages(words)
  const sayFailure = useFailureWords()
  const say = props.say ?? sayFailure
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  // Two presses within one frame find the same state.
  const running = useRef(false)
  const run = async () => {
    if (!ready || running.current) return
    running.current = true
    setBusy(true)
    setRefused(undefined)
    try {
      await act()
      onDone()
    } catch (problem) {
      setRefused(say(problem))
    }
    running.current = false
    setBusy(false)
  }
  const asks = props.ready !== undefined
  return (
    <Dialog
      title={props.title}
      okText={props.ok}
      // Whoever still holds Enter from the button that led here does no harm by it.
      okButtonProps={{
        disabled: !ready,
        autoFocus: !asks && !props.danger,
        ...(props.danger && { danger: true }),
      }}
      cancelText={props.stay ?? u.cancel}
      cancelButtonProps={{ disabled: busy, autoFocus: !asks && props.danger === true }}
      confirmLoading={busy}
      width={props.width ?? 400}
      onOk={run}
      onCancel={() => running.current || onClose()}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          // A form that this was asked from is not sent by it.
          event.stopPropagation()
          void run()
        }}
      >
        {props.text && <p>{props.text}</p>}
        {props.children}
        {refused && (
          <p role="alert" className="late">
            {refused}
          </p>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
