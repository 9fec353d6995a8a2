import type { Reader } from './reader.ts'

/** Administrators are never made from outside. */
const oidcRoles = ['manager', 'staff', 'reader'] as const
type OidcRole = (typeof oidcRoles)[number]

export type Oidc = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  /** The role for people whom only the provider knows; undefined: they are turned away. */
  create: OidcRole | undefined
}

/** One OpenID Connect provider, given whole or not at all. */
export function readOidc(at: (name: string, secret?: boolean) => Reader): Oidc | undefined {
  const parts = {
    issuer: at('OIDC_ISSUER'),
    clientId: at('OIDC_CLIENT_ID'),
    clientSecret: at('OIDC_CLIENT_SECRET', true),
  }
  const extra = { name: at('OIDC_NAME'), create: at('OIDC_CREATE') }
  if (![...Object.values(parts), ...Object.values(extra)].some(({ value }) => value !== ''))
    return undefined
  for (const { value, bad } of Object.values(parts))
    if (value === '')
      bad(
        '还缺这一项；单点登录须同时设置 OIDC_ISSUER、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET',
        'is missing; single sign-on needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together',
      )
  return {
    issuer: readIssuer(parts.issuer),
    clientId: parts.clientId.value,
    clientSecret: parts.clientSecret.value,
    name: extra.name.value || '单点登录',
    create: readOidcRole(extra.create),
  }
}

function readIssuer({ value, bad }: Reader) {
  if (value === '') return ''
  const url = URL.canParse(value) ? new URL(value) : null
  const near = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url?.protocol === 'https:' || (near && url.protocol === 'http:')) {
    if (url.search === '' && url.hash === '') return value.replace(/\/$/, '')
  }
  bad(
    '应为身份提供方的 https 地址，不含 /.well-known，例如 https://login.example.cn/realms/firm',
    "must be the provider's https address without /.well-known, such as https://login.example.com/realms/firm",
  )
  return value
}

function readOidcRole({ value, bad }: Reader) {
  if (value === '') return undefined
  const role = oidcRoles.find((name) => name === value)
  if (!role)
    bad(
      `应为 ${oidcRoles.join('、')} 之一；留空则只有已建立的人员能登录`,
      `must be one of ${oidcRoles.join(', ')}; left empty, only people who exist may sign in`,
    )
  return role
}
