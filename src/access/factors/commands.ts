import { sql } from 'kysely'
import { accounts } from '#platform/accounts/current.ts'
import type { Limits } from '#platform/accounts/guesses.ts'
import * as stored from '#platform/accounts/stored.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import { type InputOf, Reply } from '#platform/door/contract.ts'
import { AppError, badField, missing } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { requireNotBeyond } from '../people/commands.ts'
import { accountNamed, accountOf, find, organisation } from '../people/queries.ts'
import type { factors } from './contract.ts'
import { guessLimits } from './rules.ts'

/** A secret for the authenticator app; nothing changes until its first code comes. */
export const offerCodes = async (ctx: Ctx, input: InputOf<typeof factors.offerCodes>) => {
  await requireSession(input.caller.headers)
  const { account, username } = await requirePassword(ctx, 'password', input.password)
  if (await stored.asksForCode(ctx.db, account)) throw new AppError('conflict', 'codes_already_on')
  const offer = await accounts().offerCodes(input.password, input.caller)
  if (!offer) throw badField('password', 'password_wrong')
  const { secret, backupCodes: backup_codes } = offer
  const issuer = (await organisation(ctx)) || '知客'
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`
  return { secret, uri, backup_codes }
}

export const confirmCodes = async (ctx: Ctx, input: InputOf<typeof factors.confirmCodes>) => {
  await requireSession(input.caller.headers)
  if (await stored.asksForCode(ctx.db, await accountOf(ctx)))
    throw new AppError('conflict', 'codes_already_on')
  const cookies = await accounts().confirmCodes(input.code, input.caller)
  if (!cookies) throw badField('code', 'code_wrong')
  await tell(ctx, 'second_factor_added', { by: 'code' })
  return new Reply({ ok: true as const }, { 'set-cookie': cookies })
}

export const endCodes = async (ctx: Ctx, input: InputOf<typeof factors.endCodes>) => {
  const { account } = await requirePassword(ctx, 'password', input.password)
  await stored.endCodes(ctx.db, account)
  await tell(ctx, 'second_factor_removed', { by: 'code' })
  return { ok: true as const }
}

export const newBackupCodes = async (ctx: Ctx, input: InputOf<typeof factors.newBackupCodes>) => {
  await requireSession(input.caller.headers)
  const { account } = await requirePassword(ctx, 'password', input.password)
  if (!(await stored.asksForCode(ctx.db, account))) throw new AppError('conflict', 'codes_are_off')
  const backup_codes = await accounts().newBackupCodes(input.password, input.caller)
  if (!backup_codes) throw badField('password', 'password_wrong')
  await tell(ctx, 'backup_codes_renewed', {})
  return { backup_codes }
}

export const offerPasskey = async (ctx: Ctx, input: InputOf<typeof factors.offerPasskey>) => {
  await requireSession(input.caller.headers)
  const { username } = await requirePassword(ctx, 'password', input.password)
  const { options, cookies } = await accounts().passkeyChallenge('register', username, input.caller)
  return new Reply({ options }, { 'set-cookie': cookies })
}

export const addPasskey = async (ctx: Ctx, input: InputOf<typeof factors.addPasskey>) => {
  const { name, response, caller } = input
  await requireSession(caller.headers)
  const { id, cookies } = await accounts().registerPasskey(response, name, caller)
  await tell(ctx, 'second_factor_added', { by: 'passkey', name })
  return new Reply({ id }, { 'set-cookie': cookies })
}

export const removePasskey = async (ctx: Ctx, { id }: InputOf<typeof factors.removePasskey>) => {
  if (!(await stored.removePasskey(ctx.db, await accountOf(ctx), id))) throw missing()
  await tell(ctx, 'second_factor_removed', { by: 'passkey' })
  return { ok: true as const }
}

/** For a person whose phone is lost: what is left is the password. */
export const reset = async (ctx: Ctx, { id }: InputOf<typeof factors.reset>) => {
  await find(ctx, id)
  await requireNotBeyond(ctx, id)
  const account = await accountNamed(ctx, id)
  if (!account) return { ok: true as const }
  await stored.endCodes(ctx.db, account)
  await stored.endPasskeys(ctx.db, account)
  await stored.endSessions(ctx.db, account)
  await tell(ctx, 'second_factor_removed', { id, by: 'administrator' })
  return { ok: true as const }
}

/** The signed-in person shows the password again, for what a borrowed session must not do. */
export const requirePassword = async (ctx: Ctx, field: string, password: string) => {
  const account = await accountOf(ctx)
  const { id, username } = await find(ctx, ctx.actor.id ?? 0)
  const { guesses } = accounts()
  const limits = await limitsOf(ctx)
  await begin(ctx, username, limits)
  if (!(await stored.passwordIsRight(ctx.db, account, password))) {
    await guesses.missed(username, ctx.now, limits)
    throw badField(field, 'password_wrong')
  }
  await guesses.forget(username)
  return { id, username, account }
}

/** Counts a guess at this account before it is checked; refuses while the account is locked. */
export const begin = async (ctx: Ctx, username: string, limits: Limits) => {
  const guess = await accounts().guesses.begin(username, ctx.now, limits)
  if (guess.locked)
    throw new AppError('too_many', 'account_locked', { facts: { until: guess.until } })
}

/** How many wrong passwords lock an account, and for how long. */
export const limitsOf = async (ctx: Ctx): Promise<Limits> => {
  const { rows } = await sql<{ key: string; value: unknown }>`select key, value from setting
    where key in ('sign_in_attempts', 'sign_in_lock_minutes')`.execute(ctx.db)
  const given = (key: string, normal: number) => {
    const value = rows.find((row) => row.key === key)?.value
    return typeof value === 'number' && value >= 1 ? value : normal
  }
  return {
    attempts: given('sign_in_attempts', guessLimits.attempts),
    minutes: given('sign_in_lock_minutes', guessLimits.minutes),
  }
}

/** A program with an API key never gets to add a way to sign in. */
export const requireSession = async (headers: Headers) => {
  const known = await accounts().identify(headers)
  if (known?.by !== 'session') throw new AppError('forbidden', 'session_needed')
}

const tell = (ctx: Ctx, verb: string, payload: Record<string, unknown>) =>
  emit(ctx, [
    {
      kind: `person.${verb}`,
      customer_id: HOME,
      subject_kind: 'person',
      subject_id: HOME,
      payload: { id: ctx.actor.id, ...payload },
    },
  ])
