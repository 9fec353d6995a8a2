import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { entities } from './registry.ts'

/** Why something was put away, and by which run of it. */
export type Cause = { kind: 'hand' | 'bulk' | 'import'; id?: string }

/** What was put away at once: a record and what stood below it. */
export type DeletionTable = {
  customer_id: string
  id: string
  entity: string
  subject_id: string
  title: string
  /** How many of each kind went along. */
  along: Record<string, number>
  cause: Cause['kind']
  cause_id: string | null
  /** Who was responsible; of the firm's own rows the only one who may see them. */
  owner_id: number | null
  created_at: string
  created_by: number | null
}

declare module '../database/tables.ts' {
  interface Tables {
    deletion: DeletionTable
  }
}

/** What can be put away: every kind of record, and files. */
export type Binned = Pick<Entity, 'name' | 'plural' | 'title' | 'root' | 'home' | 'fields'> & {
  /** The column that names the field whose value a row is; with that field alone is such a row told. */
  within?: string
}

/** A file has no fields that anybody could be refused. */
const file: Binned = {
  ...{ name: 'file', plural: 'files', title: 'name', fields: {} },
  within: 'subject_field',
}

export const binned = (): readonly Binned[] => [...entities(), file]
export const binnedNamed = (name: string) => binned().find((each) => each.name === name)

/** The kinds that stand below a customer. */
export const below = () => binned().filter((each) => !each.root)

/** Writes down what was put away; one statement however much. */
export const keepDeletions = async (
  ctx: Ctx,
  rows: readonly Omit<DeletionTable, 'created_at' | 'created_by'>[],
) => {
  const stamped = rows.map((row) => ({ ...row, created_at: ctx.now, created_by: ctx.actor.id }))
  await sql`insert into deletion
    select * from jsonb_populate_recordset(null::deletion, ${JSON.stringify(stamped)}::jsonb)`.execute(
    ctx.db,
  )
}

/**
 * Customers, deleted or not, with `grants` as they are or were: by them it is decided who sees what
 * lies in the bin, so that nobody sees there what they could not see before.
 */
export const everSeen: RawBuilder<unknown> = sql`(select id, name, deleted_at, deletion_id,
  case when deleted_at is null then grants else coalesce(former_grants, '{}') end as grants
  from customer)`
