import type { FastifyInstance } from 'fastify'

/**
 * Lets running requests finish and takes no more. Browsers keep a line open after its answer, so idle
 * ones are closed again and again. A line that neither sends nor reads would keep the server from
 * stopping for ever: after `patience` milliseconds what still runs is cut off, its transaction rolled
 * back.
 */
export const endRequests = async (app: FastifyInstance, patience = 15_000) => {
  const idle = setInterval(() => app.server.closeIdleConnections(), 100)
  const late = setTimeout(() => app.server.closeAllConnections(), patience)
  await app.close()
  clearInterval(idle)
  clearTimeout(late)
}
