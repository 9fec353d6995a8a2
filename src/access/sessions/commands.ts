import { randomInt } from 'node:crypto'
import type { Entry } from '#platform/accounts/accounts.ts'
import { accounts } from '#platform/accounts/current.ts'
import { deviceOf } from '#platform/accounts/device.ts'
import type { Limits } from '#platform/accounts/guesses.ts'
import type { Claims } from '#platform/accounts/provider.ts'
import {
  accountOfSubject,
  codeLocks,
  endSession,
  endSessions,
  liftCodeLock,
  passwordIsRight,
  unknownPassword,
} from '#platform/accounts/stored.ts'
import { type Ctx, HOME } from '#platform/database/ctx.ts'
import { type Caller, type InputOf, Refusal, Reply } from '#platform/door/contract.ts'
import { AppError, badField, missing } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { list as departments } from '../departments/queries.ts'
import { begin, limitsOf, requirePassword } from '../factors/commands.ts'
import * as people from '../people/commands.ts'
import { accountOf, find, personAt, personCalled, personOf } from '../people/queries.ts'
import type { BuiltIn } from '../roles/rules.ts'
import type { sessions } from './contract.ts'
import { usernameFrom } from './rules.ts'

type Person = NonNullable<Awaited<ReturnType<typeof personOf>>>

/**
 * Opens a session, or asks for the one-time code. Wrong passwords are counted by account; only who
 * knows the password hears that the account is out of service or that the password must be changed.
 */
export const signIn = async (ctx: Ctx, input: InputOf<typeof sessions.signIn>) => {
  const { username, caller } = input
  const { guesses } = accounts()
  const limits = await limitsOf(ctx)
  await begin(ctx, username, limits)
  const entry = await accounts()
    .signIn({ username, password: input.password }, caller)
    .catch(async (error: Error) => {
      await guesses.spare(username)
      throw error
    })
  if (!entry) return missed(ctx, username, limits, caller)
  try {
    const person = inService(await personCalled(ctx, username))
    await ownPassword(ctx, person, entry, input.new_password)
    if (!entry.userId) {
      // A right password alone must not clear the count, or the codes could be guessed in rounds.
      await guesses.spare(username)
      return reply(entry, 'code')
    }
    await guesses.forget(username)
    return await entered(ctx, person, entry, 'password', caller)
  } catch (error) {
    await guesses.spare(username)
    await accounts().signOut(caller, entry)
    throw error
  }
}

/** The second step of who has one-time codes. */
export const enterCode = async (ctx: Ctx, input: InputOf<typeof sessions.enterCode>) => {
  const { code, caller } = input
  const account = await accounts().awaited(caller.headers)
  const person = account === undefined ? undefined : await personOf(ctx, account)
  if (!account || !person) throw new AppError('unauthenticated', 'code_step_over')
  const entry = await accounts().enterCode(code, caller)
  if (entry?.userId) {
    await accounts().guesses.forget(person.username)
    return welcome(ctx, entry, `password_and_${entry.by}`, caller)
  }
  await tell(ctx, 'sign_in_failed', person.id, { ...placeOf(caller), by: 'code' })
  if ((await codeLocks(ctx.db, ctx.now)).has(account))
    await tell(ctx, 'locked', person.id, { by: 'code' })
  return new Refusal(badField('code', 'code_wrong'))
}

export const offerPasskey = async (
  _ctx: Ctx,
  { caller }: InputOf<typeof sessions.offerPasskey>,
) => {
  const { options, cookies } = await accounts().passkeyChallenge('authenticate', '', caller)
  return new Reply({ options }, { 'set-cookie': cookies })
}

export const enterByPasskey = async (
  ctx: Ctx,
  { response, caller }: InputOf<typeof sessions.enterByPasskey>,
) => {
  const entry = await accounts().enterByPasskey(response, caller)
  if (entry) return welcome(ctx, entry, 'passkey', caller)
  await tell(ctx, 'sign_in_failed', null, { ...placeOf(caller), by: 'passkey' })
  return new Refusal(new AppError('unauthenticated', 'passkey_failed'))
}

export const depart = async (_ctx: Ctx, { caller }: InputOf<typeof sessions.depart>) => {
  if (!accounts().provider) throw new AppError('not_found', 'no_such_endpoint')
  const { url, cookies } = await accounts().departToProvider(caller)
  return new Reply({ url }, { 'set-cookie': cookies })
}

export const arrive = async (ctx: Ctx, input: InputOf<typeof sessions.arrive>) => {
  const { caller, ...given } = input
  if (!accounts().provider) throw new AppError('not_found', 'no_such_endpoint')
  const entry = await accounts().arriveFromProvider(given, caller)
  if (entry) return welcome(ctx, entry, 'provider', caller)
  await tell(ctx, 'sign_in_failed', null, { ...placeOf(caller), by: 'provider' })
  return new Refusal(new AppError('forbidden', 'provider_person_unknown'))
}

/**
 * The account that an identity provider's claims belong to: the one they were tied to before, else by
 * verified e-mail, else by user name; with `role`, a person is made when there is none.
 */
