import type { Entity } from '#platform/fields/entity.ts'
import type { Field } from '#platform/fields/field.ts'

/** A record of any kind below a customer, as answers have it. */
export type AnyRecord = Record<string, unknown> & {
  id: string
  customer_id: string
  version: number
  customer_name?: string
  created_at: string
  updated_at: string
  can: { edit: boolean; delete: boolean }
}

export const pathOf = ({ plural }: Entity, customerId: string) =>
  `/customers/${customerId}/${plural}`

/** How a record is called; a hidden title has none. */
export const nameOf = ({ title }: Entity, record: AnyRecord) => String(record[title] ?? '—')

/** The fields that show a record in one line. */
export const listed = (entity: Entity) =>
  Object.entries<Field>(entity.fields)
    .filter(([name, { list }]) => list && name !== entity.title)
    .map(([name]) => name)

/** The field whose moves are buttons, where the kind has one. */
export const stageOf = (entity: Entity) =>
  Object.entries<Field>(entity.fields).find(([, { machine }]) => machine)?.[0]
