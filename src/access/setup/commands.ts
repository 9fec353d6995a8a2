import { randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, system } from '#platform/database/ctx.ts'
import { locks } from '#platform/database/locks.ts'
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

const state: { code: string; wrong: number; say: (code: string) => void } = {
  code: '',
  wrong: 0,
  say: () => undefined,
}
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** So many wrong codes make a new one, so that nobody on the network can try them all. */
const wrongCodes = 10

/** Makes a one-time code and has it said on the console; whoever can read that owns the machine. */
export const offerSetup = (say: (code: string) => void) => {
  state.say = say
  state.wrong = 0
  state.code = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  say(state.code)
}

export const run = async (ctx: Ctx, input: InputOf<typeof setup.run>) => {
  // Two browsers may send the form at once: the lock lets the second one find it done.
  await sql`select pg_advisory_xact_lock(${locks.setup})`.execute(ctx.db)
  if (await administered(ctx)) throw new AppError('conflict', 'already_set_up')
  requireCode(input.code)
  await first(ctx, input)
  state.code = ''
  return { ok: true as const }
}

/** The organisation, its administrator and, when wanted, the demo data (loaded by a job). */
export const first = async (ctx: Ctx, input: FirstSetup) => {
  const own: Ctx = { ...ctx, actor: system }
  const top = await departments.create(own, { name: input.organisation, parent_id: null })
  const { username, name, password } = input
  await people.create(own, {
    username,
    name,
    password,
    department_id: top.id,
    role: 'administrator',
  })
  await sql`insert into setting (key, value) values ('template', ${JSON.stringify(input.template)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(ctx.db)
  if (input.demo) await addJob(ctx, 'demo:load', { template: input.template }, { key: 'demo:load' })
}

const requireCode = (given: string) => {
  const expected = Buffer.from(state.code)
  const code = Buffer.from(given.toUpperCase().replace(/[^0-9A-Z]/g, ''))
  if (expected.length > 0 && code.length === expected.length && timingSafeEqual(code, expected))
    return
  state.wrong += 1
  if (state.wrong >= wrongCodes) offerSetup(state.say)
  throw badField('code', 'setup_code_wrong')
}
