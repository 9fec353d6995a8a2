import { randomUUIDv7 } from 'node:crypto'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf, Received } from '../door/contract.ts'
import { AppError, badField, missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import { type Cause, keepDeletions } from '../records/deletions.ts'
import { requireCustomers } from '../records/visible.ts'
import type { FileAnswer, files } from './contract.ts'
import { cleanFileName } from './fileName.ts'
import { headBytes, mediaTypeOf } from './mediaType.ts'
import { storage, uploadLimit } from './storage.ts'

/** Adds a file to a customer whom the caller may give files. */
export const add = async (
  ctx: Ctx,
  { customer_id, name, upload }: InputOf<typeof files.add>,
): Promise<FileAnswer> => {
  await requireCustomers(ctx, [customer_id], 'files.create')
  const file = await keep(ctx, { customer_id, name, content: upload })
  await emit(ctx, [event('file.added', file)])
  return file
}

/** Adds a file to a customer unless it has one of this name and content; the right is the caller's to check. */
export const addOnce = async (
  ctx: Ctx,
  given: { customer_id: string; name: string; content: Received },
): Promise<FileAnswer | undefined> => {
  const known = await ctx.db
    .selectFrom('file')
    .select('id')
    .where('customer_id', '=', given.customer_id)
    .where('sha256', '=', given.content.sha256)
    .where('name', '=', cleanFileName(given.name))
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (known) return undefined
  const file = await keep(ctx, given)
  await emit(ctx, [event('file.added', file)])
  return file
}

/** Takes a file in for a record that is still being written; what no record takes is swept after days. */
export const upload = (ctx: Ctx, { name, upload: content }: InputOf<typeof files.upload>) =>
  keep(ctx, { customer_id: HOME, name, content, kind: 'upload' })

/** Notes a content that was received under a customer; the right to do so is the caller's to check. */
export const keep = async (
  ctx: Ctx,
  given: { customer_id: string; name: string; content: Received; kind?: 'upload' },
): Promise<FileAnswer> => {
  const { sha256, size, head } = given.content
  const name = cleanFileName(given.name)
  const file = {
    customer_id: given.customer_id,
    id: randomUUIDv7(),
    name,
    size,
    media_type: mediaTypeOf(head, name),
    sha256,
    subject_kind: given.kind ?? null,
    subject_id: null,
    version: 1,
    created_at: ctx.now,
    created_by: ctx.actor.id,
  }
  await ctx.db
    .insertInto('file')
    .values({ ...file, subject_field: null, updated_at: ctx.now, updated_by: ctx.actor.id })
    .execute()
  return file
}

/**
 * Takes a content into the storage, before the transaction that names it: however slowly it comes, it
 * holds no connection. What no row comes to name is swept.
 */
export const receive = async (stream: AsyncIterable<Uint8Array>): Promise<Received> => {
  const watched = watch(stream)
  const stored = await storage().put(watched.stream, uploadLimit())
  return { ...stored, head: watched.head() }
}

/**
 * Attaches files of a customer to one of its records. Only files that hang on nothing yet, or on
 * this record; refuses when one of them is not there.
 */
export const attach = async (
  ctx: Ctx,
  customer_id: string,
  ids: readonly string[],
  subject: { kind: string; id: string },
) => {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  await requireCustomers(ctx, [customer_id], 'files.create')
  const { numUpdatedRows } = await ctx.db
    .updateTable('file')
    .set({ subject_kind: subject.kind, subject_id: subject.id })
    .where('customer_id', '=', customer_id)
    .where('id', 'in', wanted)
    .where('deleted_at', 'is', null)
    .where((each) => each.or([each('subject_id', 'is', null), each('subject_id', '=', subject.id)]))
    .executeTakeFirstOrThrow()
  if (Number(numUpdatedRows) < wanted.length) throw badField('file_ids', 'file_unknown')
}

/** Puts a file away into the bin; its content goes when it is erased there, with the next sweep. */
export const remove = async (
  ctx: Ctx,
  { customer_id, id, version }: InputOf<typeof files.remove>,
  cause: Cause = { kind: 'hand' },
) => {
  await requireCustomers(ctx, [customer_id], 'files.view')
  const file = await ctx.db
    .selectFrom('file')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .where('subject_field', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!file) throw missing()
  await requireCustomers(ctx, [customer_id], 'files.delete')
  if (file.version !== version)
    throw new AppError('changed', 'record_changed', { facts: { changed: [] } })
  const deletion_id = randomUUIDv7()
  await ctx.db
    .updateTable('file')
    .set({
      deleted_at: ctx.now,
      deletion_id,
      updated_at: ctx.now,
      updated_by: ctx.actor.id,
      version: version + 1,
    })
    .where('customer_id', '=', customer_id)
    .where('id', '=', id)
    .execute()
  await keepDeletions(ctx, [
    {
      ...{ customer_id, id: deletion_id, entity: 'file', subject_id: id, title: file.name },
      ...{ along: {}, cause: cause.kind, cause_id: cause.id ?? null, owner_id: null },
    },
  ])
  await emit(ctx, [event('file.deleted', file)])
  return { ok: true as const, deletion_id }
}

const event = (
  kind: string,
  file: { customer_id: string; id: string; name: string; size: number; sha256: string },
) => ({
  kind,
  customer_id: file.customer_id,
  subject_kind: 'file',
  subject_id: file.id,
  payload: { name: file.name, size: file.size, sha256: file.sha256 },
})

/** Remembers the first bytes while the stream passes. */
const watch = (stream: AsyncIterable<Uint8Array>) => {
  const head: Uint8Array[] = []
  let seen = 0
  const pass = async function* () {
    for await (const chunk of stream) {
      if (seen < headBytes) head.push(chunk.subarray(0, headBytes - seen))
      seen += chunk.length
      yield chunk
    }
  }
  return { stream: pass(), head: () => Buffer.concat(head) }
}
