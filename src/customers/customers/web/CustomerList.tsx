import { useQueryClient } from '@tanstack/react-query'
import { CalendarClock, MessageCircle } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import { prefetchRecord } from '#platform/lists/source.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useClock } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { sayInstant } from '#ui/time.ts'
import { useListPage } from '#ui/useListPage.ts'
import { customer } from '../fields.ts'
import { CustomersEmpty } from './CustomersEmpty.tsx'
import { recordHref } from './inList.ts'
import { ListActions } from './ListActions.tsx'
import { type Customer, NextDue, useCustomerLead } from './look.tsx'
import { customerWords } from './messages.ts'

const path = '/customers'
const columns = ['stage', 'owner_id', 'tags', 'last_contact_at', 'next_due_on']
const only = (leaf: Leaf): Condition => ({ all: [leaf] })
const views = {
  mine: only({ field: 'owner_id', is: 'in', value: ['me'] }),
  quiet: only({ field: 'last_contact_at', is: 'not_in_last_days', value: 30 }),
  noNext: only({ field: 'next_due_on', is: 'empty' }),
}

// The drawer and the form are not needed before somebody opens a row.
const CustomerDrawer = lazy(() =>
  import('./CustomerDrawer.tsx').then((module) => ({ default: module.CustomerDrawer })),
)
const NewCustomer = lazy(() =>
  import('./CustomerForm.tsx').then((module) => ({ default: module.NewCustomer })),
)

export const CustomerList = () => {
  const w = useMessages(customerWords)
  const lead = useCustomerLead()
  const { list, query, narrowed, clear, rest, setRest } = useListPage<Customer>(customer, {
    ...{ columns, tabs: useViews(), lead: lead.field },
  })
  const client = useQueryClient()
  const narrow = useNarrow()
  const { go } = useTravel()
  const hrefOf = (row: { id: string }) => recordHref(row.id, query)
  return (
    <>
      <RecordList
        {...list}
        label={w.customers}
        title={w.customers}
        find={w.find}
        lead={lead}
        cells={{ next_due_on: (row: Customer) => <NextDue day={row.next_due_on} /> }}
        aside={(row: Customer) => <Aside row={row} />}
        hrefOf={hrefOf}
        onOpen={(row) =>
          narrow ? go(hrefOf(row)) : setRest({ open: row.id }, rest.open !== undefined)
        }
        openId={rest.open}
        onPrefetch={(row) => prefetchRecord(client, `${path}/${row.id}`)}
        actions={<ListActions query={query} onNew={() => setRest({ new: '1' })} />}
        empty={
          <CustomersEmpty narrowed={narrowed} onClear={clear} onNew={() => setRest({ new: '1' })} />
        }
      />
      <Suspense>
        {rest.open && (
          <CustomerDrawer
            id={rest.open}
            seed={list.source.rows.find((row) => row.id === rest.open)}
            query={query}
            onOpen={(id) => setRest({ open: id }, true)}
            onClose={() => setRest({})}
          />
        )}
        {rest.new && <NewCustomer onClose={() => setRest({}, true)} />}
      </Suspense>
    </>
  )
}

const useViews = (): readonly Tab[] => {
  const w = useMessages(customerWords)
  return [
    { key: 'all', label: w.all },
    { key: 'mine', label: w.mine, filter: views.mine },
    { key: 'quiet', label: w.quiet, filter: views.quiet },
    { key: 'noNext', label: w.noNext, filter: views.noNext },
  ]
}

/** On a phone: when something is due, and when they last heard from us. */
const Aside = ({ row }: { row: Customer }) => {
  const clock = useClock()
  return (
    <>
      {row.next_due_on && (
        <span>
          <CalendarClock />
          <NextDue day={row.next_due_on} />
        </span>
      )}
      {row.last_contact_at && (
        <span>
          <MessageCircle />
          <time dateTime={row.last_contact_at}>{sayInstant(row.last_contact_at, clock)}</time>
        </span>
      )}
    </>
  )
}
