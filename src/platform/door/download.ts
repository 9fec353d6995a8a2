import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Db } from '../database/database.ts'
import type { Download } from './contract.ts'

/**
 * Sends a file while it is made. The transaction is repeatable read, so that the file shows one
 * moment, and stays open until the last byte. What is noted about the download is written on its own,
 * also when the reader goes away, and before the last byte leaves: a file that is whole has been noted.
 */
export const sendSnapshot = async (
  { snapshots, db }: { snapshots: Db; db: Db },
  reply: FastifyReply,
  work: (db: Db) => Promise<Download>,
): Promise<FastifyReply> => {
  const started = Promise.withResolvers<Download>()
  const sent = Promise.withResolvers<void>()
  const finished = snapshots
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      started.resolve(await work(tx))
      await sent.promise
    })
  finished.catch(started.reject)
  const file = await started.promise
  const body = Readable.from(file.ended ? noted(db, file.body, file.ended) : file.body)
  body.once('close', () => (body.errored ? sent.reject(body.errored) : sent.resolve()))
  return sendFile(reply, { ...file, body })
}

/** A stream that is given up ends this generator where it stands, so that it comes to its end either way. */
const noted = async function* (
  db: Db,
  body: Download['body'],
  ended: NonNullable<Download['ended']>,
) {
  try {
    yield* body
  } finally {
    await db.transaction().execute(ended)
  }
}

/** Sends a file that needs no database any more. */
export const sendFile = (reply: FastifyReply, file: Download): FastifyReply => {
  reply.headers({
    'content-type': file.mediaType,
    'content-disposition': `${file.inline ? 'inline' : 'attachment'}; filename="${ascii(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
    ...(file.size !== undefined && { 'content-length': String(file.size) }),
  })
  return reply.send(Readable.from(file.body))
}

const ascii = (name: string) => name.replace(/[^\x20-\x7e]|["\\]/g, '_')
