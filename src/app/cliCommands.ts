import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod/mini'
import * as apiKeys from '#access/apiKeys/commands.ts'
import * as departments from '#access/departments/queries.ts'
import * as people from '#access/people/commands.ts'
import { type BuiltIn, builtIn } from '#access/roles/rules.ts'
import { conditionShape } from '#platform/conditions/condition.ts'
import type { Download } from '#platform/door/contract.ts'
import { takeSecret } from '#platform/encryption/secret.ts'
import { AppError } from '#platform/errors/error.ts'
import { exporting } from '#platform/exports/exports.ts'
import { receive } from '#platform/files/commands.ts'
import * as imports from '#platform/imports/commands.ts'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import * as importQueries from '#platform/imports/queries.ts'
import { runJobs } from '#platform/jobs/jobs.ts'
import { entityNamed } from '#platform/records/registry.ts'
import { startError } from '#platform/settings/startError.ts'
import { sayReason } from '#ui/reasons.ts'
import type { Command, Given } from './cli.ts'
import { type Workplace, withInstallation } from './cliInstallation.ts'
import { say } from './console.ts'
import { doctor } from './doctor.ts'
import { jobs } from './house.ts'

const as = { as: { does: '以谁的权限执行（登录名，默认第一位管理员）' } }
const text = (given: Given, name: string) => String(given.options[name] ?? '')

export const commands: readonly Command[] = [
  {
    words: 'user add',
    does: '新增人员',
    usage: '--username <登录名> --name <姓名> [--role …]',
    options: {
      username: { does: '登录名', required: true },
      name: { does: '姓名', required: true },
      role: { does: `角色：${builtIn.join(' | ')}（默认 staff）` },
      department: { does: '部门名称（默认最上级）' },
      password: { does: '初始密码（不给则生成并显示一次），首次登录须换' },
    },
    run: (given) => withInstallation((place) => addUser(place, given)),
  },
  {
    words: 'api-key add',
    does: '为某人新增 API 密钥，明文只显示这一次',
    usage: '--username <登录名> --name <用途> [--days <天数>]',
    options: {
      username: { does: '登录名', required: true },
      name: { does: '用途，如“同步程序”', required: true },
      days: { does: '有效天数（默认不过期）' },
    },
    run: (given) =>
      withInstallation(async ({ within }) => {
        const days = text(given, 'days')
        const made = await within(
          (ctx) =>
            apiKeys.make(ctx, {
              name: text(given, 'name'),
              ...(days && { expires_in_days: Number(days) }),
            }),
          text(given, 'username'),
        )
        say(made.key)
      }),
  },
  {
    words: 'import',
    does: '从 CSV 或 XLSX 导入',
    usage: '<文件> [--entity customer] [--mode insert|update|both] [--key phones]',
    arguments: 1,
    options: {
      ...as,
      entity: { does: '记录种类（默认 customer）' },
      mode: { does: '新建 insert、更新 update 或两者 both（默认 insert）' },
      key: { does: '更新时按哪一项认出已有记录' },
      'dry-run': { does: '只检查，不写入', flag: true },
    },
    run: (given) => withInstallation((place) => importTable(place, given)),
  },
  {
    words: 'export',
    does: '导出列表为 CSV 或 XLSX',
    usage: '<文件> [--entity customer] [--q 搜索词] [--filter JSON]',
    arguments: 1,
    options: {
      ...as,
      entity: { does: '记录种类（默认 customer）' },
      q: { does: '搜索词' },
      filter: { does: '条件（JSON，与接口相同）' },
      columns: { does: '字段名，逗号分隔（默认全部）' },
    },
    run: (given) => withInstallation((place) => exportTable(place, given)),
  },
  {
    words: 'doctor',
    does: '检查安装是否完好，逐项报告',
    usage: '',
    options: {},
    run: () => withInstallation(doctor),
  },
  {
    words: 'secret accept',
    does: '原来的 ZHIKE_SECRET 确已丢失时，改用现在的；原来加密的内容不再能读',
    usage: '--lost',
    options: { lost: { does: '确认原来的已经找不回来', required: true, flag: true } },
    run: () =>
      withInstallation(async ({ within }) => {
        const taken = await within((ctx) => takeSecret(ctx))
        say(
          taken
            ? '已改用现在的 ZHIKE_SECRET。重启知客后生效；原来加密的内容读不出来，可以重新填写'
            : '现在的 ZHIKE_SECRET 就是加密这个数据库的那个，没有改动',
        )
      }),
  },
]

