import type { Ctx } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import { customVersion } from '../fields/custom.ts'
import { type Definition, takeDefinitions } from '../fields/definition.ts'

const shown = ['entity', 'position', 'version', 'definition'] as const

/** Every live definition and a number that grows with each change of any of them. */
export const list = async (ctx: Pick<Ctx, 'db'>) => {
  const rows = await ctx.db
    .selectFrom('custom_field')
    .select([...shown, 'deleted_at'])
    .orderBy('entity')
    .orderBy('position')
    .orderBy('name')
    .execute()
  return {
    version: rows.reduce((sum, row) => sum + row.version, 0),
    items: rows
      .filter((row) => row.deleted_at === null)
      .map(({ deleted_at: _, ...row }) => told(row)),
  }
}

export const find = async (ctx: Pick<Ctx, 'db'>, id: string) => {
  const [entity = '', name = ''] = id.split('.')
  const row = await ctx.db
    .selectFrom('custom_field')
    .select(shown)
    .where('entity', '=', entity)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw missing()
  return told(row)
}

const told = <R extends { entity: string; definition: Definition }>(row: R) => ({
  ...row,
  id: `${row.entity}.${row.definition.name}`,
})

/** Makes the stored definitions the fields of this process; cheap while nothing has changed. */
export const load = async (ctx: Pick<Ctx, 'db'>) => {
  const stored = await ctx.db
    .selectFrom('custom_field')
    .select(({ fn }) => fn.sum<number | null>('version').as('version'))
    .executeTakeFirstOrThrow()
  if (Number(stored.version ?? 0) === customVersion()) return
  const { version, items } = await list(ctx)
  takeDefinitions(version, items)
}
