import { accounts } from '#platform/accounts/current.ts'
import { removeKey } from '#platform/accounts/stored.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { missing } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { requireSession } from '../factors/commands.ts'
import { accountOf } from '../people/queries.ts'
import type { apiKeys } from './contract.ts'

/** Made only by somebody signed in: a key that leaked could else make others that outlive it. */
export const create = async (ctx: Ctx, { caller, ...input }: InputOf<typeof apiKeys.create>) => {
  await requireSession(caller.headers)
  return make(ctx, input)
}

type Wanted = { name: string; expires_in_days?: number | undefined }

/** A key acts as the person who made it and can do what that person can, no more. */
export const make = async (ctx: Ctx, input: Wanted) => {
  const made = await accounts().createKey(await accountOf(ctx), input.name, input.expires_in_days)
  await record(ctx, 'created', { name: input.name, key: made.id })
  return made
}

export const remove = async (ctx: Ctx, input: InputOf<typeof apiKeys.remove>) => {
  if (!(await removeKey(ctx.db, await accountOf(ctx), input.id))) throw missing()
  await record(ctx, 'deleted', { key: input.id })
  return { ok: true as const }
}

const record = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `api_key.${verb}`,
      customer_id: HOME,
      subject_kind: 'api_key',
      subject_id: HOME,
      payload,
    },
  ])
