import type { ColumnType } from 'kysely'
import type { Dictionary } from './contract.ts'

/** jsonb is written as text: the driver would take a list for an array of PostgreSQL. */
type Json<T> = ColumnType<T, string, string>

export type DictionaryTable = {
  name: string
  label: Json<Dictionary['label']>
  entries: Json<Dictionary['entries']>
  position: number
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    dictionary: DictionaryTable
  }
}
