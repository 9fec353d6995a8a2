import type { GenericOAuthConfig } from 'better-auth/plugins'

/** One OpenID Connect provider of the organisation's own. */
export type Provider = {
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  /** The account that these claims belong to; undefined: nobody here. */
  accountFor: (claims: Claims) => Promise<string | undefined>
}

/** What the provider says of a person (OpenID Connect Core 1.0, §5.1). */
export type Claims = {
  subject: string
  username: string | undefined
  /** undefined also when the provider says that it is not verified. */
  email: string | undefined
  name: string | undefined
}

export const providerId = 'oidc'
/** The page to which the provider sends the browser back. */
export const arrivalPath = '/oidc'

/** The address of an account inside the library, which knows accounts by e-mail; nothing is sent to it. */
export const inwardEmail = (userId: string) => `${userId}@account.invalid`

export const providerOptions = (provider: Provider, origin: string) =>
  ({
    providerId,
    discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    redirectURI: `${origin}${arrivalPath}`,
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: true,
    mapProfileToUser: async (profile) => {
      const account = await provider.accountFor(claimsOf(profile))
      return { email: inwardEmail(account ?? 'nobody'), emailVerified: true }
    },
  }) satisfies GenericOAuthConfig

const claimsOf = (profile: Record<string, unknown>): Claims => {
  const text = (name: string) => {
    const value = profile[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const doubtful = profile.email_verified === false || profile.email_verified === 'false'
  return {
    subject: String(profile.sub),
    username: text('preferred_username'),
    email: doubtful ? undefined : text('email'),
    name: text('name'),
  }
}
