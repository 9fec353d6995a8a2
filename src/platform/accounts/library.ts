import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { passwordBounds, usernameBounds } from '../settings/accountBounds.ts'
import { type Provider, providerId, providerOptions } from './provider.ts'

export type Library = ReturnType<typeof library>

/** The header by which we tell the library the caller's address; nobody outside can send it. */
export const ipHeader = 'x-caller-ip'

type Place = {
  secret: string
  /** The address that the browser shows: what passkeys are bound to. */
  origin: string
  secure: boolean
}

/** The library's options; a test shows that its own migration finds nothing to add to ours. */
export const library = (pool: pg.Pool, { secret, origin, secure }: Place, provider?: Provider) =>
  betterAuth({
    appName: '知客',
    baseURL: origin,
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
      minPasswordLength: passwordBounds.min,
      maxPasswordLength: passwordBounds.max,
    },
    session: {
      expiresIn: 14 * 86_400,
      updateAge: 86_400,
      // Changing a factor asks for the password instead of a young session.
      freshAge: 0,
      additionalFields: { lastSeenAt: { type: 'date', required: false, input: false } },
    },
    account: {
      // The local address is made up; who may be linked to whom is decided by `accountFor`.
      accountLinking: { trustedProviders: [providerId], requireLocalEmailVerified: false },
    },
    // A whole office may come in from one address within a minute; guesses at one account are counted apart.
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        '/sign-in/username': { window: 60, max: 30 },
        '/sign-in/social': { window: 60, max: 60 },
        '/two-factor/*': { window: 60, max: 30 },
        '/passkey/*': { window: 60, max: 60 },
      },
    },
    advanced: {
      cookiePrefix: 'zhike',
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: [ipHeader] },
    },
    plugins: [
      username({
        minUsernameLength: usernameBounds.min,
        maxUsernameLength: usernameBounds.max,
      }),
      twoFactor({ accountLockout: { maxFailedAttempts: 5, durationSeconds: 15 * 60 } }),
      passkey({
        rpName: '知客',
        rpID: new URL(origin).hostname,
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey is the only step, so the device must have checked who holds it.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new Error('user_not_verified')
          },
        },
      }),
      // The library would count 10 requests a day and refuse the rest; our own limits apply instead.
      apiKey({ defaultPrefix: 'zk_', rateLimit: { enabled: false }, enableMetadata: false }),
      genericOAuth({ config: provider ? [providerOptions(provider, origin)] : [] }),
    ],
  })
