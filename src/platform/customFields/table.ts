import type { Definition } from '../fields/definition.ts'

export type CustomFieldTable = {
  entity: string
  name: string
  definition: Definition
  position: number
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
  /** The day on which somebody last filtered by it. */
  filtered_on: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    custom_field: CustomFieldTable
  }
}
