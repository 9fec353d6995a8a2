import assert from 'node:assert/strict'

type Sent = {
  body?: unknown
  raw?: Uint8Array<ArrayBuffer>
  version?: number
  key?: string
}
export type Client = {
  call: (method: string, path: string, sent?: Sent) => Promise<{ status: number; body: never }>
  /** As `call`, and the status has to be a success. */
  get: (path: string) => Promise<never>
  make: (path: string, body: unknown) => Promise<never>
}

/** A program that signs in once and goes on with an API key of its own. */
export const openClient = async (
  address: string,
  { username, password }: { username: string; password: string },
): Promise<Client> => {
  const entry = await send(address, 'POST', '/session', { body: { username, password } }, {})
  assert.equal(entry.status, 200, JSON.stringify(entry.body))
  const cookie = entry.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const headers = { cookie, origin: address }
  const made = await send(address, 'POST', '/api-keys', { body: { name: 'test' } }, headers)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const authorization = `Bearer ${(made.body as { key: string }).key}`
  const call: Client['call'] = async (method, path, sent = {}) => {
    const { status, body } = await send(address, method, path, sent, { authorization })
    return { status, body: body as never }
  }
  const succeed: Client['call'] = async (method, path, sent) => {
    const answer = await call(method, path, sent)
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer
  }
  return {
    call,
    get: async (path) => (await succeed('GET', path)).body,
    make: async (path, body) => (await succeed('POST', path, { body })).body,
  }
}

const send = async (
  address: string,
  method: string,
  path: string,
  { body, raw, version, key }: Sent,
  more: Record<string, string>,
) => {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const answer = await fetch(`${address}/api${path}`, {
    method,
    headers: {
      ...more,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(raw && { 'content-type': 'application/octet-stream' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(content !== undefined && { body: content }),
  })
  const text = await answer.text()
  const json = /json/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text }
}
