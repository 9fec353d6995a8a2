import type { Generated } from 'kysely'

export type DepartmentTable = {
  id: Generated<number>
  name: string
  parent_id: number | null
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
}

declare module '#platform/database/tables.ts' {
  interface Tables {
    department: DepartmentTable
  }
}
