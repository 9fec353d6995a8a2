import { sql } from 'kysely'
import { actorOf } from '#access/holders/queries.ts'
import { type Ctx, system } from '#platform/database/ctx.ts'
import { joinPostgres } from '#platform/postgres/embedded.ts'
import { checkServer } from '#platform/postgres/external.ts'
import { readSettings, type Settings } from '#platform/settings/settings.ts'
import { startError } from '#platform/settings/startError.ts'
import { say } from './console.ts'
import { type Installation, openInstallation } from './installation.ts'

export type Workplace = {
  installation: Installation
  settings: Settings
  /** Runs `work` in a transaction, as the product itself or as a person. */
  within: <T>(work: (ctx: Ctx) => Promise<T>, as?: string) => Promise<T>
}

/** Opens the installation for one command, beside a running server or alone, and closes it again. */
export const withInstallation = async <T>(work: (place: Workplace) => Promise<T>): Promise<T> => {
  const settings = readSettings()
  const embedded = settings.databaseUrl === ''
  const postgres = embedded
    ? await joinPostgres({ dataDir: settings.dataDir, log: say })
    : undefined
  if (!postgres) await checkServer(settings.databaseUrl)
  try {
    const url = postgres?.url ?? settings.databaseUrl
    const installation = await openInstallation({ ...settings, url, log: say })
    const { db } = installation.chores
    try {
      return await work({
        installation,
        settings,
        within: (inside, as) =>
          db.transaction().execute(async (tx) => {
            const actor = as === undefined ? system : await personNamed(tx, as)
            return inside({ db: tx, actor, now: new Date().toISOString() })
          }),
      })
    } finally {
      await installation.close()
    }
  } finally {
    await postgres?.stop()
  }
}

/** The person a command acts as: by username, else the first administrator. */
const personNamed = async (db: Ctx['db'], username: string) => {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('active', '=', true)
    .where((where) =>
      username === ''
        ? sql<boolean>`'administrator' = any(roles)`
        : where(where.fn('lower', ['username']), '=', username.toLowerCase()),
    )
    .orderBy('id')
    .executeTakeFirst()
  const actor = row && (await actorOf({ db, now: new Date().toISOString() }, row))
  if (actor) return actor
  throw username === ''
    ? startError(
        '还没有管理员，请先启动并完成初始设置。',
        'There is no administrator yet; start and set up first.',
      )
    : startError(`没有在用的账号“${username}”。`, `There is no active account "${username}".`)
}
