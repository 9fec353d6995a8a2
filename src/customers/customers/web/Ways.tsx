import { useDirectory } from '#ui/directory.tsx'
import { useMessages } from '#ui/locale.tsx'
import { ReachField } from '#ui/ReachField.tsx'
import { regionPath } from '#ui/regionNames.ts'
import { customer } from '../fields.ts'
import type { Customer } from './look.tsx'
import { pageWords } from './pageMessages.ts'

/** Every way to reach a customer, the usual one first. */
export const Ways = ({
  record,
  onEdit,
}: {
  record: Customer
  onEdit?: (() => void) | undefined
}) => {
  const w = useMessages(pageWords)
  const { regionOf } = useDirectory()
  const { phones = [], email, wechat, website, region, address } = record
  const where = region ? regionPath(regionOf, region).join(' ') : ''
  const nothing = phones.length === 0 && !email && !wechat && !website && !address && where === ''
  return (
    <section className="ways" aria-label={w.reach}>
      <ReachField entity={customer} record={record} name="phones" way="phone" />
      <ReachField entity={customer} record={record} name="wechat" way="wechat" />
      <ReachField entity={customer} record={record} name="email" way="email" />
      <ReachField entity={customer} record={record} name="website" way="link" />
      <ReachField
        entity={customer}
        record={record}
        name="address"
        way="place"
        what={w.address}
        before={where}
      />
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
