import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { refreshAround, useRemove } from '#platform/lists/source.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { words } from '#ui/words.ts'
import { chronicleWords } from './messages.ts'
import { type Interaction, takeOut } from './useChronicle.ts'

export const DeleteInteraction = ({ row, onClose }: { row: Interaction; onClose: () => void }) => {
  const w = useMessages(chronicleWords)
  const u = useMessages(words)
  const say = useFailureWords()
  const toast = useToast()
  const client = useQueryClient()
  const remove = useRemove<Interaction>(
    `/customers/${row.customer_id}/interactions`,
    '/interactions',
  )
  const done = async () => {
    try {
      await remove.mutateAsync(row)
      takeOut(client, row.customer_id, row.id)
      toast({ text: w.removed })
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
    void refreshAround(client, `/customers/${row.customer_id}`)
    onClose()
  }
  return (
    <Modal
      open
      title={w.removeTitle}
      okText={w.removeIt}
      okButtonProps={{ danger: true }}
      cancelText={u.cancel}
      confirmLoading={remove.isPending}
      onOk={done}
      onCancel={onClose}
      width={400}
    >
      <p>{w.removeText}</p>
    </Modal>
  )
}
