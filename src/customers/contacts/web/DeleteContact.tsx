import { useQueryClient } from '@tanstack/react-query'
import { refreshAround } from '#platform/lists/source.ts'
import { DeleteDialog } from '#ui/DeleteDialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import { contactWords } from './messages.ts'
import { type Contact, contactsPath } from './useContacts.ts'

export const DeleteContact = ({ record, onClose }: { record: Contact; onClose: () => void }) => {
  const w = useMessages(contactWords)
  const client = useQueryClient()
  return (
    <DeleteDialog
      path={contactsPath(record.customer_id)}
      more={['/contacts']}
      record={record}
      name={record.name}
      title={w.removeTitle(record.name)}
      done={w.removed(record.name)}
      note={w.removeText}
      onClose={() => {
        void refreshAround(client, `/customers/${record.customer_id}`)
        onClose()
      }}
    />
  )
}
