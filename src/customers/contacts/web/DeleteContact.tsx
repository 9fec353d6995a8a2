import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { refreshAround, useRemove } from '#platform/lists/source.ts'
import { useFailureWords } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { words } from '#ui/words.ts'
import { contactWords } from './messages.ts'
import { type Contact, contactsPath } from './useContacts.ts'

export const DeleteContact = ({ record, onClose }: { record: Contact; onClose: () => void }) => {
  const w = useMessages(contactWords)
  const u = useMessages(words)
  const say = useFailureWords()
  const toast = useToast()
  const client = useQueryClient()
  const remove = useRemove<Contact>(contactsPath(record.customer_id), '/contacts')
  const done = async () => {
    try {
      await remove.mutateAsync(record)
      toast({ text: w.removed(record.name) })
    } catch (problem) {
      toast({ tone: 'failed', text: say(problem) })
    }
    void refreshAround(client, `/customers/${record.customer_id}`)
    onClose()
  }
  return (
    <Modal
      open
      title={w.removeTitle(record.name)}
      okText={w.remove}
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
