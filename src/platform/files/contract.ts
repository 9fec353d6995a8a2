import * as z from 'zod/mini'
import { endpoint, fileOutput } from '../door/contract.ts'

const uuid = z.uuid('not_an_id')
const base = '/customers/:customer_id/files'

/** A file of a customer as an answer shows it; its content has an address of its own. */
export const fileShape = z.object({
  id: z.string(),
  customer_id: z.string(),
  name: z.string(),
  size: z.number(),
  media_type: z.string(),
  sha256: z.string(),
  subject_kind: z.nullable(z.string()),
  subject_id: z.nullable(z.string()),
  version: z.number(),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
})
export type FileAnswer = z.infer<typeof fileShape>

const fileName = z.string().check(z.minLength(1, 'required'), z.maxLength(400, 'too_long'))

export const files = {
  list: endpoint({
    method: 'GET',
    path: base,
    permission: 'files.view',
    summary: { zh: '客户的文件', en: 'Files of a customer' },
    input: z.strictObject({ customer_id: uuid, after: z.optional(uuid) }),
    output: z.object({ items: z.array(fileShape), next: z.nullable(z.string()) }),
  }),
  add: endpoint({
    method: 'POST',
    path: base,
    permission: 'files.create',
    summary: { zh: '上传文件', en: 'Upload a file' },
    input: z.strictObject({ customer_id: uuid, name: fileName }),
    output: fileShape,
    upload: true,
    status: 201,
  }),
  upload: endpoint({
    method: 'POST',
    path: '/files',
    permission: 'files.create',
    summary: { zh: '上传文件，待填入记录', en: 'Upload a file for a field of a record' },
    input: z.strictObject({ name: fileName }),
    output: fileShape,
    upload: true,
    status: 201,
  }),
  content: endpoint({
    method: 'GET',
    path: `${base}/:id/content`,
    permission: 'files.view',
    summary: { zh: '文件内容', en: 'Content of a file' },
    input: z.strictObject({ customer_id: uuid, id: uuid }),
    output: fileOutput,
    download: true,
    stored: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: `${base}/:id`,
    permission: 'files.delete',
    summary: { zh: '删除文件', en: 'Delete a file' },
    input: z.strictObject({ customer_id: uuid, id: uuid }),
    output: z.object({ ok: z.literal(true), deletion_id: z.string() }),
    ifMatch: true,
  }),
}
