import type { JSONColumnType } from 'kysely'
import type { Counts, Dates, Decisions, Mode, Status, Undo, Unread } from './contract.ts'

type Values = Record<string, unknown>

type Archive = { files: string[]; used: string[] }

/** An import belongs to the firm itself; the file that it reads is stored beside it. */
export type ImportTable = {
  customer_id: string
  id: string
  entity: string
  file_id: string
  file_name: string
  format: string
  encoding: string | null
  separator: string | null
  sheets: string[]
  sheet: string | null
  header: string[]
  header_row: number
  /** The first rows, encrypted as any column may hold anything; a list where they were stored before. */
  preview: JSONColumnType<string[][], string, string> | string
  mapping: JSONColumnType<(string | null)[], string, string>
  mode: Mode
  key: string | null
  /** Values of new records for fields that their row leaves empty. */
  defaults: JSONColumnType<Values, string, string>
  dates: JSONColumnType<Dates, string, string>
  decisions: JSONColumnType<Decisions, string, string>
  unread: JSONColumnType<Unread[], string, string>
  mapping_name: string | null
  /** The zip that the table came in, its files, and those that rows have named. */
  archive_file_id: string | null
  archive: JSONColumnType<Archive, string | null, string | null> | null
  status: Status
  reason: string | null
  /** What the words of the reason need, such as the row. */
  facts: JSONColumnType<Values, string | null, string | null> | null
  counts: JSONColumnType<Counts, string, string>
  undo: JSONColumnType<Undo, string | null, string | null> | null
  /** The first row of the file that is not yet done; 0 before the first. */
  next_row: number
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
  swept_at: string | null
}

export type ImportProblemTable = {
  customer_id: string
  id: string
  import_id: string
  row_number: number
  column_name: string | null
  level: 'error' | 'warning'
  reason: string
  value: string | null
  detail: JSONColumnType<Record<string, string | number>, string | null, string | null> | null
}

export type ImportKeyTable = {
  customer_id: string
  id: string
  import_id: string
  row_number: number
  record_id: string | null
  made: boolean
  given: JSONColumnType<Values, string, string>
  beside: JSONColumnType<Values[], string, string>
}

export type ImportRowTable = {
  customer_id: string
  id: string
  import_id: string
  row_number: number
  entity: string
  record_customer_id: string
  record_id: string
  created: boolean
  version: number
  version_before: number
  before: JSONColumnType<Values, string, string>
  touched: boolean
  outcome: string | null
}

/** A mapping by heading, kept for the next table with the same headings. */
export type ImportMappingTable = {
  customer_id: string
  id: string
  entity: string
  name: string
  /** A digest of the headings, in no order. */
  headings: string
  columns: JSONColumnType<{ heading: string; path: string | null }[], string, string>
  mode: Mode
  key: string | null
  dates: JSONColumnType<Dates, string, string>
  decisions: JSONColumnType<Decisions, string, string>
  shared: boolean
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
}

declare module '../database/tables.ts' {
  interface Tables {
    import: ImportTable
    import_problem: ImportProblemTable
    import_key: ImportKeyTable
    import_row: ImportRowTable
    import_mapping: ImportMappingTable
  }
}
