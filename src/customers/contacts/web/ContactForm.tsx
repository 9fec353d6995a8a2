import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { newRepeatKey } from '#platform/door/repeatKey.ts'
import { refreshAround, useChange, useCreate } from '#platform/lists/source.ts'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useMessages } from '#ui/locale.tsx'
import { RecordForm } from '#ui/RecordForm.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { contact } from '../fields.ts'
import { contactWords } from './messages.ts'
import { type Contact, contactsPath } from './useContacts.ts'

/** A new person at a customer, or one who changed. */
export const ContactForm = (props: {
  customerId: string
  record: Contact | undefined
  onClose: () => void
}) => {
  const { record, onClose } = props
  const w = useMessages(contactWords)
  const toast = useToast()
  const client = useQueryClient()
  const path = contactsPath(props.customerId)
  const create = useCreate<Contact>(path, '/contacts')
  const change = useChange<Contact>(path, '/contacts')
  const key = useRef(newRepeatKey())
  const save = async (body: Record<string, unknown>, version: number | undefined) => {
    if (!record) {
      const made = await create.mutateAsync({ body, key: key.current })
      toast({ text: w.added(made.name) })
    } else if (Object.keys(body).length > 0) {
      await change.mutateAsync({ id: record.id, version: version ?? record.version, change: body })
      toast({ text: w.saved })
    }
    void refreshAround(client, `/customers/${props.customerId}`)
    onClose()
  }
  return (
    <FormDrawer open title={record ? w.editIt(record.name) : w.add} onClose={onClose}>
      {({ onDirty, close }) => (
        <RecordForm
          entity={contact}
          {...(record && { record })}
          onDirty={onDirty}
          onCancel={close}
          onSave={save}
        />
      )}
    </FormDrawer>
  )
}
