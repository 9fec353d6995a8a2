import { Client, DatabaseError } from 'pg'
import { isStartError, startError, systemCode } from '#platform/settings/startError.ts'

const oldest = 15

/**
 * Proves that the server behind DATABASE_URL can carry Zhike: reachable within 10 s, PostgreSQL 15 or
 * newer, UTF8, writable, and its user may make schemas. Refuses (`isStartError`) in plain words, without
 * the password. Answers the server's version.
 */
export async function checkServer(url: string): Promise<{ version: string }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A connection that breaks after the answer is nobody's business here.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<Facts>(question)
    const [facts] = rows
    const wrong = facts && whatIsWrong(facts)
    if (wrong) throw startError(`DATABASE_URL：${wrong.zh}`, `DATABASE_URL: ${wrong.en}`)
    return { version: facts?.version ?? '' }
  } catch (error) {
    throw explainConnection(url, error)
  } finally {
    await client.end().catch(() => {})
  }
}

type Facts = {
  version: string
  number: number
  encoding: string
  read_only: boolean
  may_create: boolean
  database: string
  role: string
}

const question = `
  select current_setting('server_version') as version,
    current_setting('server_version_num')::int as number,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as read_only,
    has_database_privilege(current_database(), 'create') as may_create,
    current_database() as database, current_user::text as role`

function whatIsWrong({ version, number, encoding, read_only, may_create, database, role }: Facts) {
  if (number < oldest * 10_000) {
    return {
      zh: `服务器是 PostgreSQL ${version}，需要 ${oldest} 或更新的版本。请升级服务器，或留空以使用内置数据库。`,
      en: `The server is PostgreSQL ${version}; ${oldest} or newer is needed. Upgrade it, or leave the variable empty for the embedded database.`,
    }
  }
  if (encoding !== 'UTF8') {
    return {
      zh: `数据库 ${database} 的编码是 ${encoding}，需要 UTF8。请新建：create database zhike encoding 'UTF8' template template0。`,
      en: `The database ${database} is encoded in ${encoding}; UTF8 is needed. Make one: create database zhike encoding 'UTF8' template template0.`,
    }
  }
  if (read_only) {
    return {
      zh: '该服务器是只读的（备库，或设为只读）。请改用主库的地址。',
      en: 'The server is read-only (a standby, or set so). Use the address of the primary.',
    }
  }
  if (may_create) return null
  return {
    zh: `用户 ${role} 不能在数据库 ${database} 中建立模式。请执行：grant create on database "${database}" to "${role}"。`,
    en: `The user ${role} may not create schemas in the database ${database}. Run: grant create on database "${database}" to "${role}".`,
  }
}

/** By PostgreSQL's error codes (its appendix A) and the system's. */
function explainConnection(url: string, error: unknown): unknown {
  if (isStartError(error)) return error
  const { hostname, port, pathname, username, searchParams } = new URL(url)
  const at = searchParams.get('host') ?? `${hostname || 'localhost'}:${port || '5432'}`
  const name = decodeURIComponent(pathname.slice(1))
  const refuse = (zh: string, en: string) =>
    startError(`DATABASE_URL：${zh}`, `DATABASE_URL: ${en}`)
  const code = (error instanceof DatabaseError ? error.code : systemCode(error)) ?? ''
  if (code === '28P01' || code === '28000') {
    return refuse(
      `服务器 ${at} 不接受用户 ${username} 的登录。请检查用户名、密码和服务器的 pg_hba.conf。`,
      `The server ${at} does not let the user ${username} in. Check the user name, the password and its pg_hba.conf.`,
    )
  }
  if (code === '3D000') {
    return refuse(
      `服务器 ${at} 上没有数据库 ${name}。请先建立：create database "${name}" encoding 'UTF8' template template0。`,
      `The server ${at} has no database ${name}. Make it first: create database "${name}" encoding 'UTF8' template template0.`,
    )
  }
  if (code === '53300') {
    return refuse(
      `服务器 ${at} 的连接数已满。请提高 max_connections，或关闭其他程序的连接。`,
      `The server ${at} has no connection left. Raise max_connections or close other programs' connections.`,
    )
  }
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|ENOENT|EACCES)/.test(code) || isTimeout(error)) {
    return refuse(
      `连不上数据库服务器 ${at}（${code || '超时'}）。请检查地址、端口、防火墙，以及服务器是否已启动。`,
      `The database server ${at} cannot be reached (${code || 'timeout'}). Check address, port, firewall, and that it is running.`,
    )
  }
  const words = error instanceof Error ? error.message : String(error)
  return refuse(`服务器 ${at} 无法使用：${words}`, `The server ${at} cannot be used: ${words}`)
}

const isTimeout = (error: unknown) => error instanceof Error && /timeout/i.test(error.message)
