import { decrypt, encrypt, isEncrypted } from '../encryption/encryption.ts'

const place = (id: string) => ({ entity: 'event', field: 'salt', id })

/**
 * The salt of an event whose payload is encrypted after it was written: by a plain one, the digest
 * that the chain goes on holding would let its former values be tried out.
 */
export const closedSalt = (id: string, salt: Buffer): Buffer =>
  Buffer.from(encrypt(place(id), salt.toString('hex')))

/** The salt that such an event was written with; undefined of all others. */
export const saltBefore = (id: string, stored: Buffer): Buffer | undefined => {
  const text = stored.toString('latin1')
  return stored.length > 16 && isEncrypted(text)
    ? Buffer.from(decrypt(place(id), text) ?? '', 'hex')
    : undefined
}
