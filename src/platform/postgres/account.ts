import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { startError } from '#platform/settings/startError.ts'

/** The user that PostgreSQL runs as when Zhike itself runs as root, which PostgreSQL refuses to be. */
export type Account = { uid: number; gid: number; name: string }

export const isRoot = () => process.getuid?.() === 0

/**
 * The unprivileged user to run PostgreSQL as: the owner of an existing cluster, else `postgres`, else
 * `nobody` (initdb wants a user with a passwd entry). null when this process is not root.
 */
export function unprivilegedAccount(cluster: string): Account | null {
  if (!isRoot()) return null
  const owner = fs.existsSync(cluster) ? fs.statSync(cluster).uid : 0
  if (owner !== 0) return accountOf(String(owner)) ?? { uid: owner, gid: owner, name: `${owner}` }
  const account = accountOf('postgres') ?? accountOf('nobody')
  if (account) return account
  throw startError(
    'PostgreSQL 不能以 root 运行，而系统里没有 postgres 或 nobody 用户。请执行 useradd --system postgres 后重试，或以普通用户启动。',
    'PostgreSQL refuses to run as root, and this system has neither a user postgres nor nobody. Run useradd --system postgres and try again, or start as an ordinary user.',
  )
}

function accountOf(user: string): Account | null {
  const uid = spawnSync('id', ['-u', user], { encoding: 'utf8' })
  const gid = spawnSync('id', ['-g', user], { encoding: 'utf8' })
  const name = spawnSync('id', ['-un', user], { encoding: 'utf8' })
  if (uid.status !== 0 || gid.status !== 0 || Number(uid.stdout) === 0) return null
  return { uid: Number(uid.stdout), gid: Number(gid.stdout), name: (name.stdout || user).trim() }
}

/** Whether `account` can enter `folder`; always true without an account. */
export function canEnter(folder: string, account: Account | null) {
  if (!account) return true
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...identity(account),
    cwd: '/',
    stdio: 'ignore',
  })
  return status === 0
}

/** Whether `account` can run `file`: path, mount and libraries at once; without an account, this process. */
export function canRun(file: string, account: Account | null) {
  const options = { ...identity(account), cwd: '/', stdio: 'ignore' } as const
  return spawnSync(file, ['--version'], options).status === 0
}

/** The part of spawn's options that changes the user. */
export const identity = (account: Account | null) =>
  account ? { uid: account.uid, gid: account.gid } : {}

/** Gives a file or folder, with all in it, to the account; nothing without one. */
export function giveTo(account: Account | null, path: string) {
  if (!account) return
  fs.lchownSync(path, account.uid, account.gid)
  if (!fs.lstatSync(path).isDirectory()) return
  for (const name of fs.readdirSync(path)) giveTo(account, join(path, name))
}
