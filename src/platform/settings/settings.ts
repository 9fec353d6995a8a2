import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { passwordBounds, usernameBounds } from './accountBounds.ts'
import { keptSecret, prepareDataFolder } from './dataFolder.ts'
import { nearest } from './nearest.ts'
import { type Oidc, readOidc } from './oidc.ts'
import type { Reader } from './reader.ts'
import { isStartError, startError } from './startError.ts'

export const templates = ['general', 'auto-dealer'] as const
export type Template = (typeof templates)[number]

export type Settings = {
  port: number
  host: string
  /** Absolute; exists and can be written. */
  dataDir: string
  /** '' = the embedded database. */
  databaseUrl: string
  secret: string
  /** Origin without a trailing slash, '' when not given. */
  publicUrl: string
  trustProxy: boolean | string[]
  maxUploadMb: number
  /** '' when not given; never one without the other. */
  adminUsername: string
  adminPassword: string
  template: Template
  demo: boolean
  /** An OpenID Connect provider to sign in with; undefined when none is given. */
  oidc: Oidc | undefined
  /** Worth saying at start, not worth refusing. */
  warnings: string[]
}

const names = [
  'ZHIKE_SECRET',
  'ZHIKE_ADMIN_USERNAME',
  'ZHIKE_ADMIN_PASSWORD',
  'ZHIKE_TEMPLATE',
  'ZHIKE_DEMO',
]
const proxyWords = ['loopback', 'linklocal', 'uniquelocal']

type Env = Record<string, string | undefined>
type Problem = { zh: string; en: string }

/**
 * The settings from the environment, with the data folder made and the secret kept there.
 * Refuses (`isStartError`) naming every wrong variable at once, with its value (secrets excepted)
 * and the remedy.
 */
export function readSettings(env: Env = process.env, cwd: string = process.cwd()): Settings {
  const problems: Problem[] = []
  const at = (name: string, secret = false): Reader => {
    const value = (env[name] ?? '').trim()
    const shown = secret || value === '' ? name : `${name}=${value}`
    return {
      value,
      bad: (zh, en) => problems.push({ zh: `${shown}：${zh}`, en: `${shown}: ${en}` }),
    }
  }
  const adminUsername = readUsername(at('ZHIKE_ADMIN_USERNAME'))
  const adminPassword = readPassword(at('ZHIKE_ADMIN_PASSWORD', true))
  refuseHalfAdmin(adminUsername, adminPassword, at)
  const dataDir = readDataDir(at('DATA_DIR').value, cwd, problems)
  const settings: Settings = {
    port: readWhole(at('PORT'), 3210, 0, 65535),
    host: readHost(at('HOST')),
    dataDir,
    databaseUrl: readDatabaseUrl(at('DATABASE_URL', true)),
    secret: readSecret(at('ZHIKE_SECRET', true), dataDir, problems),
    publicUrl: readPublicUrl(at('PUBLIC_URL')),
    trustProxy: readTrustProxy(at('TRUST_PROXY')),
    maxUploadMb: readWhole(at('MAX_UPLOAD_MB'), 50, 1, 10240),
    adminUsername,
    adminPassword,
    template: readTemplate(at('ZHIKE_TEMPLATE')),
    demo: readDemo(at('ZHIKE_DEMO')),
    oidc: readOidc(at),
    warnings: unknownNames(env),
  }
  if (problems.length > 0) throw refusal(problems)
  return settings
}

function refusal(problems: Problem[]) {
  const zh = problems.map((problem) => `\n  · ${problem.zh}`).join('')
  const en = problems.map((problem) => `\n  · ${problem.en}`).join('')
  const count = problems.length
  return startError(
    `设置有 ${count} 处需要修改：${zh}`,
    `${count} ${count === 1 ? 'setting needs' : 'settings need'} a change:${en}`,
  )
}

function readWhole({ value, bad }: Reader, normal: number, min: number, max: number) {
  if (value === '') return normal
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= min && number <= max) return number
  bad(
    `应为 ${min} 到 ${max} 之间的整数，例如 ${normal}`,
    `must be a whole number from ${min} to ${max}, such as ${normal}`,
  )
  return normal
}

function readHost({ value, bad }: Reader) {
  if (value === '') return '127.0.0.1'
  if (isIP(value) > 0 || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d-]+)*$/i.test(value)) return value
  bad(
    '应为 IP 地址或主机名，不含端口与 http://，例如 127.0.0.1（仅本机）或 0.0.0.0（局域网可访问）',
    'must be an IP address or a host name without port and http://, such as 127.0.0.1 (this machine only) or 0.0.0.0 (reachable from the network)',
  )
  return value
}

function readDataDir(value: string, cwd: string, problems: Problem[]) {
  const path = resolve(cwd, value === '' ? 'data' : value)
  gather(problems, 'DATA_DIR', () => prepareDataFolder(path))
  return path
}

