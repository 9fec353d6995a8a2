import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemOf, problemType, refusalOf } from '#platform/door/problem.ts'
import { AppError } from '#platform/errors/error.ts'

/** Every refusal is a problem document; a fault of ours is logged under a number that the caller can name. */
export const answerError =
  (log: (line: string) => void) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalOf(error)
    if (refusal) {
      const problem = problemOf(refusal)
      return reply.code(problem.status).type(problemType).send(JSON.stringify(problem))
    }
    const number = randomUUID()
    log(
      `故障 ${number} ${request.method} ${request.routeOptions.url ?? ''}\n${error instanceof Error ? error.stack : error}`,
    )
    return reply
      .code(500)
      .type(problemType)
      .send(
        JSON.stringify({
          type: 'about:blank#fault',
          title: 'Something went wrong on the server.',
          status: 500,
          code: 'fault',
          reason: 'fault',
          facts: { number },
        }),
      )
  }

export const noSuchEndpoint = () => new AppError('not_found', 'no_such_endpoint')
