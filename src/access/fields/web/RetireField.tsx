import { Modal } from 'antd'
import { useFailureWords } from '#ui/Failure.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { type Kept, useFieldWrite } from './definitions.ts'
import { fieldWords } from './messages.ts'

/** Asks once before a field leaves every form and list. */
export const RetireField = ({ field, onClose }: { field: Kept; onClose: () => void }) => {
  const w = useMessages(fieldWords)
  const toast = useToast()
  const say = useFailureWords()
  const write = useFieldWrite()
  const { zh, en } = field.definition.label
  const name = useLabel()({ zh, en: en || zh })
  return (
    <Modal
      open
      title={w.retireTitle(name)}
      okText={w.retire}
      okButtonProps={{ danger: true }}
      confirmLoading={write.isPending}
      cancelText={w.keep}
      width={400}
      onCancel={onClose}
      onOk={() =>
        write.mutate(
          { do: 'retire', field },
          {
            onSuccess: () => toast({ text: w.retired(name) }),
            onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
            onSettled: onClose,
          },
        )
      }
    >
      <p>{w.retireText}</p>
    </Modal>
  )
}
