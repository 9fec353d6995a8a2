import assert from 'node:assert/strict'

export type Block = { language: string; name: string; text: string; line: number }

/** One request of a guide with the answer that it promises. */
export type Call = {
  method: string
  path: string
  headers: [string, string][]
  body: string | undefined
  /** The body is this file (`< name`). */
  file: string | undefined
  /** Sent again until the answer is the promised one. */
  repeated: boolean
  status: number
  answerHeaders: [string, string][]
  answer: string | undefined
}

/** The fenced blocks of a Markdown text, with the words behind the fence and the line they begin on. */
export const blocksIn = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)\n```$/gm)].map((found) => ({
    language: found[1] ?? '',
    name: found[2] ?? '',
    text: found[3] ?? '',
    line: markdown.slice(0, found.index).split('\n').length,
  }))

/**
 * Reads a block of request and answer:
 * method and path, headers, an empty line, a body; then `HTTP/1.1 <status>`, headers, an empty line,
 * a body. A comment before the request says that it is repeated until the answer is as written.
 */
export const readCall = (text: string): Call => {
  const [request = '', answer = ''] = text.split(/^(?=HTTP\/1\.1 )/m)
  const repeated = request.startsWith('#')
  const asked = parts(request.replace(/^#.*\n/, ''))
  const promised = parts(answer)
  const [method = '', path = ''] = asked.first.split(' ')
  const file = /^< (.+)$/.exec(asked.body ?? '')?.[1]
  return {
    method,
    path,
    headers: asked.headers,
    body: file === undefined ? asked.body : undefined,
    file,
    repeated,
    status: Number(promised.first.split(' ')[1]),
    answerHeaders: promised.headers,
    answer: promised.body,
  }
}

const parts = (text: string) => {
  const [head = '', ...rest] = text.trim().split('\n\n')
  const [first = '', ...lines] = head.split('\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { first, headers, body: rest.length > 0 ? rest.join('\n\n') : undefined }
}

/** Puts what earlier answers gave in the place of `{name}`. */
export const fill = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole)

/**
 * Asserts that `actual` holds all that `promised` says, which may leave out keys but no items of a
 * list; `{name}` takes over a value met for the first time and must be equal from then on.
 */
export const match = (
  promised: unknown,
  actual: unknown,
  known: Map<string, string>,
  path = '$',
): void => {
  const name = typeof promised === 'string' && /^\{(\w+)\}$/.exec(promised)?.[1]
  if (name) {
    assert.ok(actual !== null && actual !== undefined, path)
    const before = known.get(name)
    if (before === undefined) known.set(name, String(actual))
    else assert.equal(String(actual), before, path)
    return
  }
  if (Array.isArray(promised)) {
    assert.ok(Array.isArray(actual), `${path} is a list`)
    assert.equal(actual.length, promised.length, `${path} has ${JSON.stringify(actual)}`)
    for (const [place, each] of promised.entries())
      match(each, actual[place], known, `${path}[${place}]`)
    return
  }
  if (isRecord(promised)) {
    assert.ok(isRecord(actual), `${path} is an object: ${JSON.stringify(actual)}`)
    for (const [key, each] of Object.entries(promised))
      match(each, actual[key], known, `${path}.${key}`)
    return
  }
  assert.equal(actual, promised, path)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
