import { sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { type Definition, fieldFrom } from '../fields/definition.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, isList } from '../fields/field.ts'
import { entities } from '../records/registry.ts'

export type Use = { entity: Entity; name: string; field: Field }

/** The fields that draw their choices from a list: built-in ones, and those of administrators as stored. */
export const usesOf = async (ctx: Pick<Ctx, 'db'>, dictionary: string): Promise<Use[]> => {
  const stored = await ctx.db
    .selectFrom('custom_field')
    .select(['entity', 'name', 'definition'])
    .where('deleted_at', 'is', null)
    .execute()
  return entities().flatMap((entity) => {
    const fixed = Object.entries(entity.fields).filter(([, field]) => !field.custom)
    const added = stored
      .filter((row) => row.entity === entity.name)
      .map(({ definition }): [string, Field] => [definition.name, fieldFrom(definition)])
    return [...fixed, ...added].flatMap(([name, field]) =>
      field.dictionary === dictionary ? [{ entity, name, field }] : [],
    )
  })
}

/** How many records hold this value, those in the recycle bin included: they may come back. */
export const countUses = async (ctx: Pick<Ctx, 'db'>, uses: readonly Use[], value: string) => {
  let total = 0
  for (const [entity, own] of Map.groupBy(uses, (use) => use.entity)) {
    const holds = own.map(({ name, field }) => {
      const column = columnOf(name, field)
      return isList(field) ? sql`${column} @> ${[value]}` : sql`${column} = ${value}`
    })
    const { rows } = await sql<{ count: number }>`select count(*) as count
      from ${sql.table(entity.name)} t where ${sql.join(holds, sql` or `)}`.execute(ctx.db)
    total += rows[0]?.count ?? 0
  }
  return total
}

/** The use of an added field with choices of its own. */
export const ownUse = (entity: Entity, definition: Definition): Use => ({
  entity,
  name: definition.name,
  field: fieldFrom(definition),
})
