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
    summary: {
      zh: '快速查找客户，以及客户以下找到的记录',
      en: 'Find customers quickly, and records below them',
    },
    input: z.strictObject({
      q: soughtText.check(z.minLength(1, 'required')),
    }),
    output: z.object({
      items: z.array(presented(customer)),
      /** Below customers, by what they hold themselves; without a name where it is none or not to be seen. */
      records: z.array(
        z.object({
          entity: z.string(),
          id: z.string(),
          customer_id: z.string(),
          title: z.string(),
          customer_name: z.string(),
        }),
      ),
    }),
  }),
}
