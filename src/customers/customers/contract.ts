import * as z from 'zod/mini'
import { endpoint } from '#platform/door/contract.ts'
import { crud, presented } from '#platform/lists/crud.ts'
import { soughtText } from '#platform/search/sought.ts'
import { customer } from './fields.ts'

export const customers = {
  ...crud(customer),
  search: endpoint({
    method: 'GET',
    path: '/search',
    permission: 'customers.view',
    summary: { zh: '快速查找客户', en: 'Find customers quickly' },
    input: z.strictObject({
      q: soughtText.check(z.minLength(1, 'required')),
    }),
    output: z.object({ items: z.array(presented(customer)) }),
  }),
}
