import { type Actor, type Ctx, HOME } from '../database/ctx.ts'
import type { Download, InputOf } from '../door/contract.ts'
import { AppError } from '../errors/error.ts'
import { entities, ports } from '../records/registry.ts'
import { covers } from '../records/visible.ts'
import type { live } from './contract.ts'
import { type Change, follow } from './follow.ts'

/** Tabs of one person that may listen at once. */
const mostLines = 12
/** How often it is asked whether the listener is still signed in, and with which rights. */
const recheckEvery = 5000

/**
 * What administrators shape, which everybody's pages are made of, and what roles let people see of it, so
 * that what is covered from now on leaves their screens; of what is in it, nothing is told.
 */
const shaping = new Set(['custom_field', 'dictionary', 'stage_machine', 'role', 'post'])
/** Who is there, in which department and with which roles; not that somebody signed in. */
const staffing = new Set(['person.created', 'person.updated'])
const reshaped = 'event: reshaped\ndata: {}\n\n'

const lines = new Map<number, number>()

/**
 * Tells of rows that changed, if the listener may see them: which, and at what version; never what.
 * Tells everybody when fields, lists of choices, stages or roles were shaped anew, or the staff changed. Every few seconds it
 * names the place that it has come to; a line that is opened anew `after` that place, or with it as
 * Last-Event-ID, goes on there, and where that is too far back it tells to read all anew. A place is one
 * of the event table, not of a memory of this process: it holds on every server and after each start.
 * The line ends with the session, with the server, or after its time, and frees its place when its
 * reader goes away.
 */
export const watch = async (ctx: Ctx, input: InputOf<typeof live.watch>): Promise<Download> => {
  const person = ctx.actor.id ?? 0
  if ((lines.get(person) ?? 0) >= mostLines)
    throw new AppError('too_many', 'too_many_lines', { facts: { most: mostLines } })
  const events = follow(ctx.db)
  const free = taken(person)
  const leave = () => {
    events.leave()
    free()
  }
  return {
    name: 'live.txt',
    mediaType: 'text/event-stream; charset=utf-8',
    inline: true,
    body: leaving(stream(ctx, person, events, input), leave),
  }
}

/** One more line of this person; what it gives frees the place again, once. */
const taken = (person: number) => {
  lines.set(person, (lines.get(person) ?? 0) + 1)
  let held = true
  return () => {
    if (!held) return
    held = false
    const left = (lines.get(person) ?? 1) - 1
    if (left > 0) lines.set(person, left)
    else lines.delete(person)
  }
}

/** The same parts. A generator that waits would hear only after its wait that nobody reads any more. */
const leaving = <T>(parts: AsyncGenerator<T>, leave: () => void): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => {
      const part = await parts.next().catch((error: unknown) => {
        leave()
        throw error
      })
      if (part.done) leave()
      return part
    },
    return: () => {
      leave()
      return parts.return(undefined)
    },
  }),
})

const stream = async function* (
  ctx: Ctx,
  person: number,
  events: ReturnType<typeof follow>,
  { seconds, caller, after }: InputOf<typeof live.watch>,
) {
  const until = Date.now() + seconds * 1000
  let actor = ctx.actor
  let checked = Date.now()
  const begun = { at: Date.parse(ctx.now), clock: checked }
  yield encode('retry: 2000\n: open\n\n')
  // A browser that opens its line anew by itself says how far it had come, and keeps the old address.
  const from = caller.headers.get('last-event-id') || after
  const missed = from ? await events.since(from) : []
  if (!missed) yield encode(reshaped)
  else yield* telling(missed, (change) => maySee(actor, change))
  // What was not for them as they were then: it may be for what they have gained meanwhile, as by the
  // very share that it tells of.
  let untold = (missed ?? []).filter((change) => !maySee(actor, change))
  while (Date.now() < until) {
    const changes = await events.next(Math.min(until - Date.now(), recheckEvery))
    if (!changes) return
    const anew = Date.now() - checked >= recheckEvery
    if (anew) {
      const now = new Date(begun.at + Date.now() - begun.clock).toISOString()
      const known = await ports().callerOf({ db: ctx.db, now }, caller.headers)
      if (known?.actor.id !== person) return
      actor = known.actor
      checked = Date.now()
    }
    const asked = anew ? [...untold, ...changes] : changes
    yield* telling(asked, (change) => maySee(actor, change))
    untold = anew ? [] : [...untold, ...changes.filter((change) => !maySee(actor, change))]
    const place = anew ? events.place() : undefined
    if (place) yield encode(`event: place\nid: ${place}\ndata: {}\n\n`)
  }
}

const telling = function* (changes: readonly Change[], sees: (change: Change) => boolean) {
  if (changes.some(({ entity, kind }) => shaping.has(entity) || staffing.has(kind)))
    yield encode(reshaped)
  const told = changes.filter(sees)
  if (told.length > 0)
    yield encode(told.map((change) => `data: ${JSON.stringify(publicPart(change))}\n\n`).join(''))
}

/** Rows of the firm itself are told to nobody: their lists are short and read anew anyway. */
const maySee = (actor: Actor, { entity, customer_id, grants }: Change) => {
  const kind = kindOf(entity)
  if (!kind || customer_id === HOME) return false
  return covers({ actor }, `${kind.plural}.view`, grants)
}

const kindOf = (entity: string) => entities().find(({ name }) => name === entity)

const publicPart = ({ entity, id, customer_id, version }: Change) => ({
  entity,
  plural: kindOf(entity)?.plural,
  id,
  customer_id,
  version,
})

const encode = (text: string) => new TextEncoder().encode(text)
