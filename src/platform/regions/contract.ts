import * as z from 'zod/mini'
import { endpoint, nothing } from '../door/contract.ts'

export const regionsContract = {
  list: endpoint({
    method: 'GET',
    path: '/regions',
    permission: 'signed_in',
    summary: { zh: '行政区划（GB/T 2260）', en: 'Regions (GB/T 2260)' },
    input: nothing,
    output: z.object({ items: z.array(z.tuple([z.string(), z.string(), z.string()])) }),
  }),
}
