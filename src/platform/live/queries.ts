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

/** What administrators shape, which everybody's pages are made of; of what is in it, nothing is told. */
const shaping = new Set(['custom_field', 'dictionary', 'stage_machine'])
const reshaped = 'event: reshaped\ndata: {}\n\n'

const lines = new Map<number, number>()

/**
 * Tells of rows that changed, if the listener may see them: which, and at what version; never what.
 * Tells everybody when fields, lists of choices or stages were shaped anew.
 * The line ends with the session, with the server, or after its time.
 */
export const watch = async (ctx: Ctx, input: InputOf<typeof live.watch>): Promise<Download> => {
  const person = ctx.actor.id ?? 0
  const open = lines.get(person) ?? 0
  if (open >= mostLines)
    throw new AppError('too_many', 'too_many_lines', { facts: { most: mostLines } })
  return {
    name: 'live.txt',
    mediaType: 'text/event-stream; charset=utf-8',
    inline: true,
    body: stream(ctx, person, input),
  }
}

const stream = async function* (
  ctx: Ctx,
  person: number,
  { seconds, caller }: InputOf<typeof live.watch>,
) {
  lines.set(person, (lines.get(person) ?? 0) + 1)
  const until = Date.now() + seconds * 1000
  const events = follow(ctx.db)
  let actor = ctx.actor
  let checked = Date.now()
  // What was not for them as they were then: it may be for what they have gained meanwhile, as by the
  // very share that it tells of.
  let untold: readonly Change[] = []
  const begun = { at: Date.parse(ctx.now), clock: checked }
  try {
    yield encode('retry: 2000\n: open\n\n')
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
        yield encode(': here\n\n')
      }
      if (changes.some(({ entity }) => shaping.has(entity))) yield encode(reshaped)
      const asked = anew ? [...untold, ...changes] : changes
      const told = asked.filter((change) => maySee(actor, change))
      untold = anew ? [] : [...untold, ...changes.filter((change) => !maySee(actor, change))]
      if (told.length > 0)
        yield encode(
          told.map((change) => `data: ${JSON.stringify(publicPart(change))}\n\n`).join(''),
        )
    }
  } finally {
    events.leave()
    const left = (lines.get(person) ?? 1) - 1
    if (left > 0) lines.set(person, left)
    else lines.delete(person)
  }
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
