import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identity } from './account.ts'
import { program } from './binaries.ts'
import { environment } from './cluster.ts'
import { explainFailure, logSince } from './explain.ts'
import { type Place, removeSocketFolder } from './place.ts'
import { postgresProcesses, send, waitForEnd } from './processes.ts'

export type Launch = {
  place: Place
  mark: string
  /** The socket's folder; on Windows, where there is none, '' and a port on 127.0.0.1. */
  socketFolder: string
  port: number
  logPath: string
  /** false: a throw-away database that need not survive a power cut. */
  durable: boolean
  log: (line: string) => void
}

const windows = process.platform === 'win32'

/** Starts the postmaster and waits until it takes connections, however long its recovery needs. */
export async function launch(options: Launch): Promise<ChildProcess> {
  const { place, logPath } = options
  rotate(logPath)
  const out = fs.openSync(logPath, 'a', 0o600)
  const offset = fs.fstatSync(out).size
  const child = spawn(program(place.binaries, 'postgres'), serverArguments(options), {
    ...identity(place.account),
    cwd: '/',
    env: environment(),
    // A group of its own keeps Ctrl-C away from it; a throw-away one shall end with its run.
    detached: options.durable,
    // A file, not a pipe: PostgreSQL may outlive this process.
    stdio: ['ignore', out, out],
    windowsHide: true,
  })
  fs.closeSync(out)
  const failed = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('exit', () => fail(explainFailure(logSince(logPath, offset), logPath)))
  })
  await Promise.race([failed, untilReady(options, child)])
  failed.catch(() => {})
  return child
}

async function untilReady({ place, log }: Launch, child: ChildProcess) {
  const began = Date.now()
  let told = 0
  while (child.exitCode === null && child.signalCode === null) {
    const { pid, status } = readPidFile(place.cluster)
    if (pid === child.pid && status === 'ready') return
    const seconds = Math.floor((Date.now() - began) / 10_000) * 10
    if (seconds > told) {
      told = seconds
      log(`数据库正在恢复，已 ${seconds} 秒…… / The database is recovering, ${seconds} s so far …`)
    }
    await sleep(10)
  }
}

/** The lines of postmaster.pid that matter here (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_…). */
function readPidFile(cluster: string) {
  const path = join(cluster, 'postmaster.pid')
  const lines = fs.existsSync(path) ? fs.readFileSync(path, 'utf8').split('\n') : []
  const [pid, , , , socketFolder = '', , , status = ''] = lines
  return { pid: Number(pid ?? 0), socketFolder, status: status.trim() }
}

function serverArguments({ place, mark, socketFolder, port, durable }: Launch) {
  const megabytes = totalmem() / 2 ** 20
  const sharedBuffers = Math.round(Math.min(256, Math.max(32, megabytes / 8)))
  const settings = {
    cluster_name: mark,
    port,
    listen_addresses: windows ? '127.0.0.1' : '',
    ...(windows ? {} : { unix_socket_directories: socketFolder, unix_socket_permissions: '0700' }),
    max_connections: 200,
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.round(megabytes / 2)}MB`,
    work_mem: megabytes < 4000 ? '8MB' : '16MB',
    maintenance_work_mem: megabytes < 4000 ? '64MB' : '128MB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // ERROR lines quote the values of a row, which are personal data; the server reports them itself.
    log_min_messages: 'log',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: 0,
        }),
  }
  const pairs = Object.entries(settings).map(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', place.cluster, ...pairs.flat()]
}

/** Fast shutdown: running transactions are rolled back, everything committed is checkpointed. */
export async function shutDown({ place, mark, log }: Launch, child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  signalFast(place, child.pid)
  const patient = setTimeout(() => {
    log('数据库停止较慢，正在强制结束…… / The database is slow to stop; forcing it …')
    for (const pid of postgresProcesses(mark)) send(pid, 'SIGQUIT')
  }, 60_000)
  await gone
  clearTimeout(patient)
}

/** Windows has no signals; pg_ctl speaks PostgreSQL's own way there. */
function signalFast(place: Place, pid: number) {
  if (!windows) return send(pid, 'SIGINT')
  const args = ['stop', '-D', place.cluster, '-m', 'fast', '-W']
  spawnSync(program(place.binaries, 'pg_ctl'), args, { stdio: 'ignore' })
}

/**
 * Ends what a killed Zhike left running on this cluster and removes its lock files. Only called by the
 * holder of the data folder's lock, so nobody uses that PostgreSQL any more; stopping it is safer than
 * adopting it, for it may be half dead or have other settings. A process counts as ours only by the
 * cluster's mark in its command line, so a reused pid is never touched.
 */
export async function clearOrphans(place: Place, mark: string, log: (line: string) => void) {
  const { pid, socketFolder } = readPidFile(place.cluster)
  const orphans = postgresProcesses(mark)
  if (orphans.length > 0) {
    log('正在停止上次遗留的数据库…… / Stopping the database that was left running …')
    if (orphans.includes(pid)) signalFast(place, pid)
    // Without a postmaster its children end by themselves, unless they are deep in a computation.
    const ended = await waitForEnd(mark, orphans.includes(pid) ? 60_000 : 2_000)
    if (!ended) for (const rest of postgresProcesses(mark)) send(rest, 'SIGQUIT')
    if (!ended && !(await waitForEnd(mark, 5_000))) {
      for (const rest of postgresProcesses(mark)) send(rest, 'SIGKILL')
      await waitForEnd(mark, 5_000)
    }
  }
  if (socketFolder) removeSocketFolder(socketFolder)
  // PostgreSQL refuses to start when the pid in it lives, whoever that is by now.
  const strangers = pid > 0 ? postgresProcesses(place.cluster) : []
  if (!strangers.includes(pid)) fs.rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
}

/** One older generation is kept; 10 MB are months of start and stop lines. */
function rotate(path: string) {
  fs.mkdirSync(dirname(path), { recursive: true })
  if (fs.existsSync(path) && fs.statSync(path).size > 10e6) fs.renameSync(path, `${path}.1`)
}
