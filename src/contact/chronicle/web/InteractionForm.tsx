import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useContacts } from '#customers/contacts/web/useContacts.ts'
import { refreshAround, useChange } from '#platform/lists/source.ts'
import { FormDrawer } from '#ui/FormDrawer.tsx'
import { useMessages } from '#ui/locale.tsx'
import { RecordForm } from '#ui/RecordForm.tsx'
import { useToast } from '#ui/Toasts.tsx'
import { interaction } from '../../interactions/fields.ts'
import { chronicleWords } from './messages.ts'
import type { Interaction } from './useChronicle.ts'

const only = ['summary', 'channel', 'direction', 'at', 'contact_id', 'person_id', 'minutes']

/** Puts right what was noted. */
export const InteractionForm = ({ row, onClose }: { row: Interaction; onClose: () => void }) => {
  const w = useMessages(chronicleWords)
  const toast = useToast()
  const client = useQueryClient()
  const change = useChange<Interaction>(
    `/customers/${row.customer_id}/interactions`,
    '/interactions',
  )
  const { rows } = useContacts(row.customer_id)
  const options = useMemo(
    () => ({ contact_id: rows.map(({ id, name }) => ({ value: id, label: name })) }),
    [rows],
  )
  return (
    <FormDrawer open title={w.editTitle} onClose={onClose}>
      {({ onDirty, close }) => (
        <RecordForm
          entity={interaction}
          record={row}
          only={only}
          options={options}
          onDirty={onDirty}
          onCancel={close}
          onSave={async (body, version) => {
            if (Object.keys(body).length > 0) {
              const { id } = row
              await change.mutateAsync({ id, version: version ?? row.version, change: body })
              await refreshAround(client, `/customers/${row.customer_id}`)
              toast({ text: w.saved })
            }
            onClose()
          }}
        />
      )}
    </FormDrawer>
  )
}
