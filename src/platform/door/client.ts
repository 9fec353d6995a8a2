import type { Method } from './contract.ts'
import type { Problem } from './problem.ts'

/** A refusal as the server worded it, or one of the network's: `network_unreachable`, status 0. */
export class ApiProblem extends Error {
  readonly status: number
  readonly reason: string
  readonly errors: readonly NonNullable<Problem['errors']>[number][]
  readonly facts: Record<string, unknown>

  constructor(status: number, problem: Pick<Problem, 'reason' | 'errors' | 'facts'>) {
    super(`${status} ${problem.reason}`)
    this.name = 'ApiProblem'
    this.status = status
    this.reason = problem.reason
    this.errors = problem.errors ?? []
    this.facts = problem.facts ?? {}
  }
}

type Query = Record<string, string | number | boolean | null | undefined>

type CallOptions = {
  query?: Query
  body?: unknown
  /** The version that the caller saw; goes as `If-Match`. */
  version?: number
  idempotencyKey?: string
  signal?: AbortSignal
}

/**
 * Calls the API of this origin with the session cookie. Gives the JSON answer (undefined for 204);
 * throws ApiProblem for every refusal and for a network that does not answer. An abort passes as is.
 */
export const call = async <T>(
  method: Method,
  path: string,
  options: CallOptions = {},
): Promise<T> => {
  const { query, body, version, idempotencyKey, signal } = options
  const response = await reached(
    fetch(address(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }),
  )
  const text = await reached(response.text())
  if (response.ok) return (text === '' ? undefined : parse(response.status, text)) as T
  throw problemFrom(response.status, text)
}

/** Sends a file as the raw body; `onProgress` gets the share that has left, 0 to 1. */
export const upload = <T>(
  path: string,
  file: Blob,
  options: { query?: Query; onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<T> =>
  new Promise((resolve, reject) => {
    // fetch does not tell how much of a body has left.
    const request = new XMLHttpRequest()
    request.open('POST', address(path, options.query))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    }
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      const { status, responseText } = request
      if (status >= 400) return reject(problemFrom(status, responseText))
      try {
        resolve(parse(status, responseText) as T)
      } catch (error) {
        reject(error)
      }
    }
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })

/** The address of an endpoint; empty query values are left out. */
export const address = (path: string, query: Query = {}) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  return `/api${path}${search.size > 0 ? `?${search}` : ''}`
}

const unreachable = () => new ApiProblem(0, { reason: 'network_unreachable' })

const reached = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

const parse = (status: number, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiProblem(status, { reason: 'answer_unreadable' })
  }
}

const problemFrom = (status: number, text: string) => {
  try {
    const problem: unknown = JSON.parse(text)
    if (isProblem(problem)) return new ApiProblem(status, problem)
  } catch {
    // A proxy answers with a page of its own; the status says enough.
  }
  return new ApiProblem(status, { reason: status >= 500 ? 'fault' : 'request_malformed' })
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'reason' in value &&
  typeof value.reason === 'string'
