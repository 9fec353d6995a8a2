import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discardDatabase } from '#platform/postgres/discard.ts'
import { startPostgres } from '#platform/postgres/embedded.ts'

export type TestServer = { url: string; release(): Promise<void> }

const prefix = 'zhike-test-'

/**
 * A PostgreSQL for tests, to make databases on: the one of the whole run (ZHIKE_TEST_SERVER_URL, set by
 * globalSetup.ts), one that the developer names (ZHIKE_TEST_DATABASE_URL), else one of its own in a
 * temporary folder. `release` stops and removes what this call started, and only that.
 */
export async function testServer(): Promise<TestServer> {
  const given = process.env.ZHIKE_TEST_SERVER_URL || process.env.ZHIKE_TEST_DATABASE_URL
  if (given) return { url: given, release: async () => {} }
  await removeLeftovers()
  const dataDir = fs.mkdtempSync(join(tmpdir(), prefix))
  // mkdtemp makes it 0700; as root, the user that PostgreSQL runs as has to pass through.
  fs.chmodSync(dataDir, 0o711)
  const { url, stop } = await startPostgres({ dataDir, log: () => {}, durable: false })
  const release = async () => {
    await stop()
    await discardDatabase(dataDir)
  }
  return { url, release }
}

/** A killed run leaves its folder and PostgreSQL; a minute's grace for one that is just being made. */
async function removeLeftovers() {
  const names = fs.readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const { mtimeMs, uid } = fs.statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, uid: -1 }
    if (uid !== process.getuid?.() || mtimeMs > Date.now() - 60_000) continue
    await discardDatabase(path)
  }
}
