import type { ColumnType } from 'kysely'
import type { ListColumn, ViewDefinition } from './model.ts'

/** jsonb is written as text. */
type Json<T> = ColumnType<T, string, string>

export type ListViewTable = {
  id: string
  entity: string
  name: string
  owner_id: number
  shared_with: number[]
  definition: Json<ViewDefinition>
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
}

export type ListSettingTable = {
  person_id: number
  entity: string
  columns: Json<Record<string, ListColumn[]>>
  default_view: string | null
  updated_at: string
}

declare module '../database/tables.ts' {
  interface Tables {
    list_view: ListViewTable
    list_setting: ListSettingTable
  }
}
