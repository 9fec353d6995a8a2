import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as departments from '#access/departments/commands.ts'
import * as people from '#access/people/commands.ts'
import type { people as contract } from '#access/people/contract.ts'
import type { BuiltIn } from '#access/roles/rules.ts'
import { accounts } from '#platform/accounts/current.ts'
import { type Ctx, system } from '#platform/database/ctx.ts'
import { countStatements, type Db } from '#platform/database/database.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { runJobs } from '#platform/jobs/jobs.ts'
import type { Settings } from '#platform/settings/settings.ts'
import { testDatabase } from '#platform/testing/database.ts'
import { openSession } from '#platform/testing/session.ts'
import { jobs } from '../house.ts'
import { openInstallation } from '../installation.ts'

const secret = 'a secret that only tests know, 32 letters'

export type Answer = { status: number; body: never; headers: Record<string, unknown>; raw: Buffer }
export type Options = {
  query?: Record<string, unknown>
  body?: unknown
  version?: number
  headers?: Record<string, string>
  raw?: Buffer
}
type CallerName = 'ann' | 'bob' | 'eve' | 'mei' | 'root'

export type Caller = {
  id: number
  call: (method: string, path: string, options?: Options) => Promise<Answer>
}

/**
 * The product on a database of its own, with the named cast signed in: Ann sells in North,
 * Bob reads there, Eve sells in South, Mei manages the back office above both, Root administers.
 */
export const openTestHouse = async (
  options: { clock?: () => string; publicUrl?: string; oidc?: Settings['oidc'] } = {},
) => {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'zhike-house-'))
  const faults: string[] = []
  const installation = await openInstallation({
    url: database.url,
    dataDir,
    secret,
    publicUrl: options.publicUrl ?? '',
    trustProxy: false,
    maxUploadMb: 50,
    log: (line) => faults.push(line),
    ...(options.clock && { clock: options.clock }),
    oidc: options.oidc,
  })
  const { app } = installation
  const { db } = installation.database
  await app.ready()
  const ctx = contextOf(db, options.clock)
  const { publicUrl } = options
  const hire = async (username: string, values: Newcomer) => {
    const id = await hired(ctx, username, values)
    return bySession({ id })
  }
  const bySession = async ({ id }: Pick<Caller, 'id'>) => {
    const cookie = await cookieOf({ id })
    return caller(id, { cookie, origin: publicUrl ?? 'http://localhost:80' })
  }
  const cookieOf = async ({ id }: Pick<Caller, 'id'>) =>
    openSession(db, { userId: await accountOf(ctx, id), secret, ...(publicUrl && { publicUrl }) })
  const drop = async () => {
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const caller = (id: number, proof: Record<string, string> = {}): Caller => ({
    id,
    call: async (method, path, { query, body, version, headers, raw } = {}) => {
      const answer = await app.inject({
        method: method as 'GET',
        url: `/api${path}`,
        ...(query && { query: texts(query) }),
        ...(raw ? { payload: raw } : body !== undefined && { payload: body as object }),
        headers: {
          ...proof,
          ...(version !== undefined && { 'if-match': `"${version}"` }),
          ...(raw && { 'content-type': 'application/octet-stream' }),
          ...headers,
        },
      })
      const json = /json/.test(String(answer.headers['content-type']))
      return {
        status: answer.statusCode,
        body: (json ? answer.json() : answer.body) as never,
        headers: answer.headers,
        raw: answer.rawPayload,
      }
    },
  })
  const { departments, people } = await hireCast(ctx, hire)
  return {
    ...people,
    departments,
    /** Somebody who is not signed in. */
    nobody: caller(0),
    /** One more person, signed in. */
    hire,
    /** The same person in one more session. */
    bySession,
    /** The cookie of one more session, for a test that speaks HTTP itself. */
    cookieOf,
    /** The same person, by an API key of their own. */
    byKey: async ({ id }: Caller) => {
      const { key } = await accounts().createKey(await accountOf(ctx, id), 'test', undefined)
      return caller(id, { authorization: `Bearer ${key}` })
    },
    db,
    app,
    url: database.url,
    dataDir,
    /** What the server wrote to its console; a test that expects no fault asserts that it is empty. */
    faults,
    installation,
    ctx,
    /** Runs `work` and tells how many SQL statements the product sent for it. */
    statements: async <T>(work: () => Promise<T>) => countStatements(work),
    /** Runs every waiting job now, in order, until none is left. */
    work: () => runJobs(installation.chores.pool, installation.chores.db, jobs),
    close: async () => {
      await installation.close()
      await drop()
    },
    /** What is left to do for a test that has closed the installation itself. */
    drop,
  }
}

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>

const contextOf = (db: Db, clock?: () => string): Ctx => ({
  db,
  actor: system,
  get now() {
    return clock?.() ?? new Date().toISOString()
  },
})

type Newcomer = Pick<
  InputOf<typeof contract.create>,
  'name' | 'department_id' | 'scope' | 'scope_departments' | 'post_id'
> & { role?: BuiltIn; roles?: string[] }

type Hire = (username: string, values: Newcomer) => Promise<Caller>

const hireCast = async (ctx: Ctx, hire: Hire) => {
  const top = await departments.create(ctx, { name: '知客测试公司', parent_id: null })
  const north = await departments.create(ctx, { name: '北区', parent_id: top.id })
  const south = await departments.create(ctx, { name: '南区', parent_id: top.id })
  const person = (username: string, name: string, role: BuiltIn, department_id: number) =>
    hire(username, { name, role, department_id })
  return {
    departments: { top: top.id, north: north.id, south: south.id },
    people: {
      root: await person('root', '管理员', 'administrator', top.id),
      mei: await person('mei', '梅主管', 'manager', top.id),
      ann: await person('ann', '安销售', 'staff', north.id),
      bob: await person('bob', '鲍读者', 'reader', north.id),
      eve: await person('eve', '叶销售', 'staff', south.id),
    } satisfies Record<CallerName, Caller>,
  }
}

const hired = async (ctx: Ctx, username: string, { role, roles, ...values }: Newcomer) => {
  const { id } = await people.create(ctx, {
    ...values,
    roles: roles ?? (role ? [role] : []),
    username,
    password: `${username}-password`,
  })
  return id
}

const accountOf = async (ctx: Ctx, id: number) => {
  const { auth_user_id } = await ctx.db
    .selectFrom('person')
    .select('auth_user_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return auth_user_id ?? ''
}

const texts = (query: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
