import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { startError } from '#platform/settings/startError.ts'
import { giveTo, identity } from './account.ts'
import { program } from './binaries.ts'
import { explainFailure } from './explain.ts'
import type { Place } from './place.ts'

export const superuser = 'zhike'
export const databaseName = 'zhike'

/**
 * Makes the cluster when there is none (half a one, from a killed first start, is thrown away), and
 * checks that this PostgreSQL can read an existing one. Answers the superuser's password.
 */
export async function prepareCluster(place: Place, durable: boolean): Promise<string> {
  const password = keptPassword(place)
  if (!fs.existsSync(place.cluster)) {
    await makeCluster(place, password, durable)
    return password
  }
  refuseOtherMajor(place)
  // A backup restored by root, or with lax modes: PostgreSQL refuses both.
  if (place.account && fs.statSync(place.cluster).uid === 0) giveTo(place.account, place.cluster)
  if (fs.statSync(place.cluster).mode & 0o077) fs.chmodSync(place.cluster, 0o700)
  return password
}

/** The cluster's name in the process list: of this data at this path, on whatever machine. */
export const clusterMark = (place: Place, password: string) =>
  `zhike-${createHash('sha256').update(`${password}\n${place.cluster}`).digest('hex').slice(0, 12)}`

/** The superuser's password, made when there is no cluster yet. */
export function keptPassword(place: Place) {
  const path = join(place.folder, 'password')
  const kept = fs.existsSync(path) ? fs.readFileSync(path, 'utf8').trim() : ''
  if (kept !== '') return kept
  if (fs.existsSync(place.cluster)) {
    throw startError(
      `数据库密码文件 ${path} 不见了。请从备份恢复它，它应与数据库文件夹放在一起。`,
      `The database's password file ${path} is gone. Restore it from a backup; it belongs beside the database folder.`,
    )
  }
  const password = randomBytes(24).toString('base64url')
  fs.writeFileSync(path, `${password}\n`, { mode: 0o600, flush: true })
  return password
}

function refuseOtherMajor(place: Place) {
  const major = readMajor(place.cluster)
  if (major === place.binaries.major) return
  throw startError(
    `数据由 PostgreSQL ${major} 写成，而这个版本的知客内置 PostgreSQL ${place.binaries.major}，两者的文件不通用。请用原来的版本导出备份，再恢复到这个版本。`,
    `The data was written by PostgreSQL ${major}, and this Zhike brings PostgreSQL ${place.binaries.major}, which cannot read it. Make a backup with the old version and restore it here.`,
  )
}

/** A cluster appears whole, by one rename: one without its version was damaged, and is never replaced. */
function readMajor(cluster: string) {
  const path = join(cluster, 'PG_VERSION')
  if (fs.readdirSync(cluster).includes('PG_VERSION')) return fs.readFileSync(path, 'utf8').trim()
  throw startError(
    `数据库文件夹 ${cluster} 不完整（缺少 PG_VERSION）。请从备份恢复；若确定其中没有需要的数据，请删除该文件夹。`,
    `The database folder ${cluster} is incomplete (PG_VERSION is missing). Restore it from a backup; if it holds nothing you need, remove it.`,
  )
}

async function makeCluster(place: Place, password: string, durable: boolean) {
  const partial = `${place.cluster}.new`
  const passwordFile = join(place.folder, 'password.new')
  fs.rmSync(partial, { recursive: true, force: true })
  fs.mkdirSync(partial, { mode: 0o700 })
  giveTo(place.account, partial)
  fs.rmSync(passwordFile, { force: true })
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(place.account, passwordFile)
  try {
    await initialise(place, partial, passwordFile, durable)
    await run(place, 'postgres', ['--single', '-D', partial, 'template1'], createDatabase)
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
  fs.renameSync(partial, place.cluster)
  if (durable && process.platform !== 'win32') syncFolder(place.folder)
}

/** Without it a power cut could undo the rename after people have begun to work. */
function syncFolder(path: string) {
  const folder = fs.openSync(path, 'r')
  fs.fsyncSync(folder)
  fs.closeSync(folder)
}

const createDatabase = `create database ${databaseName}\n`

/** The locale of sorting and case is PostgreSQL's own; a system without C.UTF-8 gets C for the rest. */
async function initialise(place: Place, folder: string, passwordFile: string, durable: boolean) {
  const args = ['-D', folder, '-U', superuser, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256']
  args.push('-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  args.push('--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync']))
  try {
    await run(place, 'initdb', [...args, '--locale=C.UTF-8'])
  } catch (error) {
    if (!(error instanceof Error && /invalid locale/.test(error.message))) throw error
    await run(place, 'initdb', [...args, '--locale=C'])
  }
}

function run(place: Place, name: 'initdb' | 'postgres', args: string[], input = ''): Promise<void> {
  const file = program(place.binaries, name)
  const child = spawn(file, args, {
    ...identity(place.account),
    cwd: '/',
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return new Promise((done, fail) => {
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    child.stderr.on('data', (text) => {
      output += text
    })
    child.on('error', fail)
    child.on('close', (code) => {
      // The single-user server answers a refused statement with exit code 0.
      if (code === 0 && !/\b(ERROR|FATAL):/.test(output)) done()
      else fail(explainFailure(output.trim(), file))
    })
    // A program that gives up early closes its input; its output and exit code tell why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Nothing of the caller's `PG…` variables or language reaches PostgreSQL. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, SystemRoot } = process.env
  return {
    PATH,
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(TMPDIR && { TMPDIR }),
    ...(SystemRoot && { SystemRoot }),
  }
}
