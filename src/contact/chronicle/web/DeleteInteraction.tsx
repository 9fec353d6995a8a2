import { useQueryClient } from '@tanstack/react-query'
import { refreshAround } from '#platform/lists/source.ts'
import { DeleteDialog } from '#ui/DeleteDialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import { chronicleWords } from './messages.ts'
import { type Interaction, takeOut } from './useChronicle.ts'

export const DeleteInteraction = ({ row, onClose }: { row: Interaction; onClose: () => void }) => {
  const w = useMessages(chronicleWords)
  const client = useQueryClient()
  return (
    <DeleteDialog
      path={`/customers/${row.customer_id}/interactions`}
      more={['/interactions']}
      record={row}
      name={row.summary}
      title={w.removeTitle}
      done={w.removed}
      note={w.removeText}
      onRemoved={() => takeOut(client, row.customer_id, row.id)}
      onClose={() => {
        void refreshAround(client, `/customers/${row.customer_id}`)
        onClose()
      }}
    />
  )
}
