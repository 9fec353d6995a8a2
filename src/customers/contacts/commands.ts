import { writes } from '#platform/lists/standard.ts'
import { contact } from './fields.ts'

export const { create, update, remove } = writes(contact)
