import type { Answer, TestHouse } from './testHouse.ts'

/** A browser without pages: keeps its cookies and sends its origin. */
export const openVisitor = (house: Pick<TestHouse, 'nobody'>, userAgent = 'test') => {
  const jar = new Map<string, string>()
  const origin = 'http://localhost'
  const keep = (lines: unknown) => {
    for (const line of [lines].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(String(line)) ?? []
      if (value === '' || /max-age=0\b/i.test(String(line))) jar.delete(name)
      else if (name) jar.set(name, value)
    }
  }
  return {
    origin,
    send: async (method: string, path: string, body?: unknown): Promise<Answer> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await house.nobody.call(method, path, {
        ...(body !== undefined && { body }),
        headers: {
          origin,
          host: 'localhost',
          'user-agent': userAgent,
          ...(cookie && { cookie }),
        },
      })
      if (answer.headers['set-cookie']) keep(answer.headers['set-cookie'])
      return answer
    },
  }
}

export type Visitor = ReturnType<typeof openVisitor>
