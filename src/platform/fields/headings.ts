import { fold } from '../search/fold.ts'
import type { Field, Fields, Label, Locale } from './field.ts'
import { systemFields } from './system.ts'

/** The label and the API name: what an added field is called where another bears its label. */
export const longHeading = (name: string, { label }: Pick<Field, 'label'>, locale: Locale) =>
  `${label[locale]} ${name}`

/** The titles of columns, no two alike: the later of two that bear one label has its API name behind it. */
export const headingsApart = (
  columns: readonly (readonly [name: string, field: Field])[],
  locale: Locale,
): string[] => {
  const holders = new Map<string, string>()
  // Fixed fields keep their plain titles, wherever they stand.
  const inTurn = columns.toSorted(([, a], [, b]) => Number(a.custom ?? 0) - Number(b.custom ?? 0))
  for (const [name, { label }] of inTurn) {
    const key = fold(label[locale])
    if (!holders.has(key)) holders.set(key, name)
  }
  return columns.map(([name, field]) =>
    holders.get(fold(field.label[locale])) === name
      ? field.label[locale]
      : longHeading(name, field, locale),
  )
}

/** The name of the field that is called like this already, compared as people read. */
export const sameLabel = (label: Label, fields: Fields, except: string): string | undefined => {
  const wanted = { zh: fold(label.zh), en: fold(label.en || label.zh) }
  const known = Object.entries<Field>({ ...systemFields, ...fields })
  return known.find(
    ([name, other]) =>
      name !== except && (fold(other.label.zh) === wanted.zh || fold(other.label.en) === wanted.en),
  )?.[0]
}
