import { crud } from '#platform/lists/crud.ts'
import { customer } from './fields.ts'

export const customers = crud(customer)
