import * as z from 'zod/mini'
import { conditionShape } from '../conditions/condition.ts'
import { endpoint, fileOutput, nothing } from '../door/contract.ts'
import type { Entity } from '../fields/entity.ts'
import { line } from '../fields/kinds.ts'
import { soughtText } from '../search/sought.ts'

export const formats = ['csv', 'xlsx'] as const
export type Format = (typeof formats)[number]
export const statuses = ['running', 'done', 'failed', 'cancelled', 'expired'] as const
export type Status = (typeof statuses)[number]

/** So many rows may be picked one by one. */
const mostPicked = 2000

const uuid = z.uuid('not_an_id')
const one = z.strictObject({ id: uuid })
const column = z.string().check(z.maxLength(60, 'too_long'))

const run = z.object({
  id: z.string(),
  entity: z.string(),
  status: z.enum(statuses),
  reason: z.nullable(z.string()),
  /** Why its file, though made, is not given to who asked for it any more. */
  withheld: z.nullable(z.string()),
  format: z.enum(formats),
  columns: z.array(z.string()),
  total: z.number(),
  done: z.number(),
  file_name: z.string(),
  expires_at: z.nullable(z.string()),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
})
export type ExportRun = z.infer<typeof run>

const settings = z.object({
  /** From so many rows on an export needs `exports.large`. */
  large_rows: z.number(),
  kept_days: z.number(),
  /** Whether a line above the heading says who took the rows out, when and how many. */
  watermark: z.boolean(),
  /** What that line begins with; empty: the usual words. */
  watermark_words: z.string(),
})
export type ExportSettings = z.infer<typeof settings>

const days = z
  .number()
  .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(90, 'too_large'))
const rows = z
  .number()
  .check(z.int('not_an_integer'), z.minimum(1, 'too_small'), z.maximum(10_000_000, 'too_large'))

/** An export of one kind of record that is made in the background. */
export const exportsOf = ({ plural, label }: Pick<Entity, 'plural' | 'label'>) => ({
  startExport: endpoint({
    method: 'POST',
    path: `/${plural}/exports`,
    permission: `${plural}.export`,
    summary: { zh: `${label.zh}：后台导出`, en: `Export in background: ${label.en.toLowerCase()}` },
    input: z.strictObject({
      q: z.optional(soughtText),
      filter: z.optional(conditionShape),
      sort: z.optional(z.string().check(z.maxLength(60))),
      ids: z.optional(
        z.array(uuid).check(z.minLength(1, 'required'), z.maxLength(mostPicked, 'too_many')),
      ),
      columns: z.optional(
        z.array(column).check(z.minLength(1, 'required'), z.maxLength(600, 'too_many')),
      ),
      format: z._default(z.enum(formats), 'xlsx'),
    }),
    output: run,
    status: 202,
  }),
  exportChoice: endpoint({
    method: 'GET',
    path: `/${plural}/export-choice`,
    permission: `${plural}.export`,
    summary: {
      zh: `${label.zh}：上次导出的列`,
      en: `Fields last exported: ${label.en.toLowerCase()}`,
    },
    input: nothing,
    output: z.object({
      columns: z.nullable(z.array(z.string())),
      format: z.enum(formats),
      large_rows: z.number(),
    }),
  }),
})

export const exportRuns = {
  list: endpoint({
    method: 'GET',
    path: '/exports',
    permission: 'signed_in',
    summary: { zh: '导出记录', en: 'Exports' },
    input: z.strictObject({ after: z.optional(z.string().check(z.maxLength(100))) }),
    output: z.object({ items: z.array(run), next: z.nullable(z.string()) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/exports/:id',
    permission: 'signed_in',
    summary: { zh: '一次导出', en: 'An export' },
    input: one,
    output: run,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/exports/:id/cancellation',
    permission: 'signed_in',
    summary: { zh: '取消导出', en: 'Cancel an export' },
    input: one,
    output: run,
  }),
  content: endpoint({
    method: 'GET',
    path: '/exports/:id/content',
    permission: 'signed_in',
    summary: { zh: '导出的文件', en: 'File of an export' },
    input: one,
    output: fileOutput,
    download: true,
    stored: true,
    audited: true,
  }),
  settings: endpoint({
    method: 'GET',
    path: '/export-settings',
    permission: 'signed_in',
    summary: { zh: '导出设置', en: 'Settings of exports' },
    input: nothing,
    output: settings,
  }),
  set: endpoint({
    method: 'PUT',
    path: '/export-settings',
    permission: 'exports.all',
    summary: { zh: '修改导出设置', en: 'Change the settings of exports' },
    input: z.strictObject({
      large_rows: rows,
      kept_days: days,
      watermark: z.boolean(),
      watermark_words: line(60),
    }),
    output: settings,
  }),
}
