import type { ReactNode } from 'react'
import { HOME } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import type { Field, Fields } from '#platform/fields/field.ts'
import type { Draft } from '#ui/formState.ts'
import type { Tab } from '#ui/RecordList.tsx'
import type { Lead } from '#ui/recordColumns.ts'

/** A record of any kind below a customer, as answers have it. */
export type AnyRecord = Record<string, unknown> & {
  id: string
  customer_id: string
  version: number
  customer_name?: string | undefined
  created_at: string
  updated_at: string
  can: { edit: boolean; delete: boolean }
}

/** What a kind shows otherwise than its fields say of themselves. */
export type KindLook<R extends AnyRecord = AnyRecord> = {
  words?: Partial<ListWords>
  columns?: readonly string[]
  /** Columns that are no fields, drawn by `cells`. */
  drawn?: Fields
  tabs?: readonly Tab[]
  lead?: Partial<Lead<R>>
  cells?: Record<string, (row: R) => ReactNode>
  aside?: (row: R) => ReactNode
  /** What a new record begins with. */
  initial?: Draft
  /** Stands beside the name of a record that is open. */
  beside?: (row: R) => ReactNode
}

type ListWords = {
  title: string
  find: string
  create: string
  emptyTitle: string
  emptyText: string
  nothingTitle: string
  nothingText: string
  clear: string
}

export const pathOf = ({ plural }: Entity, customerId: string) =>
  `/customers/${customerId}/${plural}`

/** What belongs to the firm itself has no customer to go to. */
export const customerHref = ({ customer_id }: Pick<AnyRecord, 'customer_id'>) =>
  customer_id === HOME ? undefined : `/customers/${customer_id}`

// As much of a long text as stands in a heading.
const named = 30

/** How a record is called; a hidden title has none. */
export const nameOf = ({ title }: Entity, record: AnyRecord) => {
  const [line = ''] = String(record[title] ?? '—').split('\n')
  return line.length > named ? `${line.slice(0, named)}…` : line
}

/** The fields that show a record in one line. */
export const listed = (entity: Entity) =>
  Object.entries<Field>(entity.fields)
    .filter(([name, { list }]) => list && name !== entity.title)
    .map(([name]) => name)

/** The field whose moves are buttons, where the kind has one. */
export const stageOf = (entity: Entity) =>
  Object.entries<Field>(entity.fields).find(([, { machine }]) => machine)?.[0]
