import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

type Claims = Record<string, unknown>
type Grant = {
  addOIDCScope: (scope: string) => void
  save: () => Promise<string>
}
type Known = {
  oidc: {
    client: { clientId: string }
    session: { accountId: string }
    provider: { Grant: new (of: { accountId: string; clientId: string }) => Grant }
  }
}

export const client = { id: 'zhike', secret: 'a secret that both sides know' }

/**
 * A real OpenID Connect provider on loopback, that knows `people` by their subject and asks only who
 * it is. `visit` does what a browser does there: it signs in and gives the address it is sent back to.
 */
export const openIdentityProvider = async (redirectUri: string, people: Map<string, Claims>) => {
  const state: { answer: ReturnType<Provider['callback']> } = {
    answer: (_request, response) => response.end(),
  }
  const server = createServer((request, response) => state.answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    // Nobody is asked whether the firm's own system may know the name.
    loadExistingGrant: async ({ oidc }: Known) => {
      const { clientId } = oidc.client
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  state.answer = provider.callback()

  return {
    issuer,
    visit: async (url: string, subject: string): Promise<URL> => {
      const jar = new Map<string, string>()
      let at = new URL(url)
      let body: URLSearchParams | undefined
      for (let step = 0; step < 10; step++) {
        const answer: Response = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
          ...(body && { method: 'POST', body }),
        })
        for (const line of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          jar.set(name, value)
        }
        const to = answer.headers.get('location')
        if (!to && answer.status !== 200) throw new Error(`${at}: ${await answer.text()}`)
        body = to
          ? undefined
          : new URLSearchParams({ prompt: 'login', login: subject, password: 'x' })
        if (to) at = new URL(to, at)
        if (to && at.origin !== issuer) return at
      }
      throw new Error('The provider never sent the browser back')
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
