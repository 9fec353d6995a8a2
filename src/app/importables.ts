import { contact } from '#customers/contacts/fields.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Importable } from '#platform/imports/ports.ts'

/**
 * What tables may bring in: every kind of record. A row of customers may bring a contact along; rows of
 * all other kinds name their customer. The server and the pages of imports both go by it.
 */
export const importablesOf = (kinds: readonly Entity[]): readonly Importable[] => {
  const below = kinds.find(({ root }) => root)
  return kinds.map((entity) =>
    entity.root ? { entity, beside: contact } : { entity, ...(below && { below }) },
  )
}
