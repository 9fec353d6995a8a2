import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isStartError } from '#platform/settings/startError.ts'
import { discardDatabase } from './discard.ts'
import { joinPostgres, type Postgres, type PostgresOptions, startPostgres } from './embedded.ts'
import { postgresProcesses, send } from './processes.ts'

type Context = { after: (work: () => Promise<void>) => void }

const temporaryFolder = () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'zhike-embedded-'))
  fs.chmodSync(folder, 0o711)
  return folder
}

// initdb takes a second; the tests work on copies of one cluster.
const original = temporaryFolder()
before(async () => {
  await (await startPostgres({ dataDir: original, log: () => {}, durable: false })).stop()
  fs.rmSync(join(original, 'postgres', 'lock'))
})
after(() => discardDatabase(original))

/** A data folder with a database and a way to start on it; all is stopped and removed after the test. */
const stage = (t: Context, { fresh = false } = {}) => {
  const dataDir = temporaryFolder()
  if (!fresh) fs.cpSync(original, dataDir, { recursive: true })
  const started: Postgres[] = []
  t.after(async () => {
    for (const db of started) await db.stop()
    assert.ok(await discardDatabase(dataDir), 'somebody still uses the folder')
  })
  /** Not durable where no crash is played: it saves waiting for the disk. */
  const start = async (options: Partial<PostgresOptions> = {}) => {
    const db = await startPostgres({ dataDir, log: () => {}, durable: false, ...options })
    started.push(db)
    return db
  }
  return { dataDir, start }
}

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client(url)
  // A server killed under a connection ends it.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

const socketFolderOf = (url: string) => new URL(url).searchParams.get('host') ?? ''
const markOf = (dataDir: string) => join(dataDir, 'postgres', 'cluster')

const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => assert.fail('accepted'),
    (refused: unknown) => refused,
  )
  assert.ok(isStartError(error), String(error))
  return error.message
}

/** A process of its own that starts the database and says each number it has committed. */
const writer = (dataDir: string) => {
  const script = `
    import { Client } from 'pg'
    import { startPostgres } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    process.on('SIGINT', () => {})
    const { url } = await startPostgres({ dataDir: process.argv[1], log: () => {} })
    const client = new Client(url)
    await client.connect()
    await client.query('create table if not exists note (n int primary key)')
    for (let n = Date.now() % 1e9; ; n++) {
      await client.query('insert into note values ($1)', [n])
      console.log(n)
    }`
  const args = ['--input-type=module', '-e', script, dataDir]
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const said: number[] = []
  createInterface(child.stdout).on('line', (line) => said.push(Number(line)))
  return { child, said }
}

const runningOn = async (dataDir: string) => {
  const { url } = await joinPostgres({ dataDir, log: () => {} })
  const [mark] = await ask(url, `select current_setting('cluster_name')`)
  return { url, mark: String(mark) }
}

const until = async (what: string, holds: () => boolean) => {
  for (const end = Date.now() + 120_000; !holds(); await sleep(10)) {
    assert.ok(Date.now() < end, `waited in vain: ${what}`)
  }
}

const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL')
  await once(child, 'close')
}

const assertKept = async (db: Postgres, said: number[]) => {
  const kept = new Set(await ask(db.url, 'select n from note'))
  assert.deepEqual(
    said.filter((n) => !kept.has(n)),
    [],
  )
}

test('a first start makes the database, a second one finds it', async (t) => {
  const { dataDir, start } = stage(t, { fresh: true })
  const first = await start()
  const facts = `select current_database(), current_setting('server_encoding'),
    current_setting('data_checksums'), current_setting('listen_addresses'), '中' < '文', upper('ä')`
  assert.deepEqual(await ask(first.url, facts), ['zhike', 'UTF8', 'on', '', true, 'Ä'])
  assert.match(first.version, /^18\.\d+$/)
  assert.equal(fs.statSync(join(dataDir, 'postgres', 'password')).mode & 0o777, 0o600)
  await ask(first.url, 'create table kept as select 42 as n')
  await Promise.all([first.stop(), first.stop()])
  assert.equal(fs.existsSync(socketFolderOf(first.url)), false)

  const second = await start()
  assert.deepEqual(await ask(second.url, 'select n from kept'), [42])
})

test('a wrong password is refused on the socket', async (t) => {
  const db = await stage(t).start()
  const url = new URL(db.url)
  url.password = 'guess'
  await assert.rejects(ask(url.href, 'select 1'), /password authentication failed/)
})

test('kill -9 of Zhike alone: its PostgreSQL is stopped by the next start, nothing said is lost', async (t) => {
  const { dataDir, start } = stage(t)
  const { child, said } = writer(dataDir)
  await until('rows', () => said.length > 20)
  const [postmaster] = postgresProcesses(markOf(dataDir))
  await kill(child)
  assert.ok(postmaster && postgresProcesses(markOf(dataDir)).includes(postmaster), 'no orphan')
  const pidFile = fs.readFileSync(join(markOf(dataDir), 'postmaster.pid'), 'utf8')
  const lines: string[] = []
  const db = await start({ log: (line) => lines.push(line) })
  await assertKept(db, said)
  assert.match(lines.join(), /正在停止上次遗留的数据库/)
  assert.ok(!postgresProcesses(markOf(dataDir)).includes(postmaster))
  assert.equal(fs.existsSync(pidFile.split('\n')[4] ?? ''), false, 'the old socket folder stayed')
})

