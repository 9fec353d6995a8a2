import * as fs from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileError, startError } from '#platform/settings/startError.ts'

// SQLite's primary result codes (sqlite.org/rescode.html) as the system's codes that people know.
const busy = 5
const systemCodes: Record<number, string> = { 8: 'EROFS', 13: 'ENOSPC', 14: 'EACCES' }

/** Which process holds a data folder, for words and for those who want to join it. */
export type Holder = { pid: number; url: string; version: string }

/**
 * Takes the data folder for this process; null when another living process has it. The lock is the
 * kernel's, on a file that SQLite opens: it falls with its process, so that neither `kill -9` nor a
 * reboot with a reused pid leaves one behind, and it holds between containers, who do not see each
 * other's pids. Nobody may open that file in another way: closing it would drop the lock (POSIX).
 */
export function takeLock(own: string): { release(): void } | null {
  const path = join(own, 'lock')
  const database = openLock(path)
  try {
    database.exec('pragma journal_mode = off; begin exclusive')
  } catch (error) {
    database.close()
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
    if (code === busy) return null
    throw fileError(path, Object.assign(new Error(String(error)), { code: systemCodes[code] }))
  }
  return { release: () => database.close() }
}

function openLock(path: string) {
  try {
    // Opened by hand first: SQLite's own error does not say why it cannot.
    if (!fs.existsSync(path)) fs.writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
    fs.accessSync(path, fs.constants.R_OK | fs.constants.W_OK)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw fileError(path, error)
    }
  }
  return new DatabaseSync(path, { timeout: 0 })
}

export const writeHolder = (own: string, holder: Holder) =>
  fs.writeFileSync(join(own, 'running.json'), JSON.stringify(holder), { mode: 0o600 })

export const removeHolder = (own: string) => fs.rmSync(join(own, 'running.json'), { force: true })

/** null while the holder is still starting. */
export function readHolder(own: string): Holder | null {
  const path = join(own, 'running.json')
  if (!fs.existsSync(path)) return null
  try {
    const content: unknown = JSON.parse(fs.readFileSync(path, 'utf8'))
    if (typeof content !== 'object' || content === null) return null
    if (!('pid' in content && 'url' in content && 'version' in content)) return null
    const { pid, url, version } = content
    return { pid: Number(pid), url: String(url), version: String(version) }
  } catch {
    // Half written: the holder is just starting.
    return null
  }
}

export function folderTaken(dataDir: string, holder: Holder | null) {
  const [zh, en] = holder ? [`（进程号 ${holder.pid}）`, ` (process ${holder.pid})`] : ['', '']
  return startError(
    `数据文件夹 ${dataDir} 正由另一个知客使用${zh}。请先停止它，或用 DATA_DIR 另选一个文件夹。`,
    `Another Zhike${en} is using the data folder ${dataDir}. Stop it first, or choose another folder with DATA_DIR.`,
  )
}
