import { maskPhone } from '#platform/china/phone.ts'
import type { RecordOf } from '#platform/fields/entity.ts'
import { useDirectory } from '#ui/directory.tsx'
import { useLabel, useLocale, useMessages } from '#ui/locale.tsx'
import { initialOf, type Lead } from '#ui/recordColumns.ts'
import { regionShort } from '#ui/regionNames.ts'
import { fullDay, sayDue } from '#ui/time.ts'
import type { customer } from '../fields.ts'
import { customerKinds } from '../rules.ts'
import { customerWords } from './messages.ts'

export type Customer = RecordOf<typeof customer> & { can: { edit: boolean; delete: boolean } }

// A firm's name begins with its place so often that the place tells nothing.
const place =
  /^(中国|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|青岛|宁波|厦门|无锡|东莞|佛山|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)(省|市)?(?=\S{2})/

export const glyphOf = ({ kind, name }: Pick<Customer, 'kind' | 'name'>) =>
  initialOf(kind === 'organisation' ? name.replace(place, '') : name)

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
