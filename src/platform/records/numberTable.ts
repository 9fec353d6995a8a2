import type { Rule } from './numberRule.ts'

declare module '../database/tables.ts' {
  interface Tables {
    numbering_rule: Rule & {
      entity: string
      version: number
      updated_at: string
      updated_by: number | null
    }
    numbering_series: { entity: string; period: string; last: number }
  }
}
