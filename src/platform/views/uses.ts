import { sql } from 'kysely'
import { namesValue } from '../conditions/depends.ts'
import type { Uses } from '../customFields/uses.ts'
import type { Ctx } from '../database/ctx.ts'
import type { Named } from '../dictionaries/places.ts'
import type { Entity } from '../fields/entity.ts'
import { entities } from '../records/registry.ts'
import type { ViewDefinition } from './model.ts'
import { usedBy } from './queries.ts'

type Row = { entity: string; name: string; own: boolean; definition: ViewDefinition }

/**
 * The views that cannot do without a field (they filter, sort, group or add up by it), and those that
 * only have a column of it; by name those that are shared or the asker's own.
 */
export const usesInViews = async (ctx: Ctx, entity: string, field: string) => {
  const needs = (of: Entity, definition: ViewDefinition) =>
    usedBy(of, definition).fields.some((each) => each.entity === entity && each.field === field)
  const shows = (of: Entity, definition: ViewDefinition) =>
    of.name === entity && (definition.columns ?? []).some(({ name }) => name === field)
  return {
    needing: await viewsThat(ctx, field, needs),
    showing: await viewsThat(
      ctx,
      field,
      (of, definition) => shows(of, definition) && !needs(of, definition),
    ),
  }
}

/** The views whose conditions name a choice, told in the same way. */
export const choicesInViews = (ctx: Ctx, named: Named): Promise<Uses> =>
  viewsThat(
    ctx,
    named.field,
    (of, { filter }) => filter !== undefined && namesValue(of, filter, named),
  )

const viewsThat = async (
  ctx: Ctx,
  field: string,
  use: (entity: Entity, definition: ViewDefinition) => boolean,
): Promise<Uses> => {
  const { rows } = await sql<Row>`
    select entity, name, definition,
      owner_id = ${ctx.actor.id} or cardinality(shared_with) > 0 as own
    from list_view
    where deleted_at is null and strpos(definition::text, ${field}) > 0 order by name`.execute(
    ctx.db,
  )
  const using = rows.filter((row) => {
    const of = entities().find(({ name }) => name === row.entity)
    return of !== undefined && use(of, row.definition)
  })
  const names = using.filter(({ own }) => own).map(({ name }) => name)
  return { names, others: using.length - names.length }
}

/** How many saved views are shared with a department. */
export const viewsFor = async ({ db }: Pick<Ctx, 'db'>, department: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from list_view
    where deleted_at is null and ${department} = any(shared_with)`.execute(db)
  return rows[0]?.count ?? 0
}
