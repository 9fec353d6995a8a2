import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useRecord } from '#platform/lists/source.ts'
import { Anchor } from '#ui/Anchor.tsx'
import { Failure } from '#ui/Failure.tsx'
import { useMessages } from '#ui/locale.tsx'
import { usePageTitle } from '#ui/pageTitle.ts'
import { SkeletonText } from '#ui/Skeleton.tsx'
import { EditCustomer } from './CustomerForm.tsx'
import { CustomerSheet } from './CustomerSheet.tsx'
import type { Customer } from './look.tsx'
import { customerWords } from './messages.ts'

export const CustomerPage = () => {
  const w = useMessages(customerWords)
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { record, failure, retry } = useRecord<Customer>(`/customers/${id}`)
  const [editing, setEditing] = useState(false)
  usePageTitle(record?.name)
  if (failure && !record) return <Failure failure={failure} onRetry={retry} />
  return (
    <div className="page">
      <header className="page-head">
        <Anchor className="icon-button" href="/customers" aria-label={w.back}>
          <ChevronLeft />
        </Anchor>
        <span className="page-gap" />
        {record?.can.edit && <Button onClick={() => setEditing(true)}>{w.edit}</Button>}
      </header>
      <div className="page-body">
        {record ? <CustomerSheet record={record} /> : <SkeletonText lines={8} />}
      </div>
      {editing && record && <EditCustomer record={record} onClose={() => setEditing(false)} />}
    </div>
  )
}
