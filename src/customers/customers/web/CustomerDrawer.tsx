import { useQueryClient } from '@tanstack/react-query'
import { usePlace } from '#platform/lists/placeSource.ts'
import { type ListQuery, prefetchRecord, useRecord } from '#platform/lists/source.ts'
import { isGone } from '#ui/Failure.tsx'
import { Lasting } from '#ui/Lasting.tsx'
import { useMessages } from '#ui/locale.tsx'
import { RecordDrawer } from '#ui/RecordDrawer.tsx'
import { RecordSteps } from '#ui/RecordSteps.tsx'
import { WhyHere } from '#ui/WhyHere.tsx'
import { customer } from '../fields.ts'
import { useCustomerActions } from './CustomerActions.tsx'
import { CustomerMissing } from './CustomerMissing.tsx'
import { CustomerSkeleton } from './CustomerSkeleton.tsx'
import { CustomerView } from './CustomerView.tsx'
import { recordHref } from './inList.ts'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

type Props = {
  id: string
  /** What the list already knows of the customer. */
  seed: Customer | undefined
  query: ListQuery
  onOpen: (id: string) => void
  onClose: () => void
}

/** A customer over the list; previous and next follow the list as it is filtered and sorted. */
export const CustomerDrawer = ({ id, seed, query, onOpen, onClose }: Props) => {
  const w = useMessages(customerWords)
  const client = useQueryClient()
  const path = `/customers/${id}`
  const { record, failure, retry } = useRecord<Customer>(path, seed)
  const missing = isGone(failure) || (failure !== undefined && !record)
  const actions = useCustomerActions(record, onClose)
  const place = usePlace(path, query)
  const go = (to: { id: string }) => {
    prefetchRecord(client, `/customers/${to.id}`)
    onOpen(to.id)
  }
  return (
    <RecordDrawer
      open
      label={w.opened(record?.name ?? '')}
      onClose={onClose}
      pageHref={recordHref(id, query)}
      steps={<RecordSteps place={place} onGo={go} />}
      actions={
        <>
          <WhyHere entity={customer} path={path} condition={query.filter} />
          {!missing && actions.buttons}
        </>
      }
    >
      <Lasting
        key={id}
        gone={missing}
        instead={<CustomerMissing failure={failure} onRetry={retry} />}
      >
        {record ? <CustomerView record={record} onEdit={actions.onEdit} /> : <CustomerSkeleton />}
        {actions.dialogs}
      </Lasting>
    </RecordDrawer>
  )
}
