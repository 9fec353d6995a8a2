import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { call } from '#platform/door/client.ts'
import type { FileAnswer } from '#platform/files/contract.ts'
import { type Removed, refreshAround } from '#platform/lists/source.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { useRemoved } from '#ui/useRemoved.ts'
import { words } from '#ui/words.ts'
import { fileWords } from './messages.ts'

export const DeleteFile = ({ file, onClose }: { file: FileAnswer; onClose: () => void }) => {
  const w = useMessages(fileWords)
  const u = useMessages(words)
  const say = useFailureWords()
  const toast = useToast()
  const removed = useRemoved()
  const client = useQueryClient()
  const customer = `/customers/${file.customer_id}`
  const remove = useMutation({
    mutationFn: () =>
      call<Removed>('DELETE', `${customer}/files/${file.id}`, { version: file.version }),
    onSuccess: ({ deletion_id }) =>
      removed(w.removed(file.name), {
        ...{ customer_id: file.customer_id, deletion_id, title: file.name },
      }),
    onError: (problem) => toast({ tone: 'failed', text: say(problem) }),
    onSettled: () => {
      void refreshAround(client, customer)
      onClose()
    },
  })
  return (
    <Modal
      open
      title={w.removeTitle}
      okText={w.remove}
      okButtonProps={{ danger: true }}
      cancelText={u.cancel}
      confirmLoading={remove.isPending}
      onOk={() => remove.mutate()}
      onCancel={onClose}
      width={400}
    >
      <p>{w.removeText(file.name)}</p>
    </Modal>
  )
}
