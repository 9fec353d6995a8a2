import { reads } from '#platform/lists/standard.ts'
import { contact } from './fields.ts'

export const { list, count, get } = reads(contact)
export const within = list
