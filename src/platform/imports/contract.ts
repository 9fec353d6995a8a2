import * as z from 'zod/mini'
import { done, endpoint, fileOutput, nothing } from '../door/contract.ts'

export const modes = ['insert', 'update', 'both'] as const
export type Mode = (typeof modes)[number]

export const statuses = [
  'uploaded',
  'checking',
  'checked',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const
export type Status = (typeof statuses)[number]

/** read = created + updated + skipped + failed, always; `rows` is the whole file, once it is known. */
const countsShape = z.object({
  rows: z.number(),
  read: z.number(),
  created: z.number(),
  updated: z.number(),
  skipped: z.number(),
  failed: z.number(),
  warned: z.number(),
})
export type Counts = z.infer<typeof countsShape>

/** What a word that names nothing stands for: a value, nothing at all, or a choice that is to be made. */
const decision = z.union([
  z.strictObject({ to: z.union([z.string().check(z.maxLength(200, 'too_long')), z.number()]) }),
  z.strictObject({ leave: z.literal(true) }),
  z.strictObject({ make: z.literal(true) }),
])
export type Decision = z.infer<typeof decision>
/** By the path of the field, then by the word. */
const decisionsShape = z.record(
  z.string().check(z.maxLength(100)),
  z.record(z.string().check(z.maxLength(200)), decision),
)
export type Decisions = z.infer<typeof decisionsShape>

/** A word that names no choice, person, department or region of its field, and in how many rows. */
const unreadShape = z.object({
  path: z.string(),
  column: z.string(),
  word: z.string(),
  reason: z.string(),
  count: z.number(),
})
export type Unread = z.infer<typeof unreadShape>

/** What comes first in 5/1/2026, and the year of 1月5日. */
const datesShape = z.strictObject({
  order: z.optional(z.enum(['day', 'month'])),
  year: z.optional(
    z
      .number()
      .check(z.int('not_an_integer'), z.minimum(1900, 'too_small'), z.maximum(2200, 'too_large')),
  ),
})
export type Dates = z.infer<typeof datesShape>

/** How far taking an import back is: `done` records are as before, `kept` ones stayed. */
const undoShape = z.object({
  by: z.nullable(z.number()),
  at: z.string(),
  total: z.number(),
  done: z.number(),
  kept: z.number(),
  /** What the import was before, should the undo not come to its end. */
  from: z.enum(statuses),
})
export type Undo = z.infer<typeof undoShape>

/** What an undo would do, or has done: by kind of record, and why some stay. */
const undoPlanShape = z.object({
  total: z.number(),
  undoable: z.number(),
  records: z.array(
    z.object({
      entity: z.string(),
      created: z.boolean(),
      count: z.number(),
      kept: z.number(),
    }),
  ),
  reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  examples: z.array(
    z.object({
      entity: z.string(),
      customer_id: z.string(),
      id: z.string(),
      title: z.string(),
      row: z.number(),
      reason: z.string(),
    }),
  ),
})
export type UndoPlan = z.infer<typeof undoPlanShape>

const importShape = z.object({
  id: z.string(),
  entity: z.string(),
  status: z.enum(statuses),
  reason: z.nullable(z.string()),
  facts: z.optional(z.record(z.string(), z.unknown())),
  file_name: z.string(),
  format: z.string(),
  encoding: z.nullable(z.string()),
  separator: z.nullable(z.string()),
  sheets: z.array(z.string()),
  sheet: z.nullable(z.string()),
  header: z.array(z.string()),
  header_row: z.number(),
  preview: z.array(z.array(z.string())),
  mapping: z.array(z.nullable(z.string())),
  mode: z.enum(modes),
  key: z.nullable(z.string()),
  owner_id: z.nullable(z.number()),
  defaults: z.record(z.string(), z.unknown()),
  dates: datesShape,
  decisions: decisionsShape,
  /** What the last check could not read, for a person to decide on. */
  unread: z.array(unreadShape),
  /** Of a table that came in a zip: how many files, and those that no row names, once checked. */
  archive: z.nullable(
    z.object({ files: z.number(), unused: z.array(z.string()), unused_count: z.number() }),
  ),
  /** The kept mapping that was applied by itself. */
  mapping_name: z.nullable(z.string()),
  counts: countsShape,
  undo: z.nullable(undoShape),
  /** Since when its file, its rows and what an undo needs are gone. */
  swept_at: z.nullable(z.string()),
  version: z.number(),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
  updated_at: z.string(),
})
export type ImportAnswer = z.infer<typeof importShape>

const problemShape = z.object({
  row: z.number(),
  column: z.nullable(z.string()),
  reason: z.string(),
  value: z.nullable(z.string()),
  level: z.enum(['error', 'warning']),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})

const mappingShape = z.object({
  id: z.string(),
  entity: z.string(),
  name: z.string(),
  /** The headings it is for, in the order of the file that it was kept from. */
  header: z.array(z.string()),
  mapping: z.array(z.nullable(z.string())),
  mode: z.enum(modes),
  key: z.nullable(z.string()),
  shared: z.boolean(),
  own: z.boolean(),
  version: z.number(),
  created_by: z.nullable(z.number()),
  updated_at: z.string(),
})
export type KeptMapping = z.infer<typeof mappingShape>

const settings = z.object({
  /** Days that the file, the failed rows and the undo of an import are kept. */
  kept_days: z.number(),
})
export type ImportSettings = z.infer<typeof settings>

const days = z
  .number()
  .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(3650, 'too_large'))

