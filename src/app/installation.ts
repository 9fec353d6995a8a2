import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'
import { callerOf } from '#access/holders/queries.ts'
import { accountFor } from '#access/sessions/commands.ts'
import { openAccounts } from '#platform/accounts/accounts.ts'
import { setAccounts } from '#platform/accounts/current.ts'
import type { Claims } from '#platform/accounts/provider.ts'
import { load as loadFields } from '#platform/customFields/queries.ts'
import { system } from '#platform/database/ctx.ts'
import { type Database, openDatabase, requestLimits } from '#platform/database/database.ts'
import { migrate } from '#platform/database/migrate.ts'
import { headersOf, openDoor } from '#platform/door/door.ts'
import { openApi } from '#platform/door/openapi.ts'
import { setEncryptionSecret } from '#platform/encryption/encryption.ts'
import { knowSecret } from '#platform/encryption/secret.ts'
import { AppError } from '#platform/errors/error.ts'
import { ensurePartitions } from '#platform/events/events.ts'
import { seal } from '#platform/events/seal.ts'
import { receive } from '#platform/files/commands.ts'
import { openStorage, setStorage } from '#platform/files/storage.ts'
import { prepareJobs, startJobs } from '#platform/jobs/jobs.ts'
import { setCursorSecret } from '#platform/lists/cursor.ts'
import { stopFollowing } from '#platform/live/follow.ts'
import { mayName } from '#platform/records/known.ts'
import { searchAgainIfEmpty } from '#platform/records/searchAgain.ts'
import type { Settings } from '#platform/settings/settings.ts'
import { startUpgrades } from '#platform/upgrades/jobs.ts'
import { endRequests } from './closing.ts'
import { answerError } from './errors.ts'
import { jobs, openHouse, services } from './house.ts'
import { watchOutage } from './outage.ts'
import { serveWeb } from './pages.ts'

export type Installation = {
  app: FastifyInstance
  database: Database
  /** The same database for jobs and commands, whose statements may take longer. */
  chores: Database
  /** Works off jobs and seals events until closed. */
  startWork: () => Promise<void>
  /** Takes no more jobs, lets running requests and jobs finish, then closes the database. */
  close: () => Promise<void>
}

type Options = Pick<Settings, 'secret' | 'publicUrl' | 'trustProxy' | 'maxUploadMb' | 'dataDir'> & {
  url: string
  log: (line: string) => void
  oidc?: Settings['oidc']
  clock?: () => string
}

