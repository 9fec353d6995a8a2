import { useDirectory } from '#ui/directory.tsx'
import { useLabel, useMessages } from '#ui/locale.tsx'
import { Reach } from '#ui/Reach.tsx'
import { regionPath } from '#ui/regionNames.ts'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'

const { fields } = customer

/** Every way to reach a customer, the usual one first. */
export const Ways = ({
  record,
  onEdit,
}: {
  record: Customer
  onEdit?: (() => void) | undefined
}) => {
  const w = useMessages(pageWords)
  const label = useLabel()
  const { rightOf, regionOf } = useDirectory()
  const masked = (name: string) => rightOf('customer', name) === 'masked'
  const { phones = [], email, wechat, website, region, address } = record
  const place = [region && regionPath(regionOf, region).join(' '), address]
    .filter(Boolean)
    .join(' ')
  const nothing = phones.length === 0 && !email && !wechat && !website && place === ''
  return (
    <section className="ways" aria-label={w.reach}>
      {phones.map((phone) => (
        <Reach
          key={phone}
          way="phone"
          what={label(fields.phones.label)}
          value={phone}
          masked={masked('phones')}
        />
      ))}
      {wechat && (
        <Reach
          way="wechat"
          what={label(fields.wechat.label)}
          value={wechat}
          masked={masked('wechat')}
        />
      )}
      {email && (
        <Reach
          way="email"
          what={label(fields.email.label)}
          value={email}
          masked={masked('email')}
        />
      )}
      {website && <Reach way="link" what={label(fields.website.label)} value={website} />}
      {place !== '' && (
        <Reach way="place" what={w.address} value={place} masked={masked('address')} />
      )}
      {nothing && (
        <p className="quiet">
          {w.noReach}
          {onEdit && (
            <button type="button" className="link" onClick={onEdit}>
              {w.addReach}
            </button>
          )}
        </p>
      )}
    </section>
  )
}
