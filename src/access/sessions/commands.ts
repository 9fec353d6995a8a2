import { accounts } from '#platform/accounts/current.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import { type Caller, type InputOf, Reply } from '#platform/door/contract.ts'
import { AppError } from '#platform/errors/error.ts'
import { inService } from '../people/queries.ts'
import type { sessions } from './contract.ts'

/**
 * Opens a session; the library counts wrong attempts and refuses too many. Only who knows the
 * password hears that the account is out of service.
 */
export const signIn = async (ctx: Ctx, input: InputOf<typeof sessions.signIn>) => {
  const cookies = await accounts().signIn(input, from(input.caller))
  if (!(await inService(ctx, input.username))) throw new AppError('forbidden', 'person_inactive')
  return withCookies(cookies)
}

export const signOut = async (_ctx: Ctx, input: InputOf<typeof sessions.signOut>) =>
  withCookies(await accounts().signOut(input.caller.headers, input.caller.ip))

const withCookies = (cookies: string[]) =>
  new Reply({ ok: true as const }, { 'set-cookie': cookies })

const from = (caller: Caller) => ({
  ip: caller.ip,
  userAgent: caller.headers.get('user-agent') ?? '',
})
