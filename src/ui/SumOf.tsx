import { formatMoney } from '#platform/china/money.ts'
import { type Field, fieldNamed, type Locale } from '#platform/fields/field.ts'
import { summable } from '#platform/lists/groupable.ts'
import type { Measure } from '#platform/lists/groupSource.ts'
import type { ListView } from '#platform/views/listView.ts'
import { usePlainFields } from './directory.tsx'
import { useLocale } from './locale.tsx'
import { sayNumber } from './numbers.ts'

/** The figure of the groups, as far as its reader may know the number; an address may ask for more. */
export const useMeasure = ({ entity, sum, figure }: ListView): Measure & { added?: Field } => {
  const fields = usePlainFields(entity.name, entity.fields)
  const added = fieldNamed(fields, sum)
  return added && summable(added) ? { sum, figure, added } : {}
}

/** What a group's numbers add up to, in the words of their field. */
export const SumOf = ({ view, value }: { view: ListView; value: number }) => {
  const locale = useLocale()
  const field = fieldNamed(view.entity.fields, view.sum)
  return <span className="figure quiet">{sayAmount(field, value, locale)}</span>
}

export const sayAmount = (field: Field | undefined, value: number, locale: Locale) =>
  field?.kind === 'money' ? formatMoney(value) : sayNumber(value, locale)
