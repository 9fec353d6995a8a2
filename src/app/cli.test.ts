import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTestHouse, type TestHouse } from './testing/testHouse.ts'

/** That of the house: with another nothing encrypted is read or written. */
const secret = 'a secret that only tests know, 32 letters'
const root = fileURLToPath(new URL('../../', import.meta.url))

let house: TestHouse
let folder: string
before(async () => {
  house = await openTestHouse()
  folder = await mkdtemp(join(tmpdir(), 'zhike-cli-'))
})
after(async () => {
  await house.close()
  await rm(folder, { recursive: true, force: true })
})

const run = (...words: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const env = { ...process.env, DATABASE_URL: house.url, DATA_DIR: folder, ZHIKE_SECRET: secret }
    const options = { cwd: root, env }
    execFile(process.execPath, ['src/app/cli.ts', ...words], options, (error, out, errors) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: out + errors }),
    )
  })

describe('the command line', () => {
  it('says what it can do, and what it cannot', async () => {
    const help = await run('--help')
    assert.equal(help.code, 0)
    for (const words of ['user add', 'api-key add', 'import', 'export', 'doctor', 'secret accept'])
      assert.match(help.output, new RegExp(words))
    const unknown = await run('dance')
    assert.equal(unknown.code, 1)
    assert.match(unknown.output, /dance/)
  })

  it('adds a person with a role, and refuses the same name again', async () => {
    const added = await run('user', 'add', '--username', 'zhang', '--name', '张三')
    assert.equal(added.code, 0, added.output)
    assert.match(added.output, /密码 \S+/)
    const person = await house.db
      .selectFrom('person')
      .select(['name', 'roles', 'password_given'])
      .where('username', '=', 'zhang')
      .executeTakeFirst()
    assert.deepEqual(person, { name: '张三', roles: ['staff'], password_given: true })
    const again = await run('user', 'add', '--username', 'zhang', '--name', '张三')
    assert.equal(again.code, 1)
  })

  it('imports a table, dry first, and exports it again', async () => {
    const file = join(folder, '客户.csv')
    await writeFile(file, '客户名称,手机号\n杭州茶业公司,13800138000\n,13800138001\n')
    const dry = await run('import', file, '--dry-run')
    assert.equal(dry.code, 0, dry.output)
    assert.match(dry.output, /读取 2 = 新建 1 \+ 更新 0 \+ 跳过 0 \+ 失败 1/)
    const count = async () =>
      (
        await house.db
          .selectFrom('customer')
          .select('id')
          .where('name', '=', '杭州茶业公司')
          .execute()
      ).length
    assert.equal(await count(), 0)
    const done = await run('import', file)
    assert.match(done.output, /导入：读取 2 = 新建 1/)
    assert.equal(await count(), 1)
    const copy = join(folder, '导出.csv')
    assert.equal((await run('export', copy, '--q', '茶业')).code, 0)
    assert.match(await readFile(copy, 'utf8'), /杭州茶业公司.*13800138000/)
  })

  it('finds an installation well', async () => {
    const { code, output } = await run('doctor')
    assert.equal(code, 0, output)
    assert.equal(output.match(/^✓/gm)?.length, 7)
  })
})

describe('health', () => {
  it('is told to whoever watches, without signing in', async () => {
    for (const path of ['/health/live', '/health/ready'])
      assert.equal((await house.app.inject({ method: 'GET', url: path })).statusCode, 200)
  })
})
