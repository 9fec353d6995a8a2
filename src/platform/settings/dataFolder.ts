import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { fileError, startError } from './startError.ts'

/** Makes the data folder when it is missing and proves that it can be written; refuses in plain words. */
export function prepareDataFolder(path: string) {
  try {
    fs.mkdirSync(path, { recursive: true })
    fs.readdirSync(path)
    fs.rmdirSync(fs.mkdtempSync(join(path, '.probe-')))
  } catch (error) {
    throw fileError(path, error)
  }
}

/**
 * The installation's secret, kept in the data folder with mode 0600 and made on first use
 * (32 random bytes, base64url). Losing it signs everybody out and makes encrypted fields unreadable,
 * so a damaged file is refused, never replaced.
 */
export function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  try {
    // An empty file is what a machine that lost power while creating it leaves behind.
    const kept = fs.existsSync(path) ? fs.readFileSync(path, 'utf8').trim() : ''
    if (kept === '') return makeSecret(path)
    if (fs.statSync(path).mode & 0o077) fs.chmodSync(path, 0o600)
    if (kept.length >= 32) return kept
  } catch (error) {
    throw fileError(path, error)
  }
  throw startError(
    `${path} 已损坏（不足 32 个字符）。请从备份恢复该文件；没有它，已加密的内容无法读取。`,
    `${path} is damaged (fewer than 32 characters). Restore it from a backup: encrypted content cannot be read without it.`,
  )
}

function makeSecret(path: string) {
  const secret = randomBytes(32).toString('base64url')
  fs.writeFileSync(path, `${secret}\n`, { mode: 0o600, flush: true })
  return secret
}
