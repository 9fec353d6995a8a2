import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startError } from '#platform/settings/startError.ts'
import { type Account, canEnter, canRun, giveTo, unprivilegedAccount } from './account.ts'
import { type Binaries, copyBinaries, installedBinaries, program } from './binaries.ts'

/** Where the parts of one embedded database lie and who runs it. */
export type Place = {
  /** Holds `cluster` and `password`. */
  folder: string
  cluster: string
  binaries: Binaries
  /** null: this process's own user. */
  account: Account | null
}

// Root's home is closed (0700) to the user that PostgreSQL runs as; this folder is not.
const shared = '/var/lib/zhike'

/**
 * Decides where PostgreSQL and its data lie: in node_modules and in `own` (a folder inside the data
 * folder), unless the unprivileged user cannot get there; then under /var/lib/zhike, with a note `place`
 * in `own` that says where. Tells the log when it is not the usual place.
 */
export function settle(own: string, log: (line: string) => void): Place {
  const note = join(own, 'place')
  const noted = notedFolder(note) ?? own
  const account = unprivilegedAccount(join(noted, 'cluster'))
  const installed = installedBinaries()
  const runs = account === null || canRun(program(installed, 'postgres'), account)
  const binaries = runs ? installed : copyFor(account, installed)
  const folder = canEnter(noted, account) ? noted : moveOut(own, noted, note)
  if (account && (!runs || folder !== own)) {
    log(
      `以 root 启动：数据库由用户 ${account.name} 运行，它进不了当前文件夹；程序在 ${binaries.home}，数据在 ${folder}。` +
        ` / Running as root: the database runs as ${account.name}, who cannot enter this folder; its programs are in ${binaries.home}, its data in ${folder}.`,
    )
  }
  return { folder, cluster: join(folder, 'cluster'), binaries, account }
}

/** Where an existing database lies, or null when there is none; starts and makes nothing. */
export function existingPlace(own: string): Place | null {
  const folder = notedFolder(join(own, 'place')) ?? own
  const cluster = join(folder, 'cluster')
  if (!fs.existsSync(cluster)) return null
  return { folder, cluster, binaries: installedBinaries(), account: unprivilegedAccount(cluster) }
}

function notedFolder(note: string) {
  if (!fs.existsSync(note)) return null
  const folder = fs.readFileSync(note, 'utf8').trim()
  if (fs.existsSync(folder)) return folder
  throw startError(
    `数据库原来放在 ${folder}，现在不见了。请把它恢复到原处；若确定放弃原有数据，请删除 ${note}。`,
    `The database used to lie in ${folder}, which is gone. Put it back; to give up the old data, remove ${note}.`,
  )
}

function copyFor(account: Account, installed: Binaries) {
  if (canRun(program(installed, 'postgres'), null)) {
    const copied = copyBinaries(installed, openShared())
    if (canRun(program(copied, 'postgres'), account)) return copied
  }
  throw startError(
    `内置的 PostgreSQL 无法运行（${program(installed, 'postgres')}）。请删除 node_modules 后重新执行 npm start。`,
    `The embedded PostgreSQL does not run (${program(installed, 'postgres')}). Remove node_modules and run npm start again.`,
  )
}

/** A name of its own each time: a new installation at the path of a removed one must not find its data. */
function moveOut(own: string, noted: string, note: string) {
  if (fs.existsSync(join(noted, 'cluster'))) {
    throw startError(
      `数据库用户进不了 ${noted}。请放开该路径上各级文件夹的进入权限（chmod o+x）后重试。`,
      `The database's user cannot enter ${noted}. Allow others to pass through the folders on that path (chmod o+x) and try again.`,
    )
  }
  const hash = createHash('sha256').update(own).digest('hex').slice(0, 12)
  const folder = fs.mkdtempSync(join(openShared(), `${hash}-`))
  fs.chmodSync(folder, 0o711)
  fs.writeFileSync(note, `${folder}\n`)
  return folder
}

function openShared() {
  fs.mkdirSync(shared, { recursive: true })
  fs.chmodSync(shared, 0o755)
  return shared
}

const socketPrefix = 'zhike-pg-'

/**
 * A new private folder for the socket, which only PostgreSQL's user and root can enter. Short, because
 * a socket's path over 107 bytes (103 on macOS) is fatal.
 */
export function makeSocketFolder(account: Account | null): string {
  const candidates = [tmpdir(), '/tmp', '/var/tmp'].filter((path) => path.length <= 60)
  const parent = candidates.find((path) => fs.existsSync(path) && canEnter(path, account))
  const folder = fs.mkdtempSync(join(parent ?? '/tmp', socketPrefix))
  giveTo(account, folder)
  return folder
}

/** Makes the same folder again after it was removed. */
export function remakeSocketFolder(folder: string, account: Account | null) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  giveTo(account, folder)
}

/** Removes a folder that `makeSocketFolder` made, and nothing else. */
export function removeSocketFolder(folder: string) {
  if (folder.includes(`/${socketPrefix}`)) fs.rmSync(folder, { recursive: true, force: true })
}
