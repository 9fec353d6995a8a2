import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { noSuchEndpoint } from './errors.ts'

const folder = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** Serves the built web app; every address that is no file and no endpoint is a page of it. */
export const serveWeb = async (app: FastifyInstance) => {
  const built = existsSync(`${folder}index.html`)
  if (built)
    await app.register(staticFiles, {
      root: folder,
      wildcard: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/')
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !/^\/(api|health|assets)(\/|\?|$)/.test(request.url)
    if (!page || !built) throw noSuchEndpoint()
    return reply.type('text/html').header('cache-control', 'no-cache').sendFile('index.html')
  })
}
