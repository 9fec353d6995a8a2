import type { ColumnType } from 'kysely'
import type { Action, BulkRun, Problem, Target } from './contract.ts'

/** jsonb is written as text. */
type Json<T> = ColumnType<T, string, string>

export type BulkRunTable = {
  customer_id: string
  id: string
  entity: string
  action: Json<Action>
  targets: Json<Target[]>
  total: number
  next: number
  done: number
  problems: Json<Problem[]>
  status: BulkRun['status']
  reason: string | null
  created_at: string
  created_by: number | null
  updated_at: string
}

declare module '../database/tables.ts' {
  interface Tables {
    bulk_run: BulkRunTable
  }
}
