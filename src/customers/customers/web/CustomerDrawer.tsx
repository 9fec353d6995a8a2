import { useRecord } from '#platform/lists/source.ts'
import { useMessages } from '#ui/locale.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { useCustomerActions } from './CustomerActions.tsx'
import { CustomerMissing, isGone } from './CustomerMissing.tsx'
import { CustomerSkeleton } from './CustomerSkeleton.tsx'
import { CustomerView } from './CustomerView.tsx'
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
  const shown = isGone(failure) ? undefined : record
  const actions = useCustomerActions(shown, onClose)
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
      actions={actions.buttons}
    >
      {shown && <CustomerView key={id} record={shown} onEdit={actions.onEdit} />}
      {!shown && failure && <CustomerMissing failure={failure} onRetry={retry} />}
      {!shown && !failure && <CustomerSkeleton />}
      {actions.dialogs}
    </RecordDrawer>
  )
}
