import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import { AppError } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { mask } from '../fields/mask.ts'
import {
  type Binned,
  below,
  binned,
  binnedNamed,
  type DeletionTable,
  everSeen,
} from '../records/deletions.ts'
import { customerName } from '../records/present.ts'
import { find } from '../records/records.ts'
import { visible } from '../records/visible.ts'
import type { BinEntry, bin, Foretold } from './contract.ts'
import { restorable } from './reach.ts'
import { keptDays } from './settings.ts'

const pageSize = 50

type Row = DeletionTable & { customer_name: string; customer_gone: boolean; seen: string[] }

/** What the reader may bring back, the latest first. Two statements. */
const list = async (ctx: Ctx, { q, entity, mine, after }: InputOf<typeof bin.list>) => {
  const kept = await keptDays(ctx)
  const seen = binned().map(
    ({ name, plural }) =>
      sql`case when ${visible(ctx, `${plural}.view`, 'v')} then ${name}::text end`,
  )
  const sought = q?.trim()
  const { rows } = await sql<Row>`
    select d.*, v.name as customer_name, v.deleted_at is not null as customer_gone,
      array[${sql.join(seen)}] as seen
    from deletion d join ${everSeen} v on v.id = d.customer_id
    where ${restorable(ctx)}
      ${entity ? sql`and d.entity = ${entity}` : sql``}
      ${mine ? sql`and d.created_by = ${ctx.actor.id}` : sql``}
      ${sought ? sql`and d.title ilike ${pattern(sought)} and d.entity = any(${plainKinds(ctx)}::text[])` : sql``}
      ${after ? sql`and d.id < ${after}::uuid` : sql``}
    order by d.id desc limit ${pageSize + 1}`.execute(ctx.db)
  const items = rows.slice(0, pageSize).map((row) => shown(ctx, row, kept))
  return {
    items,
    next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null,
    kept_days: kept,
    can: { erase: ctx.actor.reach('bin.manage') !== undefined },
  }
}

export const all = { list }

/** How a deletion is called to this person; undefined where its title is hidden from them. */
export const titleOf = (ctx: Ctx, { entity, title }: Pick<DeletionTable, 'entity' | 'title'>) => {
  const kind = binnedNamed(entity)
  if (!kind) return undefined
  const field = kind.fields[kind.title]
  if (!field) return title
  const right = ctx.actor.right(kind.name, kind.title, field)
  if (right === 'hidden') return undefined
  return right === 'masked' ? String(mask(field, title) ?? '') : title
}

/** Says what deleting a record would take along, within the caller's sight. */
export const foretelling = (entity: Entity) => ({
  foretell: async (ctx: Ctx, key: { customer_id?: string; id: string }): Promise<Foretold> => {
    await requireDeletable(ctx, entity, key)
    return foretold(ctx, entity, [key.id])
  },
})

/**
 * What goes along with these records, as far as the caller sees it: one statement for each kind, however
 * many they are. Of records that the caller may not delete nothing is told.
 */
export const foretold = async (
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<Foretold> => {
  const along: Foretold['along'] = []
  for (const kind of entity.root ? below() : []) {
    if (!ctx.actor.reach(`${kind.plural}.view`)) continue
    const found = await goingAlong(ctx, entity, kind, ids)
    if (found.count > 0) along.push({ entity: kind.name, ...found })
  }
  return { along, kept_days: await keptDays(ctx) }
}

const shown = (ctx: Ctx, row: Row, kept: number): BinEntry => {
  const title = titleOf(ctx, row)
  const below = row.subject_id !== row.customer_id
  const name = below && row.customer_id !== HOME ? customerName(ctx, row.customer_name) : undefined
  const along = binned().flatMap(({ name: entity }) => {
    const count = row.along[entity] ?? 0
    return count > 0 && row.seen.includes(entity) ? [{ entity, count }] : []
  })
  const age = Math.floor((Date.parse(ctx.now) - Date.parse(row.created_at)) / 86_400_000)
  return {
    ...{ customer_id: row.customer_id, id: row.id, entity: row.entity, subject_id: row.subject_id },
    ...(title !== undefined && { title }),
    ...(name !== undefined && { customer_name: name }),
    customer_gone: below && row.customer_gone,
    ...{ along, cause: row.cause, created_at: row.created_at, created_by: row.created_by },
    days_left: Math.max(0, kept - age),
  }
}

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** Kinds whose titles the reader sees plain: by others nobody can search. */
const plainKinds = (ctx: Ctx) =>
  binned()
    .filter(({ name, title, fields }) => {
      const field = fields[title]
      return !field || ['read', 'write'].includes(ctx.actor.right(name, title, field))
    })
    .map(({ name }) => name)

const requireDeletable = async (
  ctx: Ctx,
  entity: Entity,
  key: { customer_id?: string; id: string },
) => {
  const { can } = await find(ctx, entity, key)
  if (!can.delete)
    throw new AppError('forbidden', 'permission_missing', {
      facts: { permission: `${entity.plural}.delete` },
    })
}

const fewTitles = 3

const goingAlong = async (ctx: Ctx, root: Entity, kind: Binned, ids: readonly string[]) => {
  const { rows } = await sql<{ title: string; count: number }>`
    select left(${sql.ref(`t.${kind.title}`)}, 80) as title, count(*) over () as count
    from ${sql.table(kind.name)} t join customer v on v.id = t.customer_id
    where t.customer_id = any(${[...ids]}::uuid[]) and t.deleted_at is null
      and ${visible(ctx, `${root.plural}.delete`, 'v')} and ${visible(ctx, `${kind.plural}.view`, 'v')}
      ${kind.within ? sql`and ${sql.ref(`t.${kind.within}`)} is null` : sql``}
    order by t.id desc limit ${fewTitles}`.execute(ctx.db)
  const titles = rows.flatMap(({ title }) => titleOf(ctx, { entity: kind.name, title }) ?? [])
  return { count: rows[0]?.count ?? 0, titles }
}
