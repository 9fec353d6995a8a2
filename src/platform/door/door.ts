import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Actor, Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { AppError } from '../errors/error.ts'
import {
  asksInQuery,
  type Caller,
  type Contract,
  type Download,
  type Endpoint,
  type InputOf,
  type OutputOf,
  type Received,
  Refusal,
  Reply,
} from './contract.ts'
import { sendFile, sendSnapshot } from './download.ts'
import { withoutHidden } from './hidden.ts'
import { isRepeat, repeated } from './idempotency.ts'
import { fieldErrors } from './issues.ts'
import { isRetriable } from './problem.ts'

export type Handler = (ctx: Ctx, input: never) => Promise<unknown>
export type Service = { contract: Contract; handlers: Record<string, Handler> }

type Handlers<C extends Contract> = {
  [K in keyof C]: (
    ctx: Ctx,
    input: InputOf<C[K]>,
  ) => Promise<OutputOf<C[K]> | Reply<OutputOf<C[K]>> | Refusal>
}

/** Binds a contract to its handlers; one that is missing or of the wrong type does not compile. */
export const serve = <const C extends Contract>(contract: C, handlers: Handlers<C>): Service => ({
  contract,
  handlers: handlers as Record<string, Handler>,
})

type Ports = {
  db: Db
  /** Who sends this request; undefined when nobody is signed in. `cookie`: by a browser's session. */
  authenticate: (caller: Caller) => Promise<{ actor: Actor; cookie: boolean } | undefined>
  /** Whether a browser page at this origin may write with the session's cookie. */
  trustsOrigin: (origin: string, caller: Caller) => boolean
  /** Connections for files that are made while they are sent, so that slow readers take none from others. */
  snapshots: Db
  /** Takes the body of an upload in before a transaction begins, for the same reason. */
  receive: (stream: AsyncIterable<Uint8Array>) => Promise<Received>
  clock: () => string
  /** Learns how records are shaped now; tells whether that is something new. */
  freshen: () => Promise<boolean>
}

/** Registers every endpoint below /api. Nothing else parses, authorises or begins a transaction. */
export const openDoor = (app: FastifyInstance, services: readonly Service[], ports: Ports) => {
  const all = services.flatMap((service) =>
    Object.entries(service.contract).map(([name, endpoint]) => ({ service, name, endpoint })),
  )
  const open = (to: FastifyInstance, each: (typeof all)[number]) => {
    const { service, name, endpoint } = each
    const handler = service.handlers[name]
    if (!handler) throw new Error(`No handler for ${endpoint.method} ${endpoint.path}`)
    to.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      // Fastify would run a whole export for a HEAD, only to throw the file away.
      exposeHeadRoute: false,
      handler: (request, reply) => pass({ endpoint, handler, service, ports, request, reply }),
    })
  }
  for (const each of all.filter(({ endpoint }) => !endpoint.upload)) open(app, each)
  app.register(async (files) => {
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const each of all.filter(({ endpoint }) => endpoint.upload)) open(files, each)
  })
}

type Passage = {
  endpoint: Endpoint
  handler: Handler
  service: Service
  ports: Ports
  request: FastifyRequest
  reply: FastifyReply
}

const pass = async (passage: Passage) => {
  const { endpoint, ports, request, reply } = passage
  // What one person may see lies in no cache; an answer that may says so itself.
  reply.header('cache-control', 'no-store')
  const caller = callerOf(request)
  const known = endpoint.permission === 'public' ? undefined : await authenticated(passage, caller)
  const actor = known ?? nobody
  const input = {
    ...(await parsed(passage, actor)),
    ...extras(endpoint, request, caller),
    ...(endpoint.upload && { upload: await ports.receive(bodyOf(request)) }),
  }
  const key = request.headers['idempotency-key']
  const work = async (db: Db) => {
    const ctx: Ctx = { db, actor, now: ports.clock() }
    if (typeof key === 'string' && endpoint.repeats) return repeated(ctx, passage, { key, input })
    return passage.handler(ctx, input as never)
  }
  if (endpoint.download) {
    const file = work as (db: Db) => Promise<Download>
    return endpoint.stored
      ? sendFile(reply, await file(ports.db))
      : sendSnapshot(ports, reply, file)
  }
  const result =
    endpoint.method === 'GET' && !endpoint.audited
      ? await work(ports.db)
      : await inTransaction(ports.db, work)
  if (endpoint.reshapes) await ports.freshen()
  return answer(endpoint, reply, result)
}

