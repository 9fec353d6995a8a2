import type { FastifyInstance } from 'fastify'

/**
 * Lets running requests finish and takes no more. A line that neither sends nor reads would keep the
 * server from stopping for ever, so after `patience` milliseconds what still runs is cut off: its
 * transaction is rolled back and its sender knows of no answer.
 */
export const endRequests = async (app: FastifyInstance, patience = 15_000) => {
  const late = setTimeout(() => app.server.closeAllConnections(), patience)
  await app.close()
  clearTimeout(late)
}
