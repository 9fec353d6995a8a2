/** Somebody, or a department, that works with a customer besides the responsible person. */
export type CustomerMemberTable = {
  customer_id: string
  id: string
  principal_id: number
  /** What they may do and until when; see `share`. */
  share_id: number
  /** Their part in it, in the words of the firm. */
  role: string | null
  reason: string | null
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
}

declare module '#platform/database/tables.ts' {
  interface Tables {
    customer_member: CustomerMemberTable
  }
}