const inTransaction = async <T>(db: Db, work: (tx: Db) => Promise<T>, tries = 3): Promise<T> => {
  try {
    return await db.transaction().execute(work)
  } catch (error) {
    if (tries > 1 && (isRetriable(error) || isRepeat(error)))
      return inTransaction(db, work, tries - 1)
    throw error
  }
}

const callerOf = (request: FastifyRequest): Caller => ({
  headers: headersOf(request),
  ip: request.ip,
  origin: `${request.protocol}://${request.host}`,
})

export const headersOf = (request: Pick<FastifyRequest, 'headers'>): Headers =>
  new Headers(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
    ),
  )

const authenticated = async (
  { endpoint, ports, request }: Passage,
  caller: Caller,
): Promise<Actor> => {
  const known = await ports.authenticate(caller)
  if (!known) throw new AppError('unauthenticated', 'sign_in_needed')
  const origin = request.headers.origin
  const writes = endpoint.method !== 'GET'
  if (known.cookie && writes && !(origin && ports.trustsOrigin(origin, caller)))
    throw new AppError('forbidden', 'origin_refused')
  if (endpoint.permission !== 'signed_in' && !known.actor.reach(endpoint.permission))
    throw new AppError('forbidden', 'permission_missing', {
      facts: { permission: endpoint.permission },
    })
  return known.actor
}

/** Another server may just have learned of a field: before a refusal one looks once whether it is so. */
const parsed = async ({ endpoint, ports, request }: Passage, actor: Actor) => {
  try {
    return parse(endpoint, request, actor)
  } catch (refusal) {
    if (!(await ports.freshen())) throw refusal
    return parse(endpoint, request, actor)
  }
}

/**
 * The input, each part from its own place: a password in an address would lie in every log, and a
 * foreign page can send an address without a body unasked.
 */
const parse = (
  endpoint: Endpoint,
  request: FastifyRequest,
  actor: Actor,
): Record<string, unknown> => {
  const body = endpoint.upload ? {} : (request.body ?? {})
  if (typeof body !== 'object' || Array.isArray(body))
    throw new AppError('bad_input', 'body_not_an_object')
  const [given, elsewhere] = asksInQuery(endpoint)
    ? [own(request.query), own(body)]
    : [own(body), own(request.query)]
  const params = own(request.params)
  const twice = Object.keys(given).filter((name) => Object.hasOwn(params, name))
  const astray = [...Object.keys(elsewhere), ...twice]
  if (astray.length > 0)
    throw new AppError('bad_input', 'input_invalid', {
      errors: astray.map((path) => ({ path, reason: 'unknown_key' })),
    })
  const { known, unknown } = withoutHidden(endpoint.input, given, actor)
  const read = z.safeParse(endpoint.input, { ...known, ...params }, { reportInput: true })
  const errors = [
    ...fieldErrors(read.error?.issues ?? []),
    ...unknown.map((path) => ({ path, reason: 'unknown_key' })),
  ]
  if (errors.length > 0 || !read.success)
    throw new AppError('bad_input', 'input_invalid', { errors })
  return own(read.data)
}

const own = (value: unknown): Record<string, unknown> => ({ ...(value as Record<string, unknown>) })

const extras = (endpoint: Endpoint, request: FastifyRequest, caller: Caller) => ({
  ...(endpoint.ifMatch && { version: versionOf(request.headers['if-match']) }),
  ...(endpoint.request && { caller }),
})

const bodyOf = (request: FastifyRequest) =>
  (request.body ?? request.raw) as AsyncIterable<Uint8Array>

const versionOf = (header: string | undefined): number => {
  if (header === undefined) throw new AppError('precondition_required', 'version_required')
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (!version) throw new AppError('bad_input', 'version_malformed')
  return Number(version)
}

const answer = (endpoint: Endpoint, reply: FastifyReply, result: unknown) => {
  if (result instanceof Refusal) throw result.error
  const body = result instanceof Reply ? result.body : result
  if (result instanceof Reply) reply.headers(result.headers)
  const checked = z.safeParse(endpoint.output, body)
  if (!checked.success)
    throw new Error(
      `${endpoint.method} ${endpoint.path} answers against its contract: ${JSON.stringify(checked.error.issues.slice(0, 3))}`,
    )
  const version = own(checked.data).version
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  return reply.code(endpoint.status ?? 200).send(checked.data)
}

const nobody: Actor = {
  id: null,
  name: '',
  departmentId: null,
  locale: 'zh',
  reach: () => undefined,
  shares: { readable: [], writable: [] },
  moves: [],
  right: () => 'hidden',
}
