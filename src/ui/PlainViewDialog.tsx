import { Input, Modal } from 'antd'
import { useState } from 'react'
import { mostReason } from '#platform/plainViews/keys.ts'
import { useFailureWords } from './Failure.tsx'
import { useMessages } from './locale.tsx'
import { PlainField } from './PlainField.tsx'
import { plainWords } from './plainWords.ts'
import { words } from './words.ts'

/** Asks why a value is wanted whole, and says that it is written down. */
export const PlainViewDialog = (props: {
  what: string
  onSee: (reason: string) => Promise<void>
  onClose: () => void
}) => {
  const { what } = props
  const w = useMessages(plainWords)
  const u = useMessages(words)
  const say = useFailureWords()
  const [reason, setReason] = useState('')
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<string>()
  const given = reason.trim()
  const see = async () => {
    if (given === '' || sending) return
    setSending(true)
    setRefused(undefined)
    try {
      await props.onSee(given)
    } catch (problem) {
      setRefused(w.refused(what, say(problem)))
      setSending(false)
    }
  }
  return (
    <Modal
      open
      title={w.see(what)}
      okText={w.ok}
      okButtonProps={{ disabled: given === '' }}
      cancelText={u.cancel}
      confirmLoading={sending}
      onOk={see}
      onCancel={props.onClose}
      width={420}
    >
      <PlainField label={w.reason} note={w.noted}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={mostReason}
            placeholder={w.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && see()}
          />
        )}
      </PlainField>
      {refused && (
        <p role="alert" className="late">
          {refused}
        </p>
      )}
    </Modal>
  )
}
