import { useQueryClient } from '@tanstack/react-query'
import { call } from '#platform/door/client.ts'
import type { FileAnswer } from '#platform/files/contract.ts'
import { type Removed, refreshAround } from '#platform/lists/source.ts'
import { Confirm } from '#ui/Confirm.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useRemoved } from '#ui/useRemoved.ts'
import { fileWords } from './messages.ts'

export const DeleteFile = ({ file, onClose }: { file: FileAnswer; onClose: () => void }) => {
  const w = useMessages(fileWords)
  const removed = useRemoved()
  const client = useQueryClient()
  const customer = `/customers/${file.customer_id}`
  const remove = async () => {
    const { customer_id, id, version, name } = file
    try {
      const path = `${customer}/files/${id}`
      const { deletion_id } = await call<Removed>('DELETE', path, { version })
      removed(w.removed(name), { customer_id, deletion_id, title: name })
    } finally {
      void refreshAround(client, customer)
    }
  }
  return (
    <Confirm
      title={w.removeTitle}
      text={w.removeText(file.name)}
      ok={w.remove}
      danger
      act={remove}
      onClose={onClose}
    />
  )
}
