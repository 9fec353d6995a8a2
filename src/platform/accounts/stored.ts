import { randomBytes } from 'node:crypto'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { deviceOf } from './device.ts'
import { inwardEmail, providerId } from './provider.ts'

type KeyRow = {
  id: string
  name: string | null
  start: string | null
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}
type SessionRow = {
  id: string
  device: string
  address: string
  created_at: string
  last_seen_at: string
}
type PasskeyRow = { id: string; name: string; created_at: string }

/** Writes an account in the transaction of the person it belongs to; the hash is the library's. */
export const createAccount = async (
  db: Db,
  account: { userId: string; username: string; name: string; password: string; now: string },
) => {
  const { userId, now } = account
  const hash = await hashPassword(account.password)
  const login = account.username.toLowerCase()
  await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt", username, "displayUsername")
    values (${userId}, ${account.name}, ${inwardEmail(userId)}, false, ${now}, ${now}, ${login}, ${account.username})`.execute(
    db,
  )
  await sql`insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${userId}, ${userId}, 'credential', ${userId}, ${hash}, ${now}, ${now})`.execute(db)
}

/** A password that nobody knows, for accounts that come in by another way. */
export const unknownPassword = () => randomBytes(32).toString('base64url')

/** Sets a new password and ends every session of the account but the one that is kept. */
export const setPassword = async (
  db: Db,
  userId: string,
  password: string,
  now: string,
  keep?: string,
) => {
  await sql`update auth.account set password = ${await hashPassword(password)}, "updatedAt" = ${now}
    where "userId" = ${userId} and "providerId" = 'credential'`.execute(db)
  await endSessions(db, userId, keep)
}

export const endSessions = async (db: Db, userId: string, keep = '') => {
  await sql`delete from auth.session where "userId" = ${userId} and id <> ${keep}`.execute(db)
}

export const endSession = async (db: Db, userId: string, id: string) => {
  const { numAffectedRows } = await sql`delete from auth.session
    where id = ${id} and "userId" = ${userId}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export const sessionsOf = async (db: Db, userId: string, now: string): Promise<SessionRow[]> => {
  const { rows } = await sql<Omit<SessionRow, 'device'> & { agent: string }>`
    select id, coalesce("userAgent", '') as agent, coalesce("ipAddress", '') as address, "createdAt" as created_at,
      coalesce("lastSeenAt", "createdAt") as last_seen_at
    from auth.session where "userId" = ${userId} and "expiresAt" > ${now} order by 5 desc, id`.execute(
    db,
  )
  return rows.map(({ agent, ...row }) => ({ ...row, device: deviceOf(agent) }))
}

export const passwordIsRight = async (db: Db, userId: string, password: string) => {
  const { rows } = await sql<{ password: string }>`select password from auth.account
    where "userId" = ${userId} and "providerId" = 'credential'`.execute(db)
  const hash = rows[0]?.password
  return hash !== undefined && (await verifyPassword({ hash, password }))
}

export const keysOf = async (db: Db, userId: string): Promise<KeyRow[]> => {
  const { rows } =
    await sql<KeyRow>`select id, name, start, "createdAt" as created_at, "expiresAt" as expires_at,
      "lastRequest" as last_used_at from auth.apikey where "referenceId" = ${userId} order by "createdAt"`.execute(
      db,
    )
  return rows
}

export const removeKey = async (db: Db, userId: string, id: string) => {
  const { numAffectedRows } = await sql`delete from auth.apikey
    where id = ${id} and "referenceId" = ${userId}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Ends every key of the account: what was made under a password that is no longer trusted. */
export const removeKeys = async (db: Db, userId: string) => {
  await sql`delete from auth.apikey where "referenceId" = ${userId}`.execute(db)
}

/** Whether sign-in asks for a one-time code. */
export const asksForCode = async (db: Db, userId: string) => {
  const { rows } = await sql<{ on: boolean }>`select "twoFactorEnabled" is true as on
    from auth."user" where id = ${userId}`.execute(db)
  return rows[0]?.on === true
}

export const endCodes = async (db: Db, userId: string) => {
  await sql`delete from auth."twoFactor" where "userId" = ${userId}`.execute(db)
  await sql`update auth."user" set "twoFactorEnabled" = false where id = ${userId}`.execute(db)
}

export const passkeysOf = async (db: Db, userId: string): Promise<PasskeyRow[]> => {
  const { rows } =
    await sql<PasskeyRow>`select id, coalesce(name, '') as name, "createdAt" as created_at
    from auth.passkey where "userId" = ${userId} order by "createdAt", id`.execute(db)
  return rows
}

export const removePasskey = async (db: Db, userId: string, id: string) => {
  const { numAffectedRows } = await sql`delete from auth.passkey
    where id = ${id} and "userId" = ${userId}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export const endPasskeys = async (db: Db, userId: string) => {
  await sql`delete from auth.passkey where "userId" = ${userId}`.execute(db)
}

/** The accounts whose one-time codes were guessed wrong too often, with the end of the lock. */
export const codeLocks = async (db: Db, now: string): Promise<Map<string, string>> => {
  const { rows } = await sql<{ user_id: string; until: string }>`
    select "userId" as user_id, "lockedUntil" as until from auth."twoFactor" where "lockedUntil" > ${now}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.user_id, row.until]))
}

export const liftCodeLock = async (db: Db, userId: string) => {
  const { numAffectedRows } = await sql`update auth."twoFactor"
    set "lockedUntil" = null, "failedVerificationCount" = 0
    where "userId" = ${userId} and "lockedUntil" is not null`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** The account that the provider's subject was tied to when it first came in. */
export const accountOfSubject = async (db: Db, subject: string): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select "userId" as id from auth.account
    where "providerId" = ${providerId} and "accountId" = ${subject}`.execute(db)
  return rows[0]?.id
}
