import { keysOf } from '#platform/accounts/stored.ts'
import type { Ctx } from '#platform/database/ctx.ts'
import { accountOf } from '../people/queries.ts'

export const list = async (ctx: Ctx) => ({ items: await keysOf(ctx.db, await accountOf(ctx)) })
