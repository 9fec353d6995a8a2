import { crud, within } from '#platform/lists/crud.ts'
import { contact } from './fields.ts'

export const contacts = { ...crud(contact), within: within(contact) }
