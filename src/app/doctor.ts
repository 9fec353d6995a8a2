import { access, constants, statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { knowSecret } from '#platform/encryption/secret.ts'
import { verify } from '#platform/events/seal.ts'
import { storage } from '#platform/files/storage.ts'
import type { Workplace } from './cliInstallation.ts'
import { say } from './console.ts'
import { otherSecret } from './installation.ts'

/** One look at one thing: undefined when it is well, else what is wrong and what to do. */
type Check = { name: string; look: (place: Workplace) => Promise<{ fine: boolean; words: string }> }

/** Looks at everything an installation stands on, says each in a line, and ends with 1 when one is ill. */
export const doctor = async (place: Workplace) => {
  for (const { name, look } of checks) {
    const { fine, words } = await look(place).catch((error: Error) => ({
      fine: false,
      words: error.message,
    }))
    say(`${fine ? '✓' : '✗'} ${name}：${words}`)
    if (!fine) process.exitCode = 1
  }
}

const gigabyte = 1024 ** 3
const least = 1

const checks: readonly Check[] = [
  {
    name: '数据文件夹',
    look: async ({ settings }) => {
      await access(settings.dataDir, constants.R_OK | constants.W_OK)
      return { fine: true, words: settings.dataDir }
    },
  },
  {
    name: '磁盘空间',
    look: async ({ settings }) => {
      const { bavail, bsize } = await statfs(settings.dataDir)
      const free = (bavail * bsize) / gigabyte
      const words = `剩余 ${free.toFixed(1)} GB`
      return {
        fine: free > least,
        words: free > least ? words : `${words}，请清理或换到更大的磁盘`,
      }
    },
  },
  {
    name: '数据库',
    look: async ({ installation }) => {
      const { rows } = await sql<{ version: string; size: string }>`
        select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`.execute(
        installation.chores.db,
      )
      return { fine: true, words: `PostgreSQL ${rows[0]?.version}，${rows[0]?.size}` }
    },
  },
  {
    name: '事件链',
    look: async ({ installation }) => {
      const { sealed, broken } = await verify(installation.chores.db)
      return broken
        ? {
            fine: false,
            words: `在第 ${broken.position} 条断开（${broken.reason}），有人改动过历史，请用备份核对`,
          }
        : { fine: true, words: `${sealed} 条，完整` }
    },
  },
  {
    name: '加密',
    look: async ({ installation }) => {
      const same = await knowSecret(installation.chores)
      return { fine: same, words: same ? '密钥与数据库相符' : otherSecret }
    },
  },
  {
    name: '后台任务',
    look: async ({ installation }) => {
      const { rows } = await sql<{ failed: number; waiting: number }>`select
          count(*) filter (where attempts >= max_attempts and last_error is not null) as failed,
          count(*) filter (where attempts < max_attempts) as waiting from graphile_worker.jobs`.execute(
        installation.chores.db,
      )
      const { failed = 0, waiting = 0 } = rows[0] ?? {}
      return {
        fine: failed === 0,
        words: failed === 0 ? `等待 ${waiting} 个` : `${failed} 个屡次失败，请查看服务器输出`,
      }
    },
  },
  {
    name: '文件',
    look: async ({ installation }) => {
      const { rows } = await sql<{
        sha256: string
      }>`select distinct sha256 from file where deleted_at is null`.execute(installation.chores.db)
      const lost: string[] = []
      for (const { sha256 } of rows)
        await access(storage().path(sha256)).catch(() => lost.push(sha256))
      return {
        fine: lost.length === 0,
        words:
          lost.length === 0
            ? `${rows.length} 个，齐全`
            : `缺 ${lost.length} 个，请从备份恢复数据文件夹下的 files`,
      }
    },
  },
]
