import { Phone } from 'lucide-react'
import { maskPhone } from '#platform/china/phone.ts'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import type { Presented } from '#platform/records/present.ts'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import type { Tab } from '#ui/RecordList.tsx'
import { KindList } from '../../kinds/web/KindList.tsx'
import { contact } from '../fields.ts'
import { contactListWords } from './listMessages.ts'
import './contactList.css'

type Contact = Presented<typeof contact> & { customer_name?: string | undefined }

const columns = ['customer_id', 'decision_role', 'phones', 'email', 'updated_at']
const only = (leaf: Leaf): Condition => ({ all: [leaf] })

/** The people at all customers. */
export const ContactList = () => {
  const narrow = useNarrow()
  const line = (row: Contact) => [narrow && row.customer_name, row.position].map(orNothing)
  const call = (row: Contact) => <Calling row={row} />
  return (
    <KindList
      entity={contact}
      look={{
        ...{ columns, tabs: useTabs(), words: useMessages(contactListWords) },
        ...{ lead: { line }, cells: { phones: call }, aside: call },
      }}
    />
  )
}

const orNothing = (part: string | null | undefined | false) => part || undefined

const useTabs = (): readonly Tab[] => {
  const w = useMessages(contactListWords)
  return [
    { key: 'all', label: w.all },
    {
      key: 'deciders',
      label: w.deciders,
      filter: only({ field: 'decision_role', is: 'in', value: ['decider'] }),
    },
    {
      key: 'fresh',
      label: w.fresh,
      filter: only({ field: 'created_at', is: 'in_last_days', value: 7 }),
    },
    { key: 'noPhone', label: w.noPhone, filter: only({ field: 'phones', is: 'empty' }) },
  ]
}

/** The first number covered as lists have it, and a press calls it. */
const Calling = ({ row }: { row: Contact }) => {
  const w = useMessages(contactListWords)
  const phone = row.phones?.[0]
  if (!phone) return null
  if (phone.includes('*')) return <span className="figure">{phone}</span>
  return (
    <a className="call" href={`tel:${phone}`} aria-label={w.callTo(row.name)}>
      <Phone />
      <span className="figure">{maskPhone(phone)}</span>
    </a>
  )
}
