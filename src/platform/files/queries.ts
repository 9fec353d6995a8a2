import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Download, InputOf } from '../door/contract.ts'
import { missing } from '../errors/error.ts'
import { filesIn } from '../fields/fileValue.ts'
import { find } from '../records/records.ts'
import { entities } from '../records/registry.ts'
import { requireCustomers, visible } from '../records/visible.ts'
import type { FileAnswer, files } from './contract.ts'
import { isInline } from './mediaType.ts'
import { storage } from './storage.ts'
import type { FileTable } from './table.ts'

const pageSize = 50

/** The files of one customer, newest first. */
export const list = async (ctx: Ctx, { customer_id, after }: InputOf<typeof files.list>) => {
  await requireCustomers(ctx, [customer_id], 'files.view')
  // Ids are UUIDv7: their order is the order in which the files came.
  const rows = await live(ctx, customer_id)
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const items: FileAnswer[] = rows.slice(0, pageSize)
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}

/** The content: pictures of safe kinds inline, all else as an attachment. */
export const content = async (
  ctx: Ctx,
  { customer_id, id }: InputOf<typeof files.content>,
): Promise<Download> => {
  const file = await stored(ctx, customer_id).where('id', '=', id).executeTakeFirst()
  if (!file) throw missing()
  if (file.subject_field === null) await requireCustomers(ctx, [customer_id], 'files.view')
  else await requireHeld(ctx, file)
  return {
    name: file.name,
    mediaType: file.media_type,
    inline: isInline(file.media_type),
    size: file.size,
    body: await storage().read(file.sha256),
  }
}

/** The files attached to each of these subjects of one customer, oldest first. */
export const filesOf = async (
  ctx: Ctx,
  customer_id: string,
  subjectIds: readonly string[],
): Promise<Map<string, FileAnswer[]>> => {
  const found = new Map<string, FileAnswer[]>(subjectIds.map((id) => [id, []]))
  if (subjectIds.length === 0 || !ctx.actor.reach('files.view')) return found
  const seen = sql<boolean>`exists (select 1 from customer t
    where t.id = ${customer_id}::uuid and ${visible(ctx, 'files.view')})`
  const rows = await live(ctx, customer_id)
    .where(seen)
    .where('subject_id', 'in', [...found.keys()])
    .orderBy('id')
    .execute()
  for (const row of rows) found.get(row.subject_id ?? '')?.push(row)
  return found
}

type Held = Pick<FileTable, 'customer_id' | 'id' | 'subject_kind' | 'subject_id' | 'subject_field'>

/** A file of a field is for whoever sees the record and, plain, the field, while the field holds it. */
const requireHeld = async (ctx: Ctx, { id, customer_id, ...held }: Held) => {
  const entity = entities().find(({ name }) => name === held.subject_kind)
  const name = held.subject_field ?? ''
  const field = entity && Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
  const right = entity && field && ctx.actor.right(entity.name, name, field)
  if (!entity || (right !== 'read' && right !== 'write')) throw missing()
  const key = { id: held.subject_id ?? '', customer_id }
  const record: Record<string, unknown> = { ...(await find(ctx, entity, key)) }
  if (!filesIn(record[name]).some((file) => file.id === id)) throw missing()
}

const stored = (ctx: Ctx, customer_id: string) =>
  ctx.db
    .selectFrom('file')
    .select(['customer_id', 'id', 'name', 'size', 'media_type', 'sha256', 'subject_kind'])
    .select(['subject_id', 'subject_field', 'version', 'created_at', 'created_by'])
    .where('customer_id', '=', customer_id)
    .where('deleted_at', 'is', null)

/** Those of the customer itself; what a field holds is told with the field. */
const live = (ctx: Ctx, customer_id: string) =>
  stored(ctx, customer_id).where('subject_field', 'is', null)
