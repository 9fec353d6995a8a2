import type { RecordOf } from '#platform/fields/entity.ts'
import { useList } from '#platform/lists/source.ts'
import type { contact } from '../fields.ts'
import { decisionRoles } from '../rules.ts'

export type Contact = RecordOf<typeof contact> & { can: { edit: boolean; delete: boolean } }

const contactsPath = (customerId: string) => `/customers/${customerId}/contacts`

// As many as one reads; a customer with more people is searched in the list of contacts.
const most = 100

/** The people at one customer, those who decide first; nobody changes place by being edited. */
export const useContacts = (customerId: string) => {
  const source = useList<Contact>(contactsPath(customerId), { sort: 'created_at' }, most)
  return { ...source, rows: [...source.rows].sort((a, b) => weight(a) - weight(b)) }
}

const weight = ({ decision_role }: Contact) => {
  const place = decisionRoles.findIndex(({ value }) => value === decision_role)
  return place < 0 ? decisionRoles.length : place
}