/** Opens everything on one database: schema, accounts, files, the door and the web pages. */
export const openInstallation = async (options: Options): Promise<Installation> => {
  const { url, secret, publicUrl, log } = options
  const outage = watchOutage(log, () => pool.query('select 1'))
  const { onError } = outage
  const database = openDatabase(url, { onError, limits: requestLimits })
  const { db, pool } = database
  const chores = openDatabase(url, { onError, max: 8 })
  const snapshots = openDatabase(url, { onError, max: 4 })
  await migrate(chores.pool)
  await prepareJobs(chores.pool)
  openHouse()
  setCursorSecret(secret)
  setEncryptionSecret(secret)
  setStorage(await openStorage(`${options.dataDir}/files`), options.maxUploadMb * 1024 * 1024)
  const clock = options.clock ?? (() => new Date().toISOString())
  const { oidc } = options
  const provider = oidc && {
    ...oidc,
    accountFor: (claims: Claims) =>
      db
        .transaction()
        .execute((tx) => accountFor({ db: tx, actor: system, now: clock() }, claims, oidc.create)),
  }
  const accounts = openAccounts({ url, secret, publicUrl, provider, onError })
  setAccounts(accounts)
  await ensurePartitions({ db, now: clock() })
  await loadFields({ db })
  // Before anybody can write: one new document would hide that those of older records are missing.
  if (await searchAgainIfEmpty(chores.db)) log('搜索索引正在后台重建，完成之前搜索结果可能不全')
  if (!(await knowSecret({ db }))) log(otherSecret)

  const onFailure = answerError(log)
  const app = fastify({
    // An address that cannot even be read is refused before any handler of errors.
    frameworkErrors: (error, request, reply) => void onFailure(error, request, reply),
    trustProxy: options.trustProxy,
    bodyLimit: 1024 * 1024,
    // A request that is still arriving then only holds a line; uploads over slow ones take minutes.
    requestTimeout: 10 * 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  })
  await app.register(helmet, {
    contentSecurityPolicy: { directives: policy, useDefaults: false },
    hsts: publicUrl.startsWith('https:'),
  })
  await app.register(compress, { encodings: ['gzip'], threshold: 1024 })
  app.setErrorHandler(onFailure)
  openDoor(app, services, {
    db,
    snapshots: snapshots.db,
    receive,
    clock,
    freshen: () => loadFields({ db }),
    authenticate: (caller) => callerOf({ db, now: clock() }, caller.headers),
    trustsOrigin: (origin, caller) => origin === caller.origin || origin === publicUrl,
  })
  // What the firm added is told to whom it may be known, and to nobody who is not signed in.
  app.get('/api/openapi.json', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const actor = (await callerOf({ db, now: clock() }, headersOf(request)))?.actor
    return openApi(services, '/api', ({ entity, name, field }) =>
      actor ? !mayName({ actor }, entity, name, field) : field.custom === true,
    )
  })
  app.get('/health/live', () => ({ live: true }))
  app.get('/health/ready', async () => {
    await pool.query('select 1').catch(() => {
      throw new AppError('unavailable', 'database_away')
    })
    return { ready: true }
  })
  await serveWeb(app)

  const work: { jobs?: Stoppable; seals?: Stoppable } = {}
  return {
    app,
    database,
    chores,
    startWork: async () => {
      await startUpgrades({ db: chores.db })
      work.jobs = await startJobs(chores.pool, chores.db, jobs, {
        onError: (name, error) =>
          log(`任务 ${name} 未完成：${error instanceof Error ? error.message : error}`),
      })
      // Another server may have changed the fields, and this one learns of its own change here too.
      work.seals = sealing(async () => {
        await seal(chores.db, clock())
        await loadFields({ db: chores.db })
      }, log)
    },
    close: async () => {
      stopFollowing(db)
      // No new job from here on; what requests and jobs still write is sealed before the end.
      await Promise.all([work.jobs?.stop(), endRequests(app)])
      await work.seals?.stop()
      outage.stop()
      await accounts.close()
      await snapshots.close()
      await chores.close()
      await database.close()
    },
  }
}

/** What an administrator is told who started with another secret. */
export const otherSecret =
  'ZHIKE_SECRET 与加密这个数据库时的不同：身份证号、银行账号读不出来，也暂不接受新的；数据没有改动。请恢复原来的 ZHIKE_SECRET（环境变量，或数据文件夹里的 secret 文件）后重启；确已丢失时运行 npm run zhike -- secret accept --lost'

type Stoppable = { stop: () => Promise<void> }

const sealEvery = 500

/** Seals what was committed, again and again; a failure is said once and tried again. */
const sealing = (run: () => Promise<unknown>, log: (line: string) => void) => {
  let stopped = false
  let failed = false
  const loop = async () => {
    while (!stopped) {
      await run().then(
        () => {
          failed = false
        },
        (error: Error) => {
          if (!failed) log(`事件封存暂时失败：${error.message}`)
          failed = true
        },
      )
      await pause.wait()
    }
  }
  const pause = interruptible(sealEvery)
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      pause.end()
      await running
      await run().catch(() => undefined)
    },
  }
}

const interruptible = (milliseconds: number) => {
  let wake: () => void = () => undefined
  return {
    wait: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    end: () => wake(),
  }
}

// antd writes its styles into the page; scripts come from this server alone.
const policy = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
}
