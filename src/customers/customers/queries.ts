import { reads } from '#platform/lists/standard.ts'
import { customer } from './fields.ts'

export const { list, count, get } = reads(customer)
