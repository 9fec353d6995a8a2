import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { BinEntry } from '#platform/bin/contract.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { PlainField } from '#ui/PlainField.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { words } from '#ui/words.ts'
import { useBinWrites } from './bin.ts'
import { recycleWords } from './messages.ts'

/** What nothing brings back is confirmed by typing, not by a press in passing. */
export const EraseDialog = (props: { entries: readonly BinEntry[]; onClose: () => void }) => {
  const { entries } = props
  const w = useMessages(recycleWords)
  const u = useMessages(words)
  const toast = useToast()
  const say = useFailureWords()
  const { erase } = useBinWrites()
  const [typed, setTyped] = useState('')
  const confirmed = typed.trim().toLowerCase() === w.eraseWord
  const run = () =>
    erase.mutate(entries, {
      onSuccess: ({ done, problems }) =>
        toast({
          text:
            problems.length > 0 ? w.someKept(done.length, problems.length) : w.erased(done.length),
        }),
      onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
      onSettled: props.onClose,
    })
  return (
    <Modal
      open
      title={w.eraseTitle(entries.length)}
      okText={w.erase}
      okButtonProps={{ danger: true, disabled: !confirmed }}
      confirmLoading={erase.isPending}
      cancelText={u.cancel}
      width={440}
      onCancel={props.onClose}
      onOk={run}
    >
      <p>{entries.map(({ title }) => title ?? w.unnamed).join('、')}</p>
      <p className="quiet">{w.eraseText}</p>
      <PlainField label={w.eraseType(w.eraseWord)}>
        {({ id }) => (
          <Input
            id={id}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </PlainField>
    </Modal>
  )
}
