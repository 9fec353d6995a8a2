import { asksForCode, passkeysOf } from '#platform/accounts/stored.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import { accountOf } from '../people/queries.ts'

export const list = async (ctx: Ctx) => {
  const account = await accountOf(ctx)
  return {
    code: await asksForCode(ctx.db, account),
    passkeys: await passkeysOf(ctx.db, account),
  }
}