const id = z.uuid('not_an_id')
const mappingName = z
  .string()
  .check(z.trim(), z.minLength(1, 'required'), z.maxLength(60, 'too_long'))
const one = z.strictObject({ id })
/** From the address, so it comes as digits. */
const personNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, 'not_an_integer')),
  z.transform(Number),
)
const name = z.string().check(z.minLength(1, 'required'), z.maxLength(400, 'too_long'))
const after = z.optional(z.string().check(z.maxLength(100)))

export const imports = {
  list: endpoint({
    method: 'GET',
    path: '/imports',
    permission: 'signed_in',
    summary: { zh: '导入记录', en: 'Imports' },
    input: z.strictObject({
      after,
      entity: z.optional(z.string().check(z.maxLength(60))),
      status: z.optional(z.enum(statuses)),
      created_by: z.optional(personNumber),
    }),
    output: z.object({ items: z.array(importShape), next: z.nullable(z.string()) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/imports/:id',
    permission: 'signed_in',
    summary: { zh: '一次导入', en: 'An import' },
    input: one,
    output: importShape,
  }),
  template: endpoint({
    method: 'GET',
    path: '/import-templates/:entity',
    permission: 'signed_in',
    summary: { zh: '导入模板', en: 'Import template' },
    input: z.strictObject({ entity: z.string().check(z.maxLength(60)) }),
    output: fileOutput,
    download: true,
  }),
  create: endpoint({
    method: 'POST',
    path: '/imports',
    permission: 'signed_in',
    summary: { zh: '上传要导入的表格', en: 'Upload a table to import' },
    input: z.strictObject({ entity: z.string().check(z.maxLength(60)), name }),
    output: importShape,
    upload: true,
    status: 201,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/imports/:id',
    permission: 'signed_in',
    summary: { zh: '修改导入设置', en: 'Change the settings of an import' },
    input: z.strictObject({
      id,
      mapping: z.optional(z.array(z.nullable(z.string().check(z.maxLength(100))))),
      mode: z.optional(z.enum(modes)),
      key: z.optional(z.nullable(z.string().check(z.maxLength(60)))),
      sheet: z.optional(z.string().check(z.maxLength(100))),
      encoding: z.optional(z.string().check(z.maxLength(20))),
      separator: z.optional(z.enum([',', ';', '\t', '|'])),
      header_row: z.optional(
        z
          .number()
          .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(1000, 'too_large')),
      ),
      dates: z.optional(datesShape),
      decisions: z.optional(decisionsShape),
      owner_id: z.optional(z.nullable(z.number().check(z.int('not_an_integer')))),
      defaults: z.optional(z.record(z.string(), z.unknown())),
    }),
    output: importShape,
    ifMatch: true,
  }),
  check: endpoint({
    method: 'POST',
    path: '/imports/:id/check',
    permission: 'signed_in',
    summary: { zh: '检查导入，不写入', en: 'Check an import without writing' },
    input: one,
    output: importShape,
    status: 202,
  }),
  run: endpoint({
    method: 'POST',
    path: '/imports/:id/run',
    permission: 'signed_in',
    summary: { zh: '开始导入', en: 'Run an import' },
    input: one,
    output: importShape,
    status: 202,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/imports/:id/cancellation',
    permission: 'signed_in',
    summary: { zh: '取消导入', en: 'Cancel an import' },
    input: one,
    output: importShape,
  }),
  undoPlan: endpoint({
    method: 'GET',
    path: '/imports/:id/undo',
    permission: 'signed_in',
    summary: { zh: '撤销导入会怎样', en: 'What undoing an import would do' },
    input: one,
    output: undoPlanShape,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/imports/:id/undo',
    permission: 'signed_in',
    summary: { zh: '撤销导入', en: 'Undo an import' },
    input: one,
    output: importShape,
    status: 202,
  }),
  problems: endpoint({
    method: 'GET',
    path: '/imports/:id/problems',
    permission: 'signed_in',
    summary: { zh: '导入中的问题', en: 'Problems of an import' },
    input: z.strictObject({ id, after, level: z.optional(z.enum(['error', 'warning'])) }),
    output: z.object({ items: z.array(problemShape), next: z.nullable(z.string()) }),
  }),
  original: endpoint({
    method: 'GET',
    path: '/imports/:id/file',
    permission: 'signed_in',
    summary: { zh: '导入的原文件', en: 'The file of an import' },
    input: one,
    output: fileOutput,
    download: true,
    stored: true,
  }),
  failures: endpoint({
    method: 'GET',
    path: '/imports/:id/failures',
    permission: 'signed_in',
    summary: { zh: '未能导入的行', en: 'Rows that could not be imported' },
    input: z.strictObject({ id, format: z._default(z.enum(['csv', 'xlsx']), 'xlsx') }),
    output: fileOutput,
    download: true,
  }),
  settings: endpoint({
    method: 'GET',
    path: '/import-settings',
    permission: 'signed_in',
    summary: { zh: '导入设置', en: 'Settings of imports' },
    input: nothing,
    output: settings,
  }),
  set: endpoint({
    method: 'PUT',
    path: '/import-settings',
    permission: 'imports.all',
    summary: { zh: '修改导入设置', en: 'Change the settings of imports' },
    input: z.strictObject({ kept_days: days }),
    output: settings,
  }),
}

/** Mappings kept for the next table with the same headings. */
export const importMappings = {
  listMappings: endpoint({
    method: 'GET',
    path: '/import-mappings',
    permission: 'signed_in',
    summary: { zh: '保存的列对应', en: 'Kept mappings' },
    input: z.strictObject({ entity: z.optional(z.string().check(z.maxLength(60))) }),
    output: z.object({ items: z.array(mappingShape) }),
  }),
  keepMapping: endpoint({
    method: 'POST',
    path: '/import-mappings',
    permission: 'signed_in',
    summary: { zh: '保存列对应', en: 'Keep a mapping' },
    input: z.strictObject({
      import_id: id,
      name: mappingName,
      shared: z._default(z.boolean(), false),
    }),
    output: mappingShape,
    status: 201,
  }),
  changeMapping: endpoint({
    method: 'PATCH',
    path: '/import-mappings/:id',
    permission: 'signed_in',
    summary: { zh: '修改保存的列对应', en: 'Change a kept mapping' },
    input: z.strictObject({
      id,
      name: z.optional(mappingName),
      shared: z.optional(z.boolean()),
      /** Takes over what this import says. */
      import_id: z.optional(id),
    }),
    output: mappingShape,
    ifMatch: true,
  }),
  dropMapping: endpoint({
    method: 'DELETE',
    path: '/import-mappings/:id',
    permission: 'signed_in',
    summary: { zh: '删除保存的列对应', en: 'Delete a kept mapping' },
    input: one,
    output: done,
    ifMatch: true,
  }),
}
