import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { AppError } from '../errors/error.ts'

/** Where a value belongs; moved to any other place it cannot be read. */
export type Place = { entity: string; field: string; id: string }
type Spot = Pick<Place, 'entity' | 'field'>

const mark = 'enc:'
const version = 1
const nameBytes = 4
const nonceBytes = 12
const tagBytes = 16
const head = 1 + nameBytes + nonceBytes

type Keys = { name: Buffer; cipher: KeyObject; blind: KeyObject; digest: KeyObject }
type Standing = { foreign: boolean; givenUp: readonly string[] }
const state: { keys?: Keys } & Standing = { foreign: false, givenUp: [] }

/** Derives every key from the installation's secret (HKDF, RFC 5869), one for each use of its own. */
export const setEncryptionSecret = (secret: string) => {
  const derived = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'zhike', `zhike/encryption/1/${use}`, bytes))
  state.keys = {
    name: derived('name', nameBytes),
    cipher: createSecretKey(derived('cipher', 32)),
    blind: createSecretKey(derived('blind', 32)),
    digest: createSecretKey(derived('digest', 32)),
  }
}

/** `foreign`: the secret is that of another database. `givenUp`: names of secrets that are lost for good. */
export const setStanding = ({ foreign, givenUp }: Standing) => {
  state.foreign = foreign
  state.givenUp = givenUp
}

/** With the secret of another database nothing is encrypted or looked for, so that two never mix. */
export const requireOwnSecret = () => {
  if (state.foreign) throw new AppError('conflict', 'encryption_secret_changed')
}

/** By which the secret can be told from another one, and nothing else of it be told. */
export const secretName = (): string => keys().name.toString('hex')

/**
 * The stored form of a value, `enc:<blind index>:<version, key name, nonce, ciphertext, tag>`:
 * AES-256-GCM with a random nonce (NIST SP 800-38D), bound to its place and its blind index. Refuses
 * with the secret of another database.
 */
export const encrypt = (place: Place, value: string): string => {
  requireOwnSecret()
  const { name, cipher } = keys()
  const blind = blindIndex(place, value)
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv('aes-256-gcm', cipher, nonce).setAAD(bound(place, blind))
  const hidden = [sealing.update(value, 'utf8'), sealing.final()]
  const parts = [Buffer.of(version), name, nonce, ...hidden, sealing.getAuthTag()]
  return `${mark}${blind}:${Buffer.concat(parts).toString('base64url')}`
}

/** The value, or undefined: written with another secret, moved here from another place, or damaged. */
export const decrypt = (place: Place, stored: string): string | undefined => {
  const { blind, body } = partsOf(stored)
  if (!isOwn(body) || body.length < head + tagBytes) return undefined
  const nonce = body.subarray(head - nonceBytes, head)
  try {
    const opening = createDecipheriv('aes-256-gcm', keys().cipher, nonce, {
      authTagLength: tagBytes,
    })
      .setAAD(bound(place, blind))
      .setAuthTag(body.subarray(-tagBytes))
    return opening.update(body.subarray(head, -tagBytes), undefined, 'utf8') + opening.final('utf8')
  } catch {
    return undefined
  }
}

/** Why a stored form that stayed closed did. */
export const unreadable = (stored: string) => {
  const { body } = partsOf(stored)
  if (isOwn(body)) return 'encrypted_value_damaged'
  const lost = state.givenUp.includes(nameIn(body).toString('hex'))
  return lost ? 'encrypted_secret_given_up' : 'encrypted_with_other_secret'
}

/** No kind that is encrypted takes a plain value of this form. */
export const isEncrypted = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith(mark)

/**
 * What finds a whole value again without opening any: 128 bits of an HMAC-SHA-256. One key for all
 * fields, but another index in each of them, so that a copy of the database does not tell which
 * customer's number is which contact's.
 */
export const blindIndex = ({ entity, field }: Spot, value: string): string =>
  createHmac('sha256', keys().blind)
    .update(JSON.stringify([entity, field, value]))
    .digest()
    .subarray(0, 16)
    .toString('base64url')

/** The blind index in a column of stored forms; an index in the database is over exactly this. */
export const blindOf = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`split_part(${column}, ':', 2)`

/** A digest that nobody can try values against who has the database alone. */
export const keyedDigest = (text: string): Buffer =>
  createHmac('sha256', keys().digest).update(text).digest()

const partsOf = (stored: string) => {
  const [, blind = '', body = ''] = stored.split(':')
  return { blind, body: Buffer.from(body, 'base64url') }
}

const nameIn = (body: Buffer) => body.subarray(1, 1 + nameBytes)
const isOwn = (body: Buffer) => body[0] === version && nameIn(body).equals(keys().name)

const bound = ({ entity, field, id }: Place, blind: string) =>
  Buffer.from(JSON.stringify([version, entity, field, id, blind]))

const keys = (): Keys => {
  if (!state.keys) throw new Error('No secret to encrypt with')
  return state.keys
}
