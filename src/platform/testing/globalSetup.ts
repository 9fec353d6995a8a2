import { type TestServer, testServer } from './server.ts'

let server: TestServer | null = null

/** Called once by `node --test --test-global-setup` before the first file: one PostgreSQL for all of them. */
export async function globalSetup() {
  server = await testServer()
  process.env.ZHIKE_TEST_SERVER_URL = server.url
}

/** Called after the last file. */
export async function globalTeardown() {
  await server?.release()
}
