import { formatMoney } from '#platform/china/money.ts'
import type { Field, Locale } from '#platform/fields/field.ts'
import type { ListView } from '#platform/views/listView.ts'
import { useLocale } from './locale.tsx'
import { sayNumber } from './numbers.ts'

/** What a group's numbers add up to, in the words of their field. */
export const SumOf = ({ view, value }: { view: ListView; value: number }) => {
  const locale = useLocale()
  const field = view.sum === undefined ? undefined : view.entity.fields[view.sum]
  return <span className="figure quiet">{sayAmount(field, value, locale)}</span>
}

export const sayAmount = (field: Field | undefined, value: number, locale: Locale) =>
  field?.kind === 'money' ? formatMoney(value) : sayNumber(value, locale)
