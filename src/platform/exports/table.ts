import type { Generated, JSONColumnType } from 'kysely'
import type { Condition } from '../conditions/condition.ts'
import type { Reach } from '../records/visible.ts'
import type { Format, Status } from './contract.ts'

/** What the rows of an export are: a list's question, or rows picked one by one. */
export type Asked = { q?: string; filter?: Condition; sort?: string; ids?: string[] }

/** An export belongs to the firm itself, as its file does until it expires. */
export type ExportRunTable = {
  customer_id: string
  id: string
  entity: string
  question: JSONColumnType<Asked, string, string>
  columns: string[]
  /** Those whose values stand in the file as they are, not covered. */
  plain: Generated<string[]>
  /** How far its person could export when it was made; null: not made yet, or not known. */
  reach: JSONColumnType<Reach | null, string | undefined, string>
  format: Format
  status: Status
  reason: string | null
  total: number
  done: number
  file_id: string | null
  file_name: string
  expires_at: string | null
  created_at: string
  created_by: number | null
  updated_at: string
}

/** Which fields a person exported last, in which order. */
export type ExportChoiceTable = {
  customer_id: string
  id: string
  person_id: number
  entity: string
  columns: string[]
  format: Format
  updated_at: string
}

declare module '../database/tables.ts' {
  interface Tables {
    export_run: ExportRunTable
    export_choice: ExportChoiceTable
  }
}
