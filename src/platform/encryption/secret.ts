import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { secretName, setStanding } from './encryption.ts'

/** What a database knows of its encryption: by which secret, and of which kinds older values are done. */
type Kept = { secret: string; kinds: string[]; given_up?: string[] }

/**
 * Whether the secret is the one that this database is encrypted with; the first one ever is noted.
 * With another one nothing is encrypted, so that values of two secrets are never mixed unawares.
 */
export const knowSecret = async (ctx: Pick<Ctx, 'db'>): Promise<boolean> => {
  const first: Kept = { secret: secretName(), kinds: [] }
  await sql`insert into setting (key, value) values ('encryption', ${JSON.stringify(first)}::jsonb)
    on conflict (key) do nothing`.execute(ctx.db)
  const { secret, given_up: givenUp = [] } = await kept(ctx)
  const same = secret === secretName()
  setStanding({ foreign: !same, givenUp })
  return same
}

/**
 * Makes the secret that is set the one of this database. The former is given up for lost: what it
 * encrypted stays unread unless it comes back, and may be written over. Gives whether anything changed.
 */
export const takeSecret = async (ctx: Pick<Ctx, 'db'>): Promise<boolean> => {
  if (await knowSecret(ctx)) return false
  const { given_up = [], secret, ...rest } = await kept(ctx)
  const givenUp = [...given_up, secret].filter((name) => name !== secretName())
  const next: Kept = { ...rest, secret: secretName(), given_up: givenUp }
  await sql`update setting set value = ${JSON.stringify(next)}::jsonb
    where key = 'encryption'`.execute(ctx.db)
  return knowSecret(ctx)
}

/** Those of these kinds of fields whose older values may still lie there as they are. */
export const kindsLeft = async (ctx: Pick<Ctx, 'db'>, kinds: readonly string[]) => {
  const { kinds: done } = await kept(ctx)
  return kinds.filter((kind) => !done.includes(kind))
}

/** Notes that all older values of these kinds are encrypted. */
export const keepDone = async (ctx: Pick<Ctx, 'db'>, kinds: readonly string[]) => {
  await sql`update setting set value = jsonb_set(value, '{kinds}', ${JSON.stringify(kinds)}::jsonb)
    where key = 'encryption'`.execute(ctx.db)
}

const kept = async ({ db }: Pick<Ctx, 'db'>): Promise<Kept> => {
  const { rows } = await sql<{ value: Kept }>`
    select value from setting where key = 'encryption'`.execute(db)
  return rows[0]?.value ?? { secret: '', kinds: [] }
}
