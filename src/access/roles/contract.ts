import * as z from 'zod/mini'
import { endpoint, nothing } from '#platform/door/contract.ts'
import { roleKeys, scopes } from './rules.ts'

const label = z.object({ zh: z.string(), en: z.string() })

export const rolesContract = {
  list: endpoint({
    method: 'GET',
    path: '/roles',
    permission: 'signed_in',
    summary: { zh: '角色：列表', en: 'List: roles' },
    input: nothing,
    output: z.object({
      items: z.array(z.object({ key: z.enum(roleKeys), label, default_scope: z.enum(scopes) })),
    }),
  }),
}
