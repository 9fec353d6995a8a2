import * as fs from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileError, isStartError } from '#platform/settings/startError.ts'
import { isRoot } from './account.ts'
import { clusterMark, databaseName, prepareCluster, superuser } from './cluster.ts'
import { folderTaken, readHolder, removeHolder, takeLock, writeHolder } from './lock.ts'
import { makeSocketFolder, settle } from './place.ts'
import { clearOrphans, type Launch } from './postmaster.ts'
import { supervise } from './supervise.ts'

export type PostgresOptions = {
  /** The data folder; the database lies in its `postgres` (or elsewhere, see place.ts). */
  dataDir: string
  log: (line: string) => void
  /** false only for tests: faster, may lose data in a power cut. */
  durable?: boolean
  /** Called when PostgreSQL ended by itself and could not be started again. */
  onLost?: (error: unknown) => void
}

export type Postgres = {
  /** `postgresql://…` to the database `zhike`; the path may be replaced to reach another one. */
  url: string
  version: string
  /** Fast shutdown, then the lock falls. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL for this process alone, making the cluster on first use and recovering
 * from whatever a killed predecessor left. Started again when it ends by itself. Refuses
 * (`isStartError`) in plain words: folder in use by a living Zhike, disk full, data of another version, …
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  const own = prepareOwn(dataDir)
  const lock = takeLock(own)
  if (!lock) throw folderTaken(dataDir, readHolder(own))
  try {
    removeHolder(own)
    return await start(options, own, lock.release)
  } catch (error) {
    lock.release()
    throw isStartError(error) ? error : fileError(own, error)
  }
}

/** As `startPostgres`, but shares the PostgreSQL of a living Zhike on the same folder: for commands. */
export async function joinPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  const own = prepareOwn(dataDir)
  // The holder may be starting: its first start takes a second or two.
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(50)) {
    const lock = takeLock(own)
    if (lock) {
      lock.release()
      return startPostgres(options)
    }
    const holder = readHolder(own)
    if (holder) return { url: holder.url, version: holder.version, stop: async () => {} }
  }
  throw folderTaken(dataDir, null)
}

function prepareOwn(dataDir: string) {
  const own = join(dataDir, 'postgres')
  try {
    fs.mkdirSync(own, { recursive: true })
    // PostgreSQL's user passes through it; what is private inside has modes of its own.
    if (isRoot()) fs.chmodSync(own, 0o711)
  } catch (error) {
    throw fileError(own, error)
  }
  return own
}

async function start(options: PostgresOptions, own: string, unlock: () => void): Promise<Postgres> {
  const { log, durable = true } = options
  const place = settle(own, log)
  if (!fs.existsSync(place.cluster))
    log('首次启动，正在建立数据库…… / First start: making the database …')
  const password = await prepareCluster(place, durable)
  const mark = clusterMark(place, password)
  await clearOrphans(place, mark, log)
  const windows = process.platform === 'win32'
  const socketFolder = windows ? '' : makeSocketFolder(place.account)
  const port = windows ? await freePort() : 5432
  const logPath = join(own, 'postgres.log')
  const plan: Launch = { place, mark, socketFolder, port, logPath, durable, log }
  const running = await supervise(plan, options.onLost ?? (() => {}))
  const at = `${superuser}:${password}@${windows ? '127.0.0.1' : 'localhost'}:${port}`
  const query = windows ? '' : `?host=${encodeURIComponent(socketFolder)}`
  const url = `postgresql://${at}/${databaseName}${query}`
  const { version } = place.binaries
  writeHolder(own, { pid: process.pid, url, version })
  let stopping: Promise<void> | null = null
  const stop = async () => {
    await running.stop()
    removeHolder(own)
    unlock()
  }
  return {
    url,
    version,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((done, fail) => {
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => done(port))
    })
  })
}
