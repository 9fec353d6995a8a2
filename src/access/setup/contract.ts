import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { line } from '#platform/fields/kinds.ts'
import { password, username } from '../people/contract.ts'

const label = z.object({ zh: z.string(), en: z.string() })
const name = line(60).check(z.minLength(1, 'required'))

export const setup = {
  needed: endpoint({
    method: 'GET',
    path: '/setup',
    permission: 'public',
    summary: { zh: '是否需要初始设置', en: 'Whether set-up is needed' },
    input: nothing,
    output: z.object({
      needed: z.boolean(),
      templates: z.array(z.object({ key: z.string(), label })),
    }),
  }),
  run: endpoint({
    method: 'POST',
    path: '/setup',
    permission: 'public',
    summary: { zh: '初始设置', en: 'Set up' },
    input: z.strictObject({
      code: z.string().check(z.trim(), z.maxLength(40, 'too_long')),
      organisation: name,
      name,
      username,
      password,
      template: z.enum(['general', 'auto-dealer'], 'not_a_choice'),
      demo: z.boolean(),
    }),
    output: done,
    request: true,
  }),
}