const addUser = async ({ within }: Workplace, given: Given) => {
  const role = text(given, 'role') || 'staff'
  if (!isRole(role))
    throw startError(`没有角色“${role}”，可用：${builtIn.join('、')}。`, `No role "${role}".`)
  const password = text(given, 'password') || randomBytes(9).toString('base64url')
  await within(async (ctx) => {
    const { items } = await departments.list(ctx)
    const wanted = text(given, 'department')
    const department = items.find((each) =>
      wanted ? each.name === wanted : each.parent_id === null,
    )
    if (!department)
      throw startError(
        `没有部门“${wanted}”，可用：${items.map((each) => each.name).join('、')}。`,
        `No department "${wanted}".`,
      )
    const { username, name } = { username: text(given, 'username'), name: text(given, 'name') }
    const person = { username, name, roles: [role], password, department_id: department.id }
    await people.create(ctx, person, true)
  })
  say(
    `已新增 ${text(given, 'name')}，登录名 ${text(given, 'username')}${given.options.password ? '' : `，密码 ${password}（只显示这一次）`}`,
  )
}

const isRole = (text: string): text is BuiltIn => builtIn.some((key) => key === text)

const importTable = async (place: Workplace, given: Given) => {
  const { within } = place
  const [file = ''] = given.positionals
  const who = text(given, 'as')
  const content = await receive(createReadStream(resolve(file)))
  const made = await within(
    (ctx) =>
      imports.createImport(ctx, {
        entity: text(given, 'entity') || 'customer',
        name: basename(file),
        content,
      }),
    who,
  )
  const mode = text(given, 'mode')
  const key = text(given, 'key')
  const mapped = made.header.map(
    (title, index) => `${title} → ${made.mapping[index] ?? '（不导入）'}`,
  )
  say(`读到 ${made.header.length} 列：${mapped.join('，')}`)
  if (mode || key)
    await within(
      (ctx) =>
        imports.update(ctx, {
          id: made.id,
          version: made.version,
          ...(mode && { mode: modeOf(mode) }),
          ...(key && { key }),
        }),
      who,
    )
  await within((ctx) => imports.check(ctx, { id: made.id }), who)
  const checked = await settled(place, made.id, who)
  say(`检查：${sums(checked)}`)
  await sayProblems(place, made.id, who)
  if (given.options['dry-run'] || checked.status !== 'checked') return
  await within((ctx) => imports.run(ctx, { id: made.id }), who)
  say(`导入：${sums(await settled(place, made.id, who))}`)
}

const modeOf = (mode: string) => {
  if (mode === 'insert' || mode === 'update' || mode === 'both') return mode
  throw startError(
    `--mode 应为 insert、update 或 both，不是“${mode}”。`,
    `--mode is insert, update or both.`,
  )
}

/** Works off the import here, or waits for the running server that took it. */
const settled = async (
  { installation, within }: Workplace,
  id: string,
  who: string,
): Promise<ImportAnswer> => {
  for (;;) {
    await runJobs(installation.chores.pool, installation.chores.db, jobs)
    const now = await within((ctx) => importQueries.get(ctx, { id }), who)
    if (now.status !== 'checking' && now.status !== 'running') return now
    await new Promise((wake) => setTimeout(wake, 300))
  }
}

const sums = ({ status, reason, counts }: ImportAnswer) =>
  status === 'failed'
    ? `未能进行（${reason ?? ''}）`
    : `读取 ${counts.read} = 新建 ${counts.created} + 更新 ${counts.updated} + 跳过 ${counts.skipped} + 失败 ${counts.failed}，提醒 ${counts.warned}`

const shownProblems = 20

const sayProblems = async ({ within }: Workplace, id: string, who: string) => {
  const { items } = await within((ctx) => importQueries.problems(ctx, { id }), who)
  for (const each of items.slice(0, shownProblems)) {
    const { row, column, reason, value } = each
    say(
      `  第 ${row} 行${column ? `，${column}` : ''}：${sayReason('zh', { reason, values: each.values })}${value ? `（${value}）` : ''}`,
    )
  }
}

const conditionOf = (filter: string) => {
  try {
    return z.parse(conditionShape, JSON.parse(filter))
  } catch {
    throw startError(
      '--filter 不是一个条件，例：{"field":"stage","is":"eq","value":"active"}。',
      '--filter is no condition.',
    )
  }
}

const exportTable = async ({ within }: Workplace, given: Given) => {
  const [file = ''] = given.positionals
  const entity = entityNamed(text(given, 'entity') || 'customer')
  const filter = text(given, 'filter')
  const broken = await within(
    async (ctx) => {
      if (!ctx.actor.reach(`${entity.plural}.export`))
        throw new AppError('forbidden', 'permission_missing')
      const made: Download = await exporting(entity)(ctx, {
        format: file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx',
        ...(given.options.q && { q: text(given, 'q') }),
        ...(given.options.columns && { columns: text(given, 'columns') }),
        ...(filter && { filter: conditionOf(filter) }),
      })
      // Thrown in here it would take the event of the export back.
      const problem = await pipeline(
        Readable.from(made.body),
        createWriteStream(resolve(file)),
      ).catch((error: Error) => error)
      await made.ended?.(ctx.db)
      return problem
    },
    text(given, 'as'),
  )
  if (broken) throw broken
  say(`已导出到 ${resolve(file)}`)
}
