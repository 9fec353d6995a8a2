import { useParams, useSearch } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { usePlace } from '#platform/lists/placeSource.ts'
import { useRecord } from '#platform/lists/source.ts'
import { Anchor, useTravel } from '#ui/Anchor.tsx'
import { isGone } from '#ui/Failure.tsx'
import { Lasting } from '#ui/Lasting.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { usePageTitle } from '#ui/pageTitle.ts'
import { RecordSteps } from '#ui/RecordSteps.tsx'
import { WhyHere } from '#ui/WhyHere.tsx'
import { customer } from '../fields.ts'
import { useCustomerActions } from './CustomerActions.tsx'
import { CustomerMissing } from './CustomerMissing.tsx'
import { CustomerSkeleton } from './CustomerSkeleton.tsx'
import { CustomerView } from './CustomerView.tsx'
import { listHref, listIn, recordHref } from './inList.ts'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

/** A customer as a page of its own. */
export const CustomerPage = () => {
  const w = useMessages(customerWords)
  const narrow = useNarrow()
  const { go } = useTravel()
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { record, failure, retry } = useRecord<Customer>(`/customers/${id}`)
  const list = listIn(useSearch({ strict: false }))
  const place = usePlace(`/customers/${id}`, list)
  const actions = useCustomerActions(record, () => go(listHref(list)))
  usePageTitle(record?.name)
  const missing = isGone(failure) || (failure !== undefined && !record)
  return (
    <Lasting
      key={id}
      gone={missing}
      instead={<CustomerMissing failure={failure} onRetry={retry} />}
    >
      <div className="page record-page">
        <header className="record-top">
          <Anchor className="back" href={listHref(list)}>
            <ChevronLeft />
            {w.customers}
          </Anchor>
          {list && <RecordSteps place={place} onGo={(to) => go(recordHref(to.id, list))} />}
          <WhyHere entity={customer} path={`/customers/${id}`} condition={list?.filter} />
          {actions.buttons}
        </header>
        {record ? (
          <CustomerView record={record} onEdit={actions.onEdit} bar={narrow && !missing} />
        ) : (
          <CustomerSkeleton />
        )}
      </div>
      {actions.dialogs}
    </Lasting>
  )
}
