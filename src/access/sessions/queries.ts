import { accounts } from '#platform/accounts/current.ts'
import { codeLocks, sessionsOf } from '#platform/accounts/stored.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { accountOf } from '../people/queries.ts'
import type { sessions } from './contract.ts'

export const ways = async () => ({ provider: accounts().provider })

/** Where the person is signed in, the latest used first. */
export const list = async (ctx: Ctx, { caller }: InputOf<typeof sessions.list>) => {
  const own = await sessionsOf(ctx.db, await accountOf(ctx), ctx.now)
  const here = await accounts().identify(caller.headers)
  return { items: own.map((each) => ({ ...each, current: each.id === here?.session })) }
}

/** Whose sign-in is locked after too many wrong passwords or codes, and until when. */
export const locks = async (ctx: Ctx) => {
  const people = await ctx.db
    .selectFrom('person')
    .select(['id', 'name', 'username', 'auth_user_id'])
    .orderBy('id')
    .execute()
  const byPassword = await accounts().guesses.locks(
    people.map(({ username }) => username),
    ctx.now,
  )
  const byCode = await codeLocks(ctx.db, ctx.now)
  return {
    items: people.flatMap(({ auth_user_id, ...person }) => {
      const ends = [byPassword.get(person.username)?.until, byCode.get(auth_user_id ?? '')]
      const until = ends.flatMap((end) => end ?? []).toSorted()
      return until.length > 0 ? [{ ...person, until: until[until.length - 1] ?? '' }] : []
    }),
  }
}
