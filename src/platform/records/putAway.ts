import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import { emit } from '../events/events.ts'
import type { Entity } from '../fields/entity.ts'
import { type Binned, below, type Cause, keepDeletions } from './deletions.ts'
import type { Stored } from './present.ts'
import { dropSearch } from './searching.ts'

type Row = Stored & { id: string; customer_id: string; deletion_id: string }

/**
 * Puts rows away that the caller has locked and may delete: they are seen by nobody, block nothing,
 * and lie in the recycle bin. With a customer goes everything below it; files of another record stay.
 * Two statements per kind and a few more, however many rows. Gives the id of each deletion.
 */
export const putRowsAway = async (
  ctx: Ctx,
  entity: Entity,
  rows: readonly Stored[],
  cause: Cause,
): Promise<string[]> => {
  const going: Row[] = rows.map((row) => ({
    ...row,
    id: String(row.id),
    customer_id: String(entity.root ? row.id : row.customer_id),
    deletion_id: randomUUIDv7(),
  }))
  const targets = JSON.stringify(
    going.map(({ id, customer_id, deletion_id }) => ({ id, customer_id, deletion_id })),
  )
  await mark(ctx, entity, targets)
  const along = new Map<string, Record<string, number>>()
  for (const kind of entity.root ? below() : [])
    for (const { deletion_id, count } of await sweep(ctx, kind, targets))
      along.set(deletion_id, { ...along.get(deletion_id), [kind.name]: count })
  await keepDeletions(
    ctx,
    going.map((row) => ({
      ...{ customer_id: row.customer_id, id: row.deletion_id },
      ...{ entity: entity.name, subject_id: row.id, title: String(row[entity.title] ?? '') },
      ...{ along: along.get(row.deletion_id) ?? {}, owner_id: ownerOf(entity, row) },
      ...{ cause: cause.kind, cause_id: cause.id ?? null },
    })),
  )
  await emit(
    ctx,
    going.map((row) => ({
      kind: `${entity.name}.deleted`,
      ...{ customer_id: row.customer_id, subject_kind: entity.name, subject_id: row.id },
      payload: {
        title: row[entity.title],
        ...{
          deletion_id: row.deletion_id,
          cause: cause.kind,
          along: along.get(row.deletion_id) ?? {},
        },
      },
    })),
  )
  await dropSearch(ctx, entity, going)
  return going.map(({ deletion_id }) => deletion_id)
}

/** Refuses keys that name a row twice. */
export const requireOnce = (keys: readonly { id: string }[]) => {
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw missing()
}

const targetRows = (targets: string) =>
  sql`jsonb_to_recordset(${targets}::jsonb) as r(id uuid, customer_id uuid, deletion_id uuid)`

const mark = async (ctx: Ctx, entity: Entity, targets: string) => {
  const grants = entity.root ? sql`, former_grants = t.grants, grants = '{}'` : sql``
  await sql`update ${sql.table(entity.name)} t set deleted_at = ${ctx.now}, deletion_id = r.deletion_id,
      version = t.version + 1, updated_at = ${ctx.now}, updated_by = ${ctx.actor.id} ${grants}
    from ${targetRows(targets)}
    where t.id = r.id ${entity.root ? sql`` : sql`and t.customer_id = r.customer_id`}`.execute(
    ctx.db,
  )
}

/** Takes along what lives below these customers; it keeps its version, as nobody changed it. */
const sweep = async (ctx: Ctx, kind: Binned, targets: string) => {
  const { rows } = await sql<{ deletion_id: string; count: number }>`with gone as (
      update ${sql.table(kind.name)} t set deleted_at = ${ctx.now}, deletion_id = r.deletion_id
      from ${targetRows(targets)} where t.customer_id = r.customer_id and t.deleted_at is null
      returning t.deletion_id)
    select deletion_id, count(*) as count from gone group by deletion_id`.execute(ctx.db)
  return rows
}

const ownerOf = (entity: Entity, row: Stored) => {
  const owner = row[entity.root ? 'owner_id' : (entity.home ?? '')]
  return typeof owner === 'number' ? owner : null
}