export const accountFor = async (
  ctx: Ctx,
  claims: Claims,
  role: BuiltIn | undefined,
): Promise<string | undefined> => {
  const tied = await accountOfSubject(ctx.db, claims.subject)
  if (tied) return tied
  const known =
    (claims.email && (await personAt(ctx, claims.email))) ||
    (claims.username && (await personCalled(ctx, claims.username)))
  if (known) return (known.active && known.auth_user_id) || undefined
  if (!role) return undefined
  const [top] = (await departments(ctx)).items.filter(({ parent_id }) => parent_id === null)
  if (!top) return undefined
  const wanted = usernameFrom(claims)
  const taken = await personCalled(ctx, wanted)
  const username = taken ? `${wanted.slice(0, 34)}.${randomInt(10_000, 100_000)}` : wanted
  const made = await people.create(ctx, {
    username,
    name: (claims.name ?? username).slice(0, 60),
    password: unknownPassword(),
    email: claims.email ?? null,
    department_id: top.id,
    roles: [role],
  })
  return (await personCalled(ctx, made.username))?.auth_user_id ?? undefined
}

export const signOut = async (ctx: Ctx, { caller }: InputOf<typeof sessions.signOut>) => {
  const cookies = await accounts().signOut(caller)
  await tell(ctx, 'signed_out', ctx.actor.id, placeOf(caller))
  return new Reply({ ok: true as const }, { 'set-cookie': cookies })
}

export const end = async (ctx: Ctx, { id }: InputOf<typeof sessions.end>) => {
  if (!(await endSession(ctx.db, await accountOf(ctx), id))) throw missing()
  await tell(ctx, 'signed_out', ctx.actor.id, { elsewhere: true })
  return { ok: true as const }
}

export const endAll = async (ctx: Ctx) => {
  await endSessions(ctx.db, await accountOf(ctx))
  await tell(ctx, 'signed_out', ctx.actor.id, { everywhere: true })
  return { ok: true as const }
}

/** Asks for the current password; all other sessions end. */
export const changePassword = async (
  ctx: Ctx,
  { current, next, caller }: InputOf<typeof sessions.changePassword>,
) => {
  const { id, username, account } = await requirePassword(ctx, 'current', current)
  const keep = (await accounts().identify(caller.headers))?.session
  await people.choosePassword(ctx, 'next', {
    ...{ id, username, account, password: next },
    ...(keep && { keep }),
  })
  return { ok: true as const }
}

export const unlock = async (ctx: Ctx, { id }: InputOf<typeof sessions.unlock>) => {
  const { username } = await find(ctx, id)
  await people.requireNotBeyond(ctx, id)
  const account = (await personCalled(ctx, username))?.auth_user_id
  const byPassword = await accounts().guesses.forget(username)
  const byCode = account ? await liftCodeLock(ctx.db, account) : false
  if (byPassword || byCode) await tell(ctx, 'unlocked', id, {})
  return { ok: true as const }
}

const missed = async (ctx: Ctx, username: string, limits: Limits, caller: Caller) => {
  const locked = await accounts().guesses.missed(username, ctx.now, limits)
  // Who typed the password into the field for the name finds neither in the events.
  const id = (await personCalled(ctx, username))?.id ?? null
  await tell(ctx, 'sign_in_failed', id, { ...placeOf(caller), by: 'password' })
  if (locked) await tell(ctx, 'locked', id, { by: 'password', minutes: limits.minutes })
  return new Refusal(new AppError('unauthenticated', 'credentials_wrong'))
}

/** A password that an administrator gave opens nothing but its own replacement. */
const ownPassword = async (ctx: Ctx, person: Person, entry: Entry, next: string | undefined) => {
  const { id, username, auth_user_id: account } = person
  if (!person.password_given) {
    if (next !== undefined) throw badField('new_password', 'unknown_key')
    return
  }
  if (next === undefined) throw new AppError('forbidden', 'password_change_needed')
  if (!account) throw missing()
  if (await passwordIsRight(ctx.db, account, next)) throw badField('new_password', 'password_same')
  await people.choosePassword(ctx, 'new_password', {
    ...{ id, username, account, password: next },
    ...(entry.session && { keep: entry.session }),
  })
}

const welcome = async (ctx: Ctx, entry: Entry, by: string, caller: Caller) => {
  try {
    const person = inService(await personOf(ctx, entry.userId ?? ''))
    return await entered(ctx, person, entry, by, caller)
  } catch (error) {
    await accounts().signOut(caller, entry)
    throw error
  }
}

const inService = (person: Person | undefined) => {
  if (!person?.active) throw new AppError('forbidden', 'person_inactive')
  return person
}

const entered = async (ctx: Ctx, person: Person, entry: Entry, by: string, caller: Caller) => {
  await tell(ctx, 'signed_in', person.id, { ...placeOf(caller), by })
  return reply(entry, 'home')
}

const reply = ({ cookies }: Entry, next: 'home' | 'code') =>
  new Reply({ ok: true as const, next }, { 'set-cookie': cookies })

const placeOf = (caller: Caller) => ({
  address: caller.ip,
  device: deviceOf(caller.headers.get('user-agent') ?? ''),
})

const tell = (ctx: Ctx, verb: string, id: number | null, payload: Record<string, unknown>) =>
  emit({ ...ctx, actor: { ...ctx.actor, id: ctx.actor.id ?? id } }, [
    {
      kind: `person.${verb}`,
      customer_id: HOME,
      subject_kind: 'person',
      subject_id: HOME,
      payload: { id, ...payload },
    },
  ])
