import * as z from 'zod/mini'
import { done, endpoint, nothing } from '#platform/door/contract.ts'
import { challenge, credential } from '../factors/contract.ts'
import { password } from '../people/contract.ts'

const secret = z.string().check(z.minLength(1, 'required'), z.maxLength(200, 'too_long'))
const told = z.optional(z.string().check(z.maxLength(4000, 'too_long')))
const personId = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, 'not_an_id')), z.transform(Number))
const entry = z.object({
  ok: z.literal(true),
  /** `code`: the password was right, the one-time code is awaited at POST /session/code. */
  next: z.enum(['home', 'code']),
})

export const sessions = {
  ways: endpoint({
    method: 'GET',
    path: '/session/ways',
    permission: 'public',
    summary: { zh: '可用的登录方式', en: 'Ways to sign in' },
    input: nothing,
    output: z.object({ provider: z.nullable(z.object({ name: z.string() })) }),
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    permission: 'public',
    summary: { zh: '登录', en: 'Sign in' },
    input: z.strictObject({
      username: z
        .string()
        .check(z.trim(), z.minLength(1, 'required'), z.maxLength(100, 'too_long')),
      password: secret,
      /** In place of one that an administrator gave. */
      new_password: z.optional(password),
    }),
    output: entry,
    request: true,
  }),
  enterCode: endpoint({
    method: 'POST',
    path: '/session/code',
    permission: 'public',
    summary: {
      zh: '登录第二步：动态码或备用码',
      en: 'Sign in, second step: one-time or backup code',
    },
    input: z.strictObject({
      code: z.string().check(z.trim(), z.minLength(6, 'code_wrong'), z.maxLength(20, 'code_wrong')),
    }),
    output: entry,
    request: true,
  }),
  offerPasskey: endpoint({
    method: 'POST',
    path: '/session/passkey/challenge',
    permission: 'public',
    summary: { zh: '通行密钥登录：取挑战', en: 'Sign in by passkey: challenge' },
    input: nothing,
    output: challenge,
    request: true,
  }),
  enterByPasskey: endpoint({
    method: 'POST',
    path: '/session/passkey',
    permission: 'public',
    summary: { zh: '通行密钥登录', en: 'Sign in by passkey' },
    input: z.strictObject({ response: credential }),
    output: entry,
    request: true,
  }),
  depart: endpoint({
    method: 'POST',
    path: '/session/provider',
    permission: 'public',
    summary: { zh: '单点登录：去往身份提供方', en: 'Single sign-on: go to the provider' },
    input: nothing,
    output: z.object({ url: z.string() }),
    request: true,
  }),
  arrive: endpoint({
    method: 'POST',
    path: '/session/provider/arrival',
    permission: 'public',
    summary: { zh: '单点登录：从身份提供方回来', en: 'Single sign-on: back from the provider' },
    input: z.strictObject({
      code: told,
      state: told,
      iss: told,
      error: told,
      error_description: told,
    }),
    output: entry,
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
  list: endpoint({
    method: 'GET',
    path: '/sessions',
    permission: 'signed_in',
    summary: { zh: '我的登录：列表', en: 'List: where I am signed in' },
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          device: z.string(),
          address: z.string(),
          created_at: z.string(),
          last_seen_at: z.string(),
          current: z.boolean(),
        }),
      ),
    }),
    request: true,
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/sessions/:id',
    permission: 'signed_in',
    summary: { zh: '我的登录：退出一处', en: 'Sign out of one place' },
    input: z.strictObject({ id: z.string().check(z.maxLength(100)) }),
    output: done,
  }),
  endAll: endpoint({
    method: 'DELETE',
    path: '/sessions',
    permission: 'signed_in',
    summary: { zh: '我的登录：全部退出，包括这里', en: 'Sign out everywhere, here too' },
    input: nothing,
    output: done,
  }),
  changePassword: endpoint({
    method: 'PUT',
    path: '/me/password',
    permission: 'signed_in',
    summary: {
      zh: '我：修改密码，其他登录随之退出',
      en: 'Me: change the password; other sessions end',
    },
    input: z.strictObject({ current: z.string().check(z.maxLength(200)), next: password }),
    output: done,
    request: true,
  }),
  locks: endpoint({
    method: 'GET',
    path: '/sign-in-locks',
    permission: 'people.manage',
    summary: { zh: '被锁定的账号：列表', en: 'List: locked accounts' },
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({ id: z.number(), name: z.string(), username: z.string(), until: z.string() }),
      ),
    }),
  }),
  unlock: endpoint({
    method: 'DELETE',
    path: '/people/:id/lock',
    permission: 'people.manage',
    summary: { zh: '人员：解除锁定', en: 'Person: lift the lock' },
    input: z.strictObject({ id: personId }),
    output: done,
  }),
}
