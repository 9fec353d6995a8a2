import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'

const key = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  start: z.nullable(z.string()),
  created_at: z.string(),
  expires_at: z.nullable(z.string()),
  last_used_at: z.nullable(z.string()),
})

export const apiKeys = {
  list: endpoint({
    method: 'GET',
    path: '/api-keys',
    permission: 'api_keys.own',
    summary: { zh: '我的 API 密钥：列表', en: 'List: my API keys' },
    input: nothing,
    output: z.object({ items: z.array(key) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api-keys',
    permission: 'api_keys.own',
    summary: { zh: '我的 API 密钥：新建，明文只显示一次', en: 'Create: API key, shown once' },
    input: z.strictObject({
      name: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(30, 'too_long')),
      expires_in_days: z.optional(
        z
          .number()
          .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(365, 'too_large')),
      ),
    }),
    output: z.object({ id: z.string(), key: z.string() }),
    request: true,
    status: 201,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api-keys/:id',
    permission: 'api_keys.own',
    summary: { zh: '我的 API 密钥：作废', en: 'Revoke: API key' },
    input: z.strictObject({ id: z.string().check(z.maxLength(100)) }),
    output: done,
  }),
}
