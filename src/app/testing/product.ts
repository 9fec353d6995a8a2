import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { discardDatabase } from '#platform/postgres/discard.ts'
import { testDatabase } from '#platform/testing/database.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export type Product = {
  /** Where it serves, such as http://127.0.0.1:40123. */
  address: string
  dataDir: string
  pid: number
  /** Waits until the console has said it (also before this call) and gives the match. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>
  /** SIGTERM; it has to end with 0. */
  stop: () => Promise<void>
  /** kill -9 of the server alone. */
  kill: () => Promise<void>
  /** `npm run zhike -- …` on the same data: what it wrote and its exit code. */
  command: (...words: string[]) => Promise<{ code: number | null; output: string }>
}

export type Place = { dataDir: string; databaseUrl: string; remove: () => Promise<unknown> }

/** A data folder for the product with its embedded PostgreSQL, as everybody who installs it has one. */
export const embeddedPlace = (): Place => {
  const dataDir = makeFolder()
  return { dataDir, databaseUrl: '', remove: () => discardDatabase(dataDir) }
}

/** A data folder with a database on the PostgreSQL of the test run: ready in a fraction of the time. */
export const sharedPlace = async (): Promise<Place> => {
  const database = await testDatabase()
  const dataDir = makeFolder()
  const remove = async () => {
    await database.drop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  return { dataDir, databaseUrl: database.url, remove }
}

/**
 * Starts the real product as a process of its own and waits until it says that it is ready, and with an
 * administrator in `settings` until that one is there.
 */
export const startProduct = async (
  place: Place,
  settings: Record<string, string> = {},
  daysAhead = 0,
): Promise<Product> => {
  const env = environment(place, settings)
  const child = spawn(process.execPath, [...clock(daysAhead), 'src/app/server.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written = listen(child)
  // A test run that dies takes the product with it.
  const endWithTests = () => child.kill('SIGTERM')
  process.once('exit', endWithTests)
  const ended = once(child, 'exit').finally(() => process.off('exit', endWithTests))
  const said = waitingFor(child, written)
  const ready = async () => {
    const [, address = ''] = await said(/知客已就绪 → (\S+)/)
    if (settings.ZHIKE_ADMIN_USERNAME) await until(() => isSetUp(address), 'the administrator')
    return address
  }
  const address = await ready().catch((problem) => {
    child.kill('SIGKILL')
    throw problem
  })
  return {
    address,
    dataDir: place.dataDir,
    pid: child.pid ?? 0,
    said,
    stop: async () => {
      child.kill('SIGTERM')
      const [code] = await ended
      assert.equal(code, 0, `stopping:\n${written.text}`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    command: async (...words) => {
      const cli = spawn(process.execPath, ['src/app/cli.ts', ...words], { cwd: root, env })
      const output = listen(cli)
      const [code] = await once(cli, 'close')
      return { code, output: output.text }
    },
  }
}

const isSetUp = async (address: string): Promise<boolean> => {
  const answer = await fetch(`${address}/api/setup`)
  const { needed }: { needed?: boolean } = await answer.json()
  return needed === false
}

/** Asks until the answer is there. Two minutes are far more than anything here needs, on a busy machine too. */
export const until = async <T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  seconds = 120,
): Promise<T> => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    const answer = await ask()
    if (answer) return answer
  }
  throw new Error(`Not within ${seconds} s: ${what}`)
}

/** Nothing of the developer's own settings reaches the product under test. */
const environment = (place: Place, settings: Record<string, string>) => {
  const foreign = /^(ZHIKE_|PORT$|HOST$|DATA_DIR$|DATABASE_URL$|PUBLIC_URL$|TRUST_PROXY$|NODE_)/
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  // What the run has compiled already, so that every server is up sooner.
  const cache = process.env.NODE_COMPILE_CACHE
  return {
    ...Object.fromEntries(own),
    ...(cache && { NODE_COMPILE_CACHE: cache }),
    PORT: '0',
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl,
    ...settings,
  }
}

/** The server's clock set forward, so that a test sees the next morning. */
const clock = (daysAhead: number): string[] => {
  if (daysAhead === 0) return []
  const script = `
    const ahead = ${daysAhead * 86_400_000}
    globalThis.Date = class extends Date {
      constructor(...given) {
        super(...(given.length === 0 ? [Date.now()] : given))
      }
      static now() {
        return super.now() + ahead
      }
    }`
  return ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
}

const makeFolder = () => {
  const dataDir = fs.mkdtempSync(join(tmpdir(), 'zhike-product-'))
  // mkdtemp makes it 0700; as root, the user that PostgreSQL runs as has to pass through.
  fs.chmodSync(dataDir, 0o711)
  return dataDir
}

const listen = (child: ChildProcess) => {
  const written = { text: '' }
  const keep = (piece: Buffer) => {
    written.text += piece
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return written
}

const waitingFor =
  (child: ChildProcess, written: { text: string }) =>
  (pattern: RegExp): Promise<RegExpExecArray> =>
    until(() => {
      const match = pattern.exec(written.text)
      if (!match && (child.exitCode !== null || child.signalCode !== null))
        throw new Error(`The product ended before it said ${pattern}:\n${written.text}`)
      return match ?? undefined
    }, `the product says ${pattern}:\n${written.text}`)