function readSecret({ value, bad }: Reader, dataDir: string, problems: Problem[]) {
  if (value.length >= 32) return value
  if (value !== '') {
    bad(
      '至少 32 个字符；留空则自动生成并保存在数据文件夹中',
      'needs at least 32 characters; leave it empty to have one made and kept in the data folder',
    )
    return value
  }
  // A folder that cannot be used has been reported already.
  if (problems.some((problem) => problem.zh.startsWith('DATA_DIR'))) return ''
  return gather(problems, 'DATA_DIR', () => keptSecret(dataDir)) ?? ''
}

/** Adds a refusal of `work` to the others instead of throwing it. */
function gather<T>(problems: Problem[], name: string, work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (!isStartError(error)) throw error
    const [zh = '', en = ''] = error.message.replace(/^✗ /, '').split('\n')
    problems.push({ zh: `${name}：${zh}`, en: `${name}: ${en.trim()}` })
    return null
  }
}

function readDatabaseUrl({ value, bad }: Reader) {
  if (value === '') return ''
  const url = URL.canParse(value) ? new URL(value) : null
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return value
  bad(
    '应为 postgresql://用户:密码@主机:5432/数据库 的形式（密码中的特殊字符需转义，如 @ 写作 %40）；留空则使用内置数据库',
    'must look like postgresql://user:password@host:5432/database (escape special characters of the password, @ as %40); leave it empty for the embedded database',
  )
  return value
}

function readPublicUrl({ value, bad }: Reader) {
  if (value === '') return ''
  const url = URL.canParse(value) ? new URL(value) : null
  const plain = url && `${url.pathname}${url.search}${url.hash}${url.username}` === '/'
  if (plain && /^https?:$/.test(url.protocol)) return url.origin
  bad(
    '应为同事在浏览器里打开的地址，不含路径，例如 https://crm.example.cn',
    'must be the address that people open in the browser, without a path, such as https://crm.example.com',
  )
  return value
}

function readTrustProxy({ value, bad }: Reader): boolean | string[] {
  if (value === '' || value === 'false') return false
  if (value === 'true') return true
  const entries = value.split(',').map((entry) => entry.trim())
  if (entries.every(isProxy)) return entries
  bad(
    '应为 true、false，或以逗号分隔的代理地址，例如 127.0.0.1,10.0.0.0/8',
    "must be true, false, or the proxies' addresses separated by commas, such as 127.0.0.1,10.0.0.0/8",
  )
  return false
}

function isProxy(entry: string) {
  if (proxyWords.includes(entry)) return true
  const [address = '', bits, ...rest] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function readUsername({ value, bad }: Reader) {
  const { min, max, letters } = usernameBounds
  if (value === '' || (isWithin(value, usernameBounds) && letters.test(value))) return value
  bad(
    `应为 ${min} 到 ${max} 个字母、数字、下划线或点`,
    `must be ${min} to ${max} letters, digits, underscores or dots`,
  )
  return value
}

function readPassword({ value, bad }: Reader) {
  const { min, max } = passwordBounds
  if (value === '' || isWithin(value, passwordBounds)) return value
  bad(`应为 ${min} 到 ${max} 个字符`, `must have ${min} to ${max} characters`)
  return value
}

function isWithin({ length }: string, { min, max }: { min: number; max: number }) {
  return length >= min && length <= max
}

function refuseHalfAdmin(username: string, password: string, at: (name: string) => Reader) {
  if ((username === '') === (password === '')) return
  const [missing, given] =
    username === ''
      ? ['ZHIKE_ADMIN_USERNAME', 'ZHIKE_ADMIN_PASSWORD']
      : ['ZHIKE_ADMIN_PASSWORD', 'ZHIKE_ADMIN_USERNAME']
  at(missing).bad(
    `已设置 ${given}，还缺这一项；两项须同时设置或同时留空`,
    `${given} is set and this one is missing; set both or neither`,
  )
}

function readTemplate({ value, bad }: Reader): Template {
  const template = templates.find((name) => name === (value === '' ? 'general' : value))
  if (template) return template
  bad(`应为 ${templates.join(' 或 ')}`, `must be ${templates.join(' or ')}`)
  return 'general'
}

function readDemo({ value, bad }: Reader) {
  if (value !== '' && value !== '0' && value !== '1') {
    bad('应为 1（载入演示数据）或 0', 'must be 1 (load the demo data) or 0')
  }
  return value === '1'
}

/** `ZHIKE_TEST_…` belongs to the test run. */
function unknownNames(env: Env) {
  const ours = Object.keys(env).filter((name) => name.startsWith('ZHIKE_'))
  const unknown = ours.filter((name) => !names.includes(name) && !name.startsWith('ZHIKE_TEST_'))
  return unknown.map((name) => {
    const close = nearest(name, names)
    const zh = close ? `是否想写 ${close}？` : '已忽略。'
    const en = close ? `did you mean ${close}?` : 'it is ignored.'
    return `不认识的设置 ${name}，${zh} / Unknown setting ${name}: ${en}`
  })
}
