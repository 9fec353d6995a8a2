import { nameOf, useClock, useDirectory } from '#ui/directory.tsx'
import { FieldValue } from '#ui/FieldValue.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Parts } from '#ui/Parts.tsx'
import { RecordCard } from '#ui/RecordCard.tsx'
import { sayInstant } from '#ui/time.ts'
import { customer } from '../fields.ts'
import { Completeness } from './Completeness.tsx'
import { useCustomerGroups } from './CustomerForm.tsx'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'
import { useDoubts } from './useDoubts.ts'
import { Ways } from './Ways.tsx'

// Shown by the head, by the ways to reach them or under what to mind.
const elsewhere = [
  'name',
  'kind',
  'stage',
  'owner_id',
  'tags',
  'phones',
  'email',
  'wechat',
  'region',
  'address',
  'website',
  'preferences',
]

/** The card that would be printed: how to reach them, what is missing, all that is known. */
export const CustomerCard = (props: { record: Customer; onEdit?: (() => void) | undefined }) => {
  const { record } = props
  const groups = useCustomerGroups()
  const doubts = useDoubts(record)
  return (
    <div className="customer-card">
      {record.tags?.length > 0 && <FieldValue field={customer.fields.tags} value={record.tags} />}
      <Ways {...props} />
      <Completeness {...props} />
      <RecordCard
        entity={customer}
        record={record}
        groups={groups}
        without={elsewhere}
        doubts={doubts}
        edits
      />
      <Origin record={record} />
    </div>
  )
}

const Origin = ({ record }: { record: Customer }) => {
  const w = useMessages(pageWords)
  const clock = useClock()
  const { people } = useDirectory()
  const who = (id: number | null) => (id === null ? undefined : nameOf(people, id)) ?? w.somebody
  const made = w.made(sayInstant(record.created_at, clock), who(record.created_by))
  const changed = w.changed(sayInstant(record.updated_at, clock), who(record.updated_by))
  return <Parts className="origin quiet" of={record.version > 1 ? [made, changed] : [made]} />
}
