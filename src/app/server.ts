import * as setup from '#access/setup/commands.ts'
import { administered } from '#access/setup/queries.ts'
import { system } from '#platform/database/ctx.ts'
import { startPostgres } from '#platform/postgres/embedded.ts'
import { checkServer } from '#platform/postgres/external.ts'
import { readSettings, type Settings } from '#platform/settings/settings.ts'
import { orderly, say, sayAndStop } from './console.ts'
import { type Installation, openInstallation } from './installation.ts'

/** `npm start`: settings, database, schema, door; one line says the address. */
const main = async () => {
  const settings = readSettings()
  for (const warning of settings.warnings) say(warning)
  const postgres =
    settings.databaseUrl === ''
      ? await startPostgres({ dataDir: settings.dataDir, log: say, onLost: sayAndStop })
      : undefined
  if (!postgres) await checkServer(settings.databaseUrl)
  const url = postgres?.url ?? settings.databaseUrl
  const stop: { installation?: Installation } = {}
  orderly(async () => {
    await stop.installation?.close()
    await postgres?.stop()
  })
  stop.installation = await openInstallation({ ...settings, url, log: say })
  await listen(stop.installation, settings)
  await stop.installation.startWork()
  await prepare(stop.installation, settings)
}

const listen = async ({ app }: Installation, { host, port: wanted, publicUrl }: Settings) => {
  await app.listen({ host, port: wanted })
  // PORT=0 takes any free one.
  const bound = app.server.address()
  const port = typeof bound === 'object' ? (bound?.port ?? wanted) : wanted
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  say(`知客已就绪 → ${publicUrl || `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`}`)
}

/** Sets up unattended when the environment says how, else offers the page with a one-time code. */
const prepare = async ({ database }: Installation, settings: Settings) => {
  const { db } = database
  if (await administered({ db })) return
  if (settings.adminUsername === '') {
    setup.offerSetup((code) => say(`首次使用：打开上面的地址，填入一次性口令 ${code}`))
    return
  }
  const made = await db.transaction().execute((tx) =>
    setup.unattended(
      { db: tx, actor: system, now: new Date().toISOString() },
      {
        organisation: settings.template === 'auto-dealer' ? '知客汽车' : '知客',
        name: settings.adminUsername,
        username: settings.adminUsername,
        password: settings.adminPassword,
        template: settings.template,
        demo: settings.demo,
      },
    ),
  )
  // Another server on this database may have been faster.
  if (made) say(`已建立管理员 ${settings.adminUsername}`)
}

main().catch(sayAndStop)
