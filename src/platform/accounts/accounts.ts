import { openPool, requestLimits } from '../database/database.ts'
import { AppError } from '../errors/error.ts'
import { openGuesses } from './guesses.ts'
import { ipHeader, type Library, library } from './library.ts'
import { arrivalPath, type Provider, providerId } from './provider.ts'

/** Who asks, from where and under which address of ours. */
export type Visit = { headers: Headers; ip: string; origin: string }
type SignedIn = { userId: string; by: 'session' | 'api_key'; session: string | undefined }
/** What a step of signing in gave: cookies to set, and whose session it opened, if it did. */
export type Entry = { cookies: string[]; userId?: string | undefined; session?: string | undefined }

export type Accounts = ReturnType<typeof openAccounts>

/** Where the browser's session cookie is valid and whether it needs TLS follow from the public URL. */
type AccountOptions = {
  url: string
  secret: string
  publicUrl: string
  provider?: Provider | undefined
  onError: (error: Error) => void
}

/**
 * Sign-in by the library: sessions in cookies, API keys as bearer tokens, one-time codes, passkeys and
 * an identity provider; counted in the database so that two servers share it. It knows accounts; who a
 * person is and may do is not its matter.
 */
export const openAccounts = (options: AccountOptions) => {
  const { url, secret, publicUrl, provider, onError } = options
  const config = { connectionString: url, max: 4, options: '-c search_path=auth' }
  const pool = openPool(config, onError, requestLimits)
  const home = publicUrl || 'http://localhost'
  const secure = publicUrl.startsWith('https:')
  const open = (origin: string, by?: Provider) => library(pool, { secret, origin, secure }, by)
  const auth = open(home)
  const at = byOrigin((origin) => open(origin))
  // Apart, as it asks the provider when it opens: a provider that is away stops nobody else.
  const abroad = byOrigin((origin) => open(origin, provider))
  const originOf = (visit: Visit) => publicUrl || visit.origin
  // The library calls a key wrong and a session lost when it cannot ask. Only its database can tell.
  const requireDatabase = () => pool.query('select 1')

  const send = async (visit: Visit, method: 'GET' | 'POST', path: string, more: Sent = {}) => {
    const origin = originOf(visit)
    const books = more.abroad ? abroad(origin) : at(origin)
    const cookie = more.cookie ?? visit.headers.get('cookie') ?? ''
    const answer = await books.handler(
      new Request(`${origin}/api/auth${path}`, {
        method,
        headers: {
          [ipHeader]: visit.ip,
          'user-agent': visit.headers.get('user-agent') ?? '',
          origin,
          ...(cookie && { cookie }),
          ...(method === 'POST' && { 'content-type': 'application/json' }),
        },
        ...(method === 'POST' && { body: JSON.stringify(more.body ?? {}) }),
      }),
    )
    if (answer.status === 429) throw new AppError('too_many', 'too_many_attempts')
    if (answer.status >= 400) await requireDatabase()
    // A redirect calls itself JSON and is empty.
    const body = JSON.parse((await answer.text()) || '{}') as Record<string, unknown>
    return { ok: answer.ok, headers: answer.headers, body }
  }

  const opened = async (headers: Headers): Promise<Entry> => {
    const cookies = headers.getSetCookie()
    const session = await auth.api.getSession({
      headers: new Headers({ cookie: asSent(cookies) }),
    })
    return { cookies, userId: session?.user.id, session: session?.session.id }
  }

  return {
    guesses: openGuesses(pool, secret),

    /** Under which name the sign-in page offers the identity provider. */
    provider: provider ? { name: provider.name } : null,

    /** undefined: wrong. An entry without `userId` still needs the one-time code. */
    signIn: async (
      credentials: { username: string; password: string },
      visit: Visit,
    ): Promise<Entry | undefined> => {
      const answer = await send(visit, 'POST', '/sign-in/username', {
        body: credentials,
        cookie: '',
      })
      return answer.ok ? opened(answer.headers) : undefined
    },

    /** Whose one-time code is awaited, by the cookie of the first step. */
    awaited: async (headers: Headers): Promise<string | undefined> => {
      const cookie = /(?:^|; ?)(?:__Secure-)?zhike\.two_factor=([^;]+)/.exec(
        headers.get('cookie') ?? '',
      )?.[1]
      if (!cookie) return undefined
      const identifier = decodeURIComponent(cookie).split('.')[0]
      const { rows } = await pool.query<{ value: string }>(
        'select value from verification where identifier = $1 and "expiresAt" > now()',
        [identifier],
      )
      return rows[0]?.value
    },

    /** The second step: a one-time code, or one of the codes kept for when the phone is lost. */
    enterCode: async (
      code: string,
      visit: Visit,
    ): Promise<(Entry & { by: 'code' | 'backup_code' }) | undefined> => {
      const plain = code.replace(/\s/g, '')
      const by = /^\d{6}$/.test(plain) ? 'code' : 'backup_code'
      const path = by === 'code' ? 'verify-totp' : 'verify-backup-code'
      const answer = await send(visit, 'POST', `/two-factor/${path}`, { body: { code: plain } })
      return answer.ok ? { ...(await opened(answer.headers)), by } : undefined
    },

    /** Ends the session and gives the cookies that clear it. */
    signOut: async (visit: Visit, entry?: Entry) => {
      const cookie = entry && { cookie: asSent(entry.cookies) }
      const answer = await send(visit, 'POST', '/sign-out', cookie)
      return answer.headers.getSetCookie()
    },

    /** Whose request this is, by API key or by session. */
    identify: async (headers: Headers): Promise<SignedIn | undefined> => {
      const key = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
      if (key) {
        const checked = await auth.api.verifyApiKey({ body: { key } })
        if (checked.valid && checked.key)
          return { userId: checked.key.referenceId, by: 'api_key', session: undefined }
        await requireDatabase()
        return undefined
      }
      if (!headers.get('cookie')) return undefined
      const known = await auth.api.getSession({ headers }).catch(async (error: Error) => {
        await requireDatabase()
        throw error
      })
      if (!known) return undefined
      const { id, lastSeenAt, createdAt } = known.session
      const seen = new Date(lastSeenAt ?? createdAt).getTime()
      if (Date.now() - seen > seenEvery)
        await pool.query('update session set "lastSeenAt" = now() where id = $1', [id])
      return { userId: known.user.id, by: 'session', session: id }
    },

    createKey: async (userId: string, name: string, days: number | undefined) => {
      const made = await auth.api.createApiKey({
        body: { userId, name, ...(days && { expiresIn: days * 86_400 }), rateLimitEnabled: false },
      })
      return { id: made.id, key: made.key }
    },

    /** A new secret for one-time codes (RFC 6238), waiting for its first code. */
    offerCodes: async (password: string, visit: Visit) => {
      const { ok, body } = await send(visit, 'POST', '/two-factor/enable', { body: { password } })
      if (!ok) return undefined
      const secret = new URL(String(body.totpURI)).searchParams.get('secret') ?? ''
      return { secret, backupCodes: body.backupCodes as string[] }
    },

    /** Turns the codes on with the first right one; the session is renewed, so its cookies change. */
    confirmCodes: async (code: string, visit: Visit) => {
      const answer = await send(visit, 'POST', '/two-factor/verify-totp', {
        body: { code: code.replace(/\s/g, '') },
      })
      return answer.ok ? answer.headers.getSetCookie() : undefined
    },

    newBackupCodes: async (password: string, visit: Visit) => {
      const path = '/two-factor/generate-backup-codes'
      const { ok, body } = await send(visit, 'POST', path, { body: { password } })
      return ok ? (body.backupCodes as string[]) : undefined
    },

    /** The options of `navigator.credentials.create` or `.get`, and the cookie that remembers the challenge. */
    passkeyChallenge: async (ceremony: 'register' | 'authenticate', name: string, visit: Visit) => {
      const query = ceremony === 'register' ? `?name=${encodeURIComponent(name)}` : ''
      const path = `/passkey/generate-${ceremony}-options${query}`
      const { ok, body, headers } = await send(visit, 'GET', path)
      if (!ok) throw new AppError('bad_input', 'passkey_failed')
      const options = {
        ...body,
        ...(ceremony === 'authenticate' && { userVerification: 'required' }),
      }
      return { options, cookies: headers.getSetCookie() }
    },

    registerPasskey: async (response: Record<string, unknown>, name: string, visit: Visit) => {
      const body = { response, name }
      const answer = await send(visit, 'POST', '/passkey/verify-registration', { body })
      if (!answer.ok) throw new AppError('bad_input', 'passkey_failed')
      return { id: String(answer.body.id), cookies: answer.headers.getSetCookie() }
    },

    enterByPasskey: async (response: Record<string, unknown>, visit: Visit) => {
      const answer = await send(visit, 'POST', '/passkey/verify-authentication', {
        body: { response },
      })
      return answer.ok ? opened(answer.headers) : undefined
    },

    /** The provider's address to send the browser to, and the cookie that ties its answer to this browser. */
    departToProvider: async (visit: Visit) => {
      const { ok, body, headers } = await send(visit, 'POST', '/sign-in/social', {
        body: { provider: providerId, callbackURL: '/', errorCallbackURL: arrivalPath },
        abroad: true,
      })
      if (!ok) throw new AppError('unavailable', 'provider_away')
      return { url: String(body.url), cookies: headers.getSetCookie() }
    },

    /** Finishes what the provider sent the browser back with; undefined: it knows the person, we do not. */
    arriveFromProvider: async (given: Record<string, string | undefined>, visit: Visit) => {
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
      const { headers } = await send(visit, 'GET', `/callback/${providerId}?${query}`, {
        abroad: true,
      })
      const to = headers.get('location') ?? ''
      const error = new URL(to, originOf(visit)).searchParams.get('error')
      if (error === 'signup_disabled') return undefined
      if (error) throw new AppError('bad_input', 'provider_refused', { facts: { error } })
      return opened(headers)
    },

    close: () => pool.end(),
  }
}

type Sent = { body?: unknown; cookie?: string; abroad?: boolean }

/** How stale "last seen" may be: a write on every request would cost more than it tells. */
const seenEvery = 5 * 60_000

/** Set-Cookie lines as the browser would send them back. */
const asSent = (cookies: readonly string[]) =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ')

/** One library for each address of ours; a caller can name any, so only the latest few are kept. */
const byOrigin = (open: (origin: string) => Library) => {
  const kept = new Map<string, Library>()
  return (origin: string) => {
    const books = kept.get(origin) ?? open(origin)
    kept.delete(origin)
    kept.set(origin, books)
    const oldest = kept.keys().next().value
    if (kept.size > 8 && oldest !== undefined) kept.delete(oldest)
    return books
  }
}
