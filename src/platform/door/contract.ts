import * as z from 'zod/mini'
import type { Db } from '../database/database.ts'
import type { AppError } from '../errors/error.ts'
import type { Label } from '../fields/field.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * An endpoint as data. `permission`: a key that the caller's role must hold, `signed_in` for anybody
 * with an account, `public` for anybody at all. Path parameters, query and body form one input.
 */
export type Endpoint<I = unknown, O = unknown> = {
  method: Method
  /** Below /api, parameters as `:name`. */
  path: string
  permission: string
  summary: Label
  input: z.ZodMiniType<I>
  output: z.ZodMiniType<O>
  /** Needs `If-Match` with the version the caller saw; the handler gets it as `version`. */
  ifMatch?: true
  /** A read that writes an event, so it runs in a transaction as writes do. */
  audited?: true
  /** The sibling endpoint that answers a repeated `Idempotency-Key`. */
  repeats?: string
  /** The body is a file; it has arrived as a whole when the handler gets to hear of it. */
  upload?: true
  /** The answer is a file, sent while it is made, from one snapshot of the database. */
  download?: true
  /** The file to send lies ready: the database has done its part before the first byte leaves. */
  stored?: true
  /** The handler needs headers and address of the request, as signing in does. */
  request?: true
  /** What records look like is different afterwards; the next request must already know. */
  reshapes?: true
  status?: 200 | 201 | 202 | 204
}

/** Reads, deletions and uploads are asked for in the query; all else stands in the body. */
export const asksInQuery = ({ method, upload }: Endpoint): boolean =>
  method === 'GET' || method === 'DELETE' || upload === true

export type Contract = Record<string, Endpoint>

/** A content that has arrived: where it is found, its bytes, and the first of them. */
export type Received = { sha256: string; size: number; head: Uint8Array }
export type Download = {
  name: string
  mediaType: string
  inline?: boolean
  size?: number
  body: AsyncIterable<Uint8Array>
  /** Called once when the body ends or breaks off, in a transaction of its own; it may fail the download. */
  ended?: (db: Db) => Promise<void>
}
export type Caller = { headers: Headers; ip: string; origin: string }

/** What the handler of an endpoint gets besides the context. */
export type InputOf<E> = (E extends { input: z.ZodMiniType<infer I> } ? I : never) &
  (E extends { ifMatch: true } ? { version: number } : unknown) &
  (E extends { upload: true } ? { upload: Received } : unknown) &
  (E extends { request: true } ? { caller: Caller } : unknown)

export type OutputOf<E> = E extends { download: true }
  ? Download
  : E extends { output: z.ZodMiniType<infer O> }
    ? O
    : never

/** Writes an endpoint down; the type keeps what the handler will get and must give. */
export const endpoint = <const E extends Endpoint>(definition: E) => definition

export const nothing = z.strictObject({})
/** A file or a stream: described in the API document by its media type. */
export const fileOutput = z.unknown()
export const done = z.object({ ok: z.literal(true) })

/** A refusal that keeps what was written before it, such as a counted failure; thrown, it would undo that. */
export class Refusal {
  readonly error: AppError
  constructor(error: AppError) {
    this.error = error
  }
}

/** An answer with headers of its own, such as a cookie. */
export class Reply<T> {
  readonly body: T
  readonly headers: Record<string, string | string[]>
  constructor(body: T, headers: Record<string, string | string[]>) {
    this.body = body
    this.headers = headers
  }
}
