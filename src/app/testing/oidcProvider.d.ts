declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  /** As much of the package as the tests use; it ships no types. */
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    callback(): RequestListener
  }
}
