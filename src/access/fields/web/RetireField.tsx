import { Modal } from 'antd'
import { useState } from 'react'
import { ApiProblem } from '#platform/door/client.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Kept, useFieldWrite } from './definitions.ts'
import { fieldWords } from './messages.ts'

/** Asks once before a field leaves every form and list, and again where views still name it. */
export const RetireField = ({ field, onClose }: { field: Kept; onClose: () => void }) => {
  const w = useMessages(fieldWords)
  const toast = useToast()
  const say = useFailureWords()
  const write = useFieldWrite()
  const [used, setUsed] = useState<string>()
  const { zh, en } = field.definition.label
  const name = useLabel()({ zh, en: en || zh })
  return (
    <Modal
      open
      title={w.retireTitle(name)}
      okText={used ? w.retireAnyway : w.retire}
      okButtonProps={{ danger: true }}
      confirmLoading={write.isPending}
      cancelText={w.keep}
      width={400}
      onCancel={onClose}
      onOk={() =>
        write.mutate(
          { do: 'retire', field, anyway: used !== undefined },
          {
            onSuccess: () => {
              toast({ text: w.retired(name) })
              onClose()
            },
            onError: (problem) => {
              if (problem instanceof ApiProblem && problem.reason === 'field_in_use')
                return setUsed(say(problem))
              toast({ tone: 'failed', text: say(problem) })
              onClose()
            },
          },
        )
      }
    >
      <p>{w.retireText}</p>
      {used && (
        <p className="late" role="alert">
          {used}
        </p>
      )}
    </Modal>
  )
}
