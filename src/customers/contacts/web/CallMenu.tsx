import { Phone } from 'lucide-react'
import type { Customer } from '#customers/customers/slots.ts'
import { formatPhone } from '#platform/china/phone.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { Menu } from '#ui/Menu.tsx'
import { contactWords } from './messages.ts'
import { useContacts } from './useContacts.ts'

/** On a phone: call the customer, or choose among its people and numbers. */
export const CallMenu = ({ record }: { record: Customer }) => {
  const w = useMessages(contactWords)
  const { rightOf } = useDirectory()
  const { rows } = useContacts(record.id)
  const plain = (entity: string) => ['write', 'read'].includes(rightOf(entity, 'phones'))
  const numbers = [
    ...(plain('customer') ? (record.phones ?? []) : []).map((phone) => ({
      phone,
      name: record.name,
    })),
    ...(plain('contact') ? rows : []).flatMap(({ phones, name }) =>
      (phones ?? []).map((phone) => ({ phone, name })),
    ),
  ]
  const [only, second] = numbers
  const inside = (
    <>
      <Phone />
      <span>{w.call}</span>
    </>
  )
  if (!only)
    return (
      <button type="button" className="bar-item" disabled title={w.noNumber}>
        {inside}
      </button>
    )
  if (!second)
    return (
      <a className="bar-item" href={`tel:${only.phone}`}>
        {inside}
      </a>
    )
  return (
    <Menu
      label={w.callWhom}
      placement="topLeft"
      items={numbers.map(({ phone, name }, place) => ({
        key: `${place} ${phone}`,
        label: name,
        hint: <span className="figure">{formatPhone(phone)}</span>,
        run: () => window.location.assign(`tel:${phone}`),
      }))}
    >
      <button type="button" className="bar-item">
        {inside}
      </button>
    </Menu>
  )
}
