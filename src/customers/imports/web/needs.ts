import { keyNames } from '#platform/fields/entity.ts'
import { type Field, isWritten, type Label } from '#platform/fields/field.ts'
import { customerPath } from '#platform/imports/customerField.ts'
import type { Importable } from '#platform/imports/ports.ts'
import { reasonHeadings } from '#platform/imports/words.ts'

/** The fields without which no record can be made, and that no column fills. */
export const unfilled = (
  { entity, below }: Importable,
  mapping: readonly (string | null)[],
): Label[] => [
  ...(below && !mapping.includes(customerPath) ? [below.label] : []),
  ...Object.entries<Field>(entity.fields)
    .filter(([name, field]) => {
      const needed = field.required && field.initial === undefined && isWritten(field)
      return needed && !mapping.includes(name)
    })
    .map(([, field]) => field.label),
]

/** The keys of the entity that a column fills, as something to recognise records by. */
export const keysIn = ({ entity }: Importable, mapping: readonly (string | null)[]) =>
  keyNames(entity).flatMap((name) => {
    const field = entity.fields[name]
    return field && mapping.includes(name) ? [{ name, label: field.label }] : []
  })

/** The headings of columns that nothing takes over, but for the reasons that a file of failed rows begins with. */
export const leftOut = (header: readonly string[], mapping: readonly (string | null)[]): string[] =>
  header.flatMap((heading, at) => {
    const title = heading.trim()
    const goes = (mapping[at] ?? null) !== null || reasonHeadings.includes(title)
    return goes || title === '' ? [] : [title]
  })