test('kill -9 of Zhike and all of PostgreSQL: the next start recovers, nothing said is lost', async (t) => {
  const { dataDir, start } = stage(t)
  const { child, said } = writer(dataDir)
  await until('rows', () => said.length > 20)
  const { mark } = await runningOn(dataDir)
  const all = postgresProcesses(mark)
  assert.ok(all.length > 4, 'backends have the mark')
  for (const pid of all) send(pid, 'SIGKILL')
  await kill(child)
  const db = await start()
  await assertKept(db, said)
})

test('kill -9 of the postmaster alone while a backend computes: the next start ends it first', async (t) => {
  const { dataDir, start } = stage(t)
  const { child, said } = writer(dataDir)
  await until('rows', () => said.length > 5)
  const [postmaster] = postgresProcesses(markOf(dataDir))
  assert.ok(postmaster)
  const { url } = await runningOn(dataDir)
  const endless = ask(url, 'do $$ begin loop perform 1; end loop; end $$').catch(() => {})
  const busy = `select count(*)::int from pg_stat_activity where query like 'do %' and state = 'active'`
  while ((await ask(url, busy))[0] !== 1) await sleep(10)
  send(postmaster, 'SIGKILL')
  await kill(child)
  const db = await start()
  await endless
  await assertKept(db, said)
})

test('Ctrl-C on the terminal does not reach PostgreSQL', async (t) => {
  const { dataDir } = stage(t)
  const { child, said } = writer(dataDir)
  await until('rows', () => said.length > 0)
  assert.ok(child.pid)
  process.kill(-child.pid, 'SIGINT')
  const sofar = said.length
  await until('rows after Ctrl-C', () => said.length > sofar + 20)
  await kill(child)
})

test('PostgreSQL that ends by itself is started again at the same address', async (t) => {
  const { dataDir, start } = stage(t)
  const lines: string[] = []
  const db = await start({ log: (line) => lines.push(line), durable: true })
  await ask(db.url, 'create table kept as select 42 as n')
  const [postmaster] = postgresProcesses(markOf(dataDir))
  assert.ok(postmaster)
  send(postmaster, 'SIGKILL')
  await until('a new postmaster', () => lines.some((line) => line.includes('重新启动')))
  let answer: unknown[] = []
  for (const end = Date.now() + 120_000; answer.length === 0 && Date.now() < end; await sleep(50)) {
    answer = await ask(db.url, 'select n from kept').catch(() => [])
  }
  assert.deepEqual(answer, [42])
})

test('a second Zhike is refused with the pid of the first, a command may share its database', async (t) => {
  const { dataDir, start } = stage(t)
  const { child, said } = writer(dataDir)
  await until('rows', () => said.length > 0)
  const message = await refusalOf(start())
  assert.ok(message.includes(`进程号 ${child.pid}`) && message.includes(dataDir), message)
  const shared = await joinPostgres({ dataDir, log: () => {} })
  assert.deepEqual(await ask(shared.url, 'select count(*) > 0 from note'), [true])
  await shared.stop()
  const sofar = said.length
  await until('rows after the command left', () => said.length > sofar)
  await kill(child)
  const alone = await joinPostgres({ dataDir, log: () => {} })
  await assertKept(alone, said)
  await alone.stop()
  assert.deepEqual(postgresProcesses(markOf(dataDir)), [])
})

test('a pid file whose pid now belongs to another process does not block', async (t) => {
  const { dataDir, start } = stage(t)
  await (await start()).stop()
  const stale = `${process.pid}\n${markOf(dataDir)}\n1700000000\n5432\n/tmp/zhike-pg-gone\n\n 1 1\nready   \n`
  fs.writeFileSync(join(markOf(dataDir), 'postmaster.pid'), stale)
  const db = await start()
  assert.deepEqual(await ask(db.url, 'select 1'), [1])
  await db.stop()
})

test('a first start that was killed half-way is made anew', async (t) => {
  const { dataDir, start } = stage(t, { fresh: true })
  fs.mkdirSync(join(dataDir, 'postgres', 'cluster.new', 'base'), { recursive: true })
  fs.writeFileSync(join(dataDir, 'postgres', 'password'), '')
  const db = await start()
  assert.deepEqual(await ask(db.url, 'select 1'), [1])
})

test('data of another major version is refused and left alone', async (t) => {
  const { dataDir, start } = stage(t)
  await (await start()).stop()
  const file = join(markOf(dataDir), 'PG_VERSION')
  fs.writeFileSync(file, '17\n')
  assert.match(await refusalOf(start()), /PostgreSQL 17 .*PostgreSQL 18/)
  fs.rmSync(file)
  assert.match(await refusalOf(start()), /缺少 PG_VERSION/)
  assert.ok(fs.existsSync(join(markOf(dataDir), 'global', 'pg_control')))
  fs.writeFileSync(file, '18\n')
  await (await start()).stop()
})

test('a database without its password is refused and left alone', async (t) => {
  const { dataDir, start } = stage(t)
  await (await start()).stop()
  const file = join(dataDir, 'postgres', 'password')
  const password = fs.readFileSync(file)
  fs.rmSync(file)
  assert.match(await refusalOf(start()), /密码文件/)
  fs.writeFileSync(file, password)
})
