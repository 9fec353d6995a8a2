import type { Entity } from '#platform/fields/entity.ts'
import { isWritten, type Locale } from '#platform/fields/field.ts'
import type { Importable } from '#platform/imports/ports.ts'

/** An empty table with the headings that an import recognises, as an address to save it from. */
export const templateOf = ({ entity, beside }: Importable, locale: Locale): string => {
  const own = headings(entity, locale)
  const others = beside
    ? headings(beside, locale).map((heading) =>
        locale === 'zh' ? `${beside.label.zh}${heading}` : `${beside.label.en} ${heading}`,
      )
    : []
  // The mark tells Excel that this is UTF-8.
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${[...own, ...others].join(',')}\r\n`)}`
}

const headings = ({ fields }: Entity, locale: Locale) =>
  Object.values(fields)
    .filter((field) => isWritten(field) && field.kind !== 'reference')
    .map((field) => field.label[locale])
