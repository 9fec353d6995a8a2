import type { Generated } from 'kysely'

export type PostTable = {
  id: string
  name: string
  roles: string[]
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: Generated<string | null>
}

declare module '#platform/database/tables.ts' {
  interface Tables {
    post: PostTable
  }
}
