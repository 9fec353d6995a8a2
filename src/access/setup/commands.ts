import { randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, system } from '#platform/database/ctx.ts'
import { inTurn } from '#platform/database/locks.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField } from '#platform/errors/error.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import * as departments from '../departments/commands.ts'
import * as people from '../people/commands.ts'
import type { setup } from './contract.ts'
import { administered } from './queries.ts'
import type { TemplateKey } from './rules.ts'

type FirstSetup = {
  organisation: string
  name: string
  username: string
  password: string
  template: TemplateKey
  demo: boolean
}

type Guesses = { wrong: number; until: number }
const state: { code: string; guesses: Map<string, Guesses> } = { code: '', guesses: new Map() }
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** So many slips are free; from then on each wrong code doubles the wait of its address, up to an hour. */
const freeGuesses = 5
const longestWait = 3_600_000
/** Many addresses may guess; the oldest are forgotten, as memory has an end and 31⁸ codes hardly one. */
const mostAddresses = 1000

/**
 * Makes a one-time code and has it said on the console; whoever can read that owns the machine. It stays
 * until the server ends: wrong codes from the network neither replace it nor fill the console.
 */
export const offerSetup = (say: (code: string) => void) => {
  state.guesses.clear()
  state.code = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  say(state.code)
}

export const run = async (ctx: Ctx, { caller, ...input }: InputOf<typeof setup.run>) => {
  requirePatience(ctx, caller.ip)
  if (!(await beginAlone(ctx))) throw new AppError('conflict', 'already_set_up')
  requireCode(ctx, input.code, caller.ip)
  await first(ctx, input)
  return { ok: true as const }
}

/** Sets up without a page and a code, unless it has been done; says whether it did. */
export const unattended = async (ctx: Ctx, input: FirstSetup): Promise<boolean> => {
  const open = await beginAlone(ctx)
  if (open) await first(ctx, input)
  return open
}

/** Browsers and servers may begin at once: the lock lets the second one find it done. */
const beginAlone = async (ctx: Ctx): Promise<boolean> => {
  await inTurn(ctx.db, 'setup')
  return !(await administered(ctx))
}

/** The organisation, its administrator and, when wanted, the demo data (loaded by a job). */
const first = async (ctx: Ctx, input: FirstSetup) => {
  const own: Ctx = { ...ctx, actor: system }
  const top = await departments.create(own, { name: input.organisation, parent_id: null })
  const { username, name, password } = input
  await people.create(own, {
    username,
    name,
    password,
    department_id: top.id,
    roles: ['administrator'],
  })
  await sql`insert into setting (key, value) values ('template', ${JSON.stringify(input.template)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(ctx.db)
  if (input.demo) await addJob(ctx, 'demo:load', { template: input.template }, { key: 'demo:load' })
}

const requirePatience = (ctx: Ctx, ip: string) => {
  if (Date.parse(ctx.now) < (state.guesses.get(ip)?.until ?? 0))
    throw new AppError('too_many', 'too_many_attempts')
}

const requireCode = (ctx: Ctx, given: string, ip: string) => {
  const expected = Buffer.from(state.code)
  const code = Buffer.from(given.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  if (expected.length > 0 && code.length === expected.length && timingSafeEqual(code, expected))
    return
  noteWrong(ctx, ip)
  throw badField('code', 'setup_code_wrong')
}

const noteWrong = (ctx: Ctx, ip: string) => {
  const wrong = (state.guesses.get(ip)?.wrong ?? 0) + 1
  const wait = wrong < freeGuesses ? 0 : Math.min(1000 * 2 ** (wrong - freeGuesses), longestWait)
  // The map keeps its order of arrival, so that the first one is the oldest.
  state.guesses.delete(ip)
  state.guesses.set(ip, { wrong, until: Date.parse(ctx.now) + wait })
  const [oldest] = state.guesses.keys()
  if (state.guesses.size > mostAddresses && oldest !== undefined) state.guesses.delete(oldest)
}
