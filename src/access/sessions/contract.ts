import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'

export const sessions = {
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    permission: 'public',
    summary: { zh: '登录', en: 'Sign in' },
    input: z.strictObject({
      username: z
        .string()
        .check(z.trim(), z.minLength(1, 'required'), z.maxLength(100, 'too_long')),
      password: z.string().check(z.minLength(1, 'required'), z.maxLength(200, 'too_long')),
    }),
    output: done,
    request: true,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/session',
    permission: 'signed_in',
    summary: { zh: '退出', en: 'Sign out' },
    input: nothing,
    output: done,
    request: true,
  }),
}
