import { accounts } from '#platform/accounts/current.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import { type Caller, type InputOf, Reply } from '#platform/door/contract.ts'
import type { sessions } from './contract.ts'

/** Opens a session; the library counts wrong attempts and refuses too many. */
export const signIn = async (_ctx: Ctx, input: InputOf<typeof sessions.signIn>) =>
  withCookies(await accounts().signIn(input, from(input.caller)))

export const signOut = async (_ctx: Ctx, input: InputOf<typeof sessions.signOut>) =>
  withCookies(await accounts().signOut(input.caller.headers))

const withCookies = (cookies: string[]) =>
  new Reply({ ok: true as const }, { 'set-cookie': cookies })

const from = (caller: Caller) => ({
  ip: caller.ip,
  userAgent: caller.headers.get('user-agent') ?? '',
})
