import { ApiProblem } from './client.ts'

type Json = Record<string, unknown>

/** Whether this browser, at this address, can use passkeys: WebAuthn needs a name, and TLS or localhost. */
export const passkeysWork = (): boolean =>
  !/^[\d.]+$|:/.test(window.location.hostname) &&
  typeof PublicKeyCredential === 'function' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential

/** Has the device make a passkey after the server's options; gives what the server checks. */
export const createPasskey = (options: Json): Promise<Json> =>
  asked(async () => {
    const wanted = options as unknown as PublicKeyCredentialCreationOptionsJSON
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted)
    return navigator.credentials.create({ publicKey })
  })

/** Has the device answer the server's challenge with a passkey that the person chooses. */
export const answerByPasskey = (options: Json): Promise<Json> =>
  asked(async () => {
    const wanted = options as unknown as PublicKeyCredentialRequestOptionsJSON
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wanted)
    return navigator.credentials.get({ publicKey })
  })

const asked = async (work: () => Promise<Credential | null>): Promise<Json> => {
  const given = await work().catch((error: unknown) => {
    const known = error instanceof DOMException && error.name === 'InvalidStateError'
    throw new ApiProblem(0, { reason: known ? 'passkey_known' : 'passkey_cancelled' })
  })
  if (!(given instanceof PublicKeyCredential))
    throw new ApiProblem(0, { reason: 'passkey_cancelled' })
  return given.toJSON() as unknown as Json
}
