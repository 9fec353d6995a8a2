/** The row of a stored file; the content lies in the storage under its hash. */
export type FileTable = {
  customer_id: string
  id: string
  name: string
  /** Bytes. */
  size: number
  media_type: string
  sha256: string
  /** What the file belongs to besides the customer, such as an interaction. */
  subject_kind: string | null
  subject_id: string | null
  /** The field of that record whose value it is; then it is seen with the field alone. */
  subject_field: string | null
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
  deletion_id: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    file: FileTable
  }
}
