import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { username } from 'better-auth/plugins'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import { type Db, openPool } from '../database/database.ts'
import { AppError } from '../errors/error.ts'

export type SignedIn = { userId: string; by: 'session' | 'api_key' }
export type KeyRow = {
  id: string
  name: string | null
  start: string | null
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export type Accounts = ReturnType<typeof openAccounts>

/** Where the browser's session cookie is valid and whether it needs TLS follow from the public URL. */
export type AccountOptions = {
  url: string
  secret: string
  publicUrl: string
  onError: (error: Error) => void
}

/**
 * Sign-in by the library: sessions in cookies, API keys as bearer tokens, counted attempts in the
 * database so that two servers share them. It knows accounts; who a person is and may do is not its matter.
 */
export const openAccounts = ({ url, secret, publicUrl, onError }: AccountOptions) => {
  const pool = openPool({ connectionString: url, max: 4, options: '-c search_path=auth' }, onError)
  const auth = library(pool, secret, publicUrl)
  // The library calls a key wrong and a session lost when it cannot ask. Only its database can tell.
  const requireDatabase = () => pool.query('select 1')

  const call = (path: string, headers: Record<string, string>, body?: unknown) =>
    auth.handler(
      new Request(`${origin(publicUrl)}/api/auth${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body ?? {}),
      }),
    )

  return {
    /** Gives the session's cookies; refuses wrong credentials and too many attempts. */
    signIn: async (
      credentials: { username: string; password: string },
      from: { ip: string; userAgent: string },
    ) => {
      const answer = await call(
        '/sign-in/username',
        { [ipHeader]: from.ip, 'user-agent': from.userAgent },
        credentials,
      )
      if (answer.status === 429) throw new AppError('too_many', 'too_many_attempts')
      if (answer.ok) return answer.headers.getSetCookie()
      await requireDatabase()
      throw new AppError('unauthenticated', 'credentials_wrong')
    },

    /** Ends the session and gives the cookies that clear it. */
    signOut: async (headers: Headers, ip: string) => {
      const cookie = headers.get('cookie') ?? ''
      const answer = await call('/sign-out', { cookie, origin: origin(publicUrl), [ipHeader]: ip })
      return answer.headers.getSetCookie()
    },

    /** Whose request this is, by API key or by session. */
    identify: async (headers: Headers): Promise<SignedIn | undefined> => {
      const key = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
      if (key) {
        const checked = await auth.api.verifyApiKey({ body: { key } })
        if (checked.valid && checked.key) return { userId: checked.key.referenceId, by: 'api_key' }
        await requireDatabase()
        return undefined
      }
      if (!headers.get('cookie')) return undefined
      const session = await auth.api.getSession({ headers }).catch(async (error: Error) => {
        await requireDatabase()
        throw error
      })
      return session ? { userId: session.user.id, by: 'session' } : undefined
    },

    createKey: async (userId: string, name: string, days: number | undefined) => {
      const made = await auth.api.createApiKey({
        body: { userId, name, ...(days && { expiresIn: days * 86_400 }), rateLimitEnabled: false },
      })
      return { id: made.id, key: made.key }
    },

    close: () => pool.end(),
  }
}

/** Writes an account in the transaction of the person it belongs to; the hash is the library's. */
export const createAccount = async (
  db: Db,
  account: { userId: string; username: string; name: string; password: string; now: string },
) => {
  const { userId, now } = account
  const hash = await hashPassword(account.password)
  const login = account.username.toLowerCase()
  await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt", username, "displayUsername")
    values (${userId}, ${account.name}, ${`${userId}@account.invalid`}, false, ${now}, ${now}, ${login}, ${account.username})`.execute(
    db,
  )
  await sql`insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${userId}, ${userId}, 'credential', ${userId}, ${hash}, ${now}, ${now})`.execute(db)
}

/** Sets a new password and ends every session of the account. */
export const setPassword = async (db: Db, userId: string, password: string, now: string) => {
  await sql`update auth.account set password = ${await hashPassword(password)}, "updatedAt" = ${now}
    where "userId" = ${userId} and "providerId" = 'credential'`.execute(db)
  await endSessions(db, userId)
}

export const endSessions = async (db: Db, userId: string) => {
  await sql`delete from auth.session where "userId" = ${userId}`.execute(db)
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

const ipHeader = 'x-caller-ip'
const origin = (publicUrl: string) => (publicUrl === '' ? 'http://localhost' : publicUrl)

/** The library's options; a test shows that its own migration finds nothing to add to ours. */
export const library = (pool: pg.Pool, secret: string, publicUrl: string) =>
  betterAuth({
    appName: '知客',
    baseURL: origin(publicUrl),
    secret,
    database: {
      db: new Kysely<object>({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
    },
    telemetry: { enabled: false },
    // What it refuses is answered; what fails is said by the caller, in our words.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 8,
      maxPasswordLength: 200,
    },
    session: { expiresIn: 14 * 86_400, updateAge: 86_400 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/username': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'zhike',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ipHeader] },
    },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 40 }),
      // The library would count 10 requests a day and refuse the rest; our own limits apply instead.
      apiKey({ defaultPrefix: 'zk_', rateLimit: { enabled: false }, enableMetadata: false }),
    ],
  })
