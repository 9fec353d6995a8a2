import type { ColumnType, Generated } from 'kysely'
import type { Label } from '#platform/fields/field.ts'
import type { Rights, Scope } from './rules.ts'

/** jsonb is written as text. */
type Json<T> = ColumnType<T, string, string>

export type RoleTable = {
  id: string
  label: Json<Label>
  description: string
  built_in: boolean
  default_scope: Scope
  departments: number[]
  rights: Json<Rights>
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: Generated<string | null>
}

declare module '#platform/database/tables.ts' {
  interface Tables {
    role: RoleTable
  }
}
