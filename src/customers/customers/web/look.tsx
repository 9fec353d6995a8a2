import { maskPhone } from '#platform/china/phone.ts'
import type { RecordOf } from '#platform/fields/entity.ts'
import { useDirectory } from '#ui/directory.tsx'
import { firmInitialOf, initialOf } from '#ui/initials.ts'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import type { Lead } from '#ui/recordColumns.ts'
import { regionShort } from '#ui/regionNames.ts'
import { fullDay, sayDue } from '#ui/time.ts'
import type { customer } from '../fields.ts'
import { customerKinds } from '../rules.ts'
import { customerWords } from './messages.ts'

export type Customer = RecordOf<typeof customer> & {
  can: { edit: boolean; delete: boolean; transfer: boolean }
  warnings: readonly {
    path: string
    reason: string
    values?: Record<string, string | number> | undefined
  }[]
}

export const glyphOf = ({ kind, name }: Pick<Customer, 'kind' | 'name'>) =>
  kind === 'organisation' ? firmInitialOf(name) : initialOf(name)

/** How a customer is told from its namesakes: kind, place, and a phone with its middle covered. */
export const useCustomerLine = () => {
  const label = useLabel()
  const { regionOf } = useDirectory()
  return (row: Customer) => {
    const kind = customerKinds.find((each) => each.value === row.kind)
    const phone = row.phones?.[0]
    return [
      kind && label(kind.label),
      row.region && regionShort(regionOf, row.region),
      phone && maskPhone(phone),
    ]
  }
}

export const useCustomerLead = (): Lead<Customer> => ({
  field: 'name',
  name: (row) => row.name,
  line: useCustomerLine(),
  glyph: glyphOf,
})

/** When the next step is due: late in cinnabar, today in amber, none in quiet words. */
export const NextDue = ({ day, spoken = false }: { day: string | null; spoken?: boolean }) => {
  const locale = useLocale()
  const { today } = useDirectory()
  const w = useMessages(customerWords)
  if (!day) return <span className={spoken ? 'quiet' : 'none'}>{spoken ? w.noNext : '—'}</span>
  const tone = day < today ? 'late' : day === today ? 'soon' : undefined
  return (
    <time className={tone} dateTime={day} title={fullDay(day, locale)}>
      {sayDue(day, today, locale)}
    </time>
  )
}
