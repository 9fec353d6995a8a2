import { Button } from 'antd'
import { Phone } from 'lucide-react'
import { maskPhone } from '#platform/china/phone.ts'
import type { Condition, Leaf } from '#platform/conditions/condition.ts'
import { useListAddress } from '#platform/lists/listAddress.ts'
import { useCount } from '#platform/lists/source.ts'
import { useRows } from '#platform/lists/window.ts'
import type { Presented } from '#platform/records/present.ts'
import { useListView } from '#platform/views/listView.ts'
import { useTravel } from '#ui/Anchor.tsx'
import { useDirectory, usePlainFields } from '#ui/directory.tsx'
import { ExportMenu } from '#ui/ExportMenu.tsx'
import { useColumns, useListFields } from '#ui/fields.ts'
import { ListEmpty } from '#ui/ListEmpty.tsx'
import { useMessages } from '#ui/locale.tsx'
import { useNarrow } from '#ui/media.ts'
import { RecordList, type Tab } from '#ui/RecordList.tsx'
import { CustomerCell, customerColumn } from '../../customers/web/CustomerCell.tsx'
import { contact } from '../fields.ts'
import { contactListWords } from './listMessages.ts'
import './contactList.css'

type Contact = Presented<typeof contact> & { customer_name?: string }

const path = '/contacts'
const columns = ['customer_id', 'decision_role', 'phones', 'email', 'updated_at']
const only = (leaf: Leaf): Condition => ({ all: [leaf] })

/** The people at all customers. */
export const ContactList = () => {
  const w = useMessages(contactListWords)
  const { query, setQuery } = useListAddress()
  const filters = useListFields(contact)
  const { go } = useTravel()
  const narrow = useNarrow()
  const sorted = { ...query, sort: query.sort ?? contact.defaultSort }
  return (
    <RecordList
      label={w.contacts}
      title={w.contacts}
      count={useCount(path, query)}
      tabs={useTabs()}
      find={w.find}
      fields={{ ...filters, customer_id: customerColumn }}
      filters={usePlainFields(contact.name, filters)}
      columns={useColumns(contact, columns)}
      lead={{
        field: 'name',
        name: (row: Contact) => row.name,
        line: (row: Contact) => [narrow && row.customer_name, row.position].map(orNothing),
      }}
      cells={{
        customer_id: (row: Contact) => <CustomerCell row={row} />,
        phones: (row: Contact) => (row.phones[0] ? <Call row={row} phone={row.phones[0]} /> : null),
      }}
      aside={(row: Contact) => row.phones[0] && <Call row={row} phone={row.phones[0]} />}
      source={useRows<Contact>(path, sorted)}
      view={useListView(contact)}
      query={sorted}
      onQuery={setQuery}
      hrefOf={(row: Contact) => `/customers/${row.customer_id}`}
      actions={<ExportMenu entity={contact} query={sorted} />}
      empty={
        <ListEmpty
          words={w}
          narrowed={query.q !== undefined || query.filter !== undefined}
          onClear={() => setQuery({})}
          action={<Button onClick={() => go('/customers')}>{w.toCustomers}</Button>}
        />
      }
    />
  )
}

const orNothing = (part: string | null | undefined | false) => part || undefined

const useTabs = (): readonly Tab[] => {
  const w = useMessages(contactListWords)
  const { rightOf } = useDirectory()
  const masked = rightOf(contact.name, 'phones') === 'masked'
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
    ...(masked
      ? []
      : [{ key: 'noPhone', label: w.noPhone, filter: only({ field: 'phones', is: 'empty' }) }]),
  ]
}

/** The number covered as lists have it, and a press calls it. */
const Call = ({ row, phone }: { row: Contact; phone: string }) => {
  const w = useMessages(contactListWords)
  if (phone.includes('*')) return <span className="figure">{phone}</span>
  return (
    <a className="call" href={`tel:${phone}`} aria-label={w.callTo(row.name)}>
      <Phone />
      <span className="figure">{maskPhone(phone)}</span>
    </a>
  )
}
