import { useQueryClient } from '@tanstack/react-query'
import type { Entity } from '#platform/fields/entity.ts'
import { refreshAround } from '#platform/lists/source.ts'
import { DeleteDialog } from '#ui/DeleteDialog.tsx'
import { useMessages } from '#ui/locale.tsx'
import { type AnyRecord, nameOf, pathOf } from './kind.ts'
import { kindWords } from './messages.ts'

export const DeleteOfKind = (props: {
  entity: Entity
  record: AnyRecord
  note?: string
  onClose: () => void
  onRemoved?: () => void
}) => {
  const { entity, record } = props
  const w = useMessages(kindWords)
  const client = useQueryClient()
  const name = nameOf(entity, record)
  return (
    <DeleteDialog
      path={pathOf(entity, record.customer_id)}
      more={[`/${entity.plural}`, '/customers']}
      record={record}
      name={name}
      title={w.removeTitle(name)}
      done={w.removed(name)}
      {...(props.note && { note: props.note })}
      onClose={() => {
        void refreshAround(client, `/customers/${record.customer_id}`)
        props.onClose()
      }}
      {...(props.onRemoved && { onRemoved: props.onRemoved })}
    />
  )
}
