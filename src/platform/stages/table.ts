import type { ColumnType } from 'kysely'
import type { Machine } from '../fields/machine.ts'

export type StageMachineTable = {
  entity: string
  field: string
  /** jsonb; null: the field is no stage machine any more. */
  machine: ColumnType<Machine | null, string | null, string | null>
  version: number
  updated_at: string
  updated_by: number | null
}

declare module '../database/tables.ts' {
  interface Tables {
    stage_machine: StageMachineTable
  }
}
