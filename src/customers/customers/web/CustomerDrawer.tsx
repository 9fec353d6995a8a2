import { Button } from 'antd'
import { useState } from 'react'
import { useRecord } from '#platform/lists/source.ts'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { EditCustomer } from './CustomerForm.tsx'
import { CustomerSheet } from './CustomerSheet.tsx'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

type Props = {
  id: string
  rows: readonly Customer[]
  onOpen: (id: string) => void
  onClose: () => void
}

/** A customer over the list; previous and next follow the list as it is filtered. */
export const CustomerDrawer = ({ id, rows, onOpen, onClose }: Props) => {
  const w = useMessages(customerWords)
  const place = rows.findIndex((row) => row.id === id)
  const { record, failure, retry } = useRecord<Customer>(`/customers/${id}`, rows[place])
  const [editing, setEditing] = useState(false)
  const at = (step: number) => {
    const row = place < 0 ? undefined : rows[place + step]
    return row && (() => onOpen(row.id))
  }
  return (
    <RecordDrawer
      open
      label={w.opened(record?.name ?? '')}
      onClose={onClose}
      pageHref={`/customers/${id}`}
      onPrevious={at(-1)}
      onNext={at(1)}
      actions={record?.can.edit && <Button onClick={() => setEditing(true)}>{w.edit}</Button>}
    >
      {record && <CustomerSheet key={id} record={record} />}
      {!record && failure && <Failure failure={failure} onRetry={retry} />}
      {!record && !failure && <SkeletonText lines={8} />}
      {editing && record && <EditCustomer record={record} onClose={() => setEditing(false)} />}
    </RecordDrawer>
  )
}
