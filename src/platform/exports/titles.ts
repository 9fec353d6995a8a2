import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Field } from '../fields/field.ts'
import { mask } from '../fields/mask.ts'
import { entityNamed, rootEntity } from '../records/registry.ts'
import { visible } from '../records/visible.ts'
import { customerColumns } from './customerColumns.ts'

type Row = Record<string, unknown>

/**
 * The names of the records that the references of a page point at, as far as the reader may see them; one statement per reference column. They belong to the same customers as the rows.
 */
export const titlesOf = async (
  ctx: Ctx,
  columns: readonly [name: string, field: Field][],
  rows: readonly Row[],
): Promise<Map<string, string>> => {
  const titles = new Map<string, string>()
  for (const [name, field] of columns) {
    if (!('to' in field) || typeof field.to !== 'string') continue
    const entity = entityNamed(field.to)
    const title = entity.fields[entity.title]
    const right = title && ctx.actor.right(entity.name, entity.title, title)
    const named = rows.filter((row) => typeof row[name] === 'string')
    if (!title || right === 'hidden' || named.length === 0) continue
    const found = await sql<{ id: string; title: string }>`
      select t.id, ${sql.ref(`t.${entity.title}`)} as title
      from ${sql.table(entity.name)} t join customer v on v.id = t.customer_id
      where t.customer_id = any(${named.map((row) => row.customer_id)}::uuid[])
        and t.id = any(${named.map((row) => row[name])}::uuid[])
        and ${visible(ctx, `${entity.plural}.view`, 'v')}`.execute(ctx.db)
    for (const row of found.rows)
      titles.set(row.id, right === 'masked' ? String(mask(title, row.title)) : row.title)
  }
  return titles
}

/** The numbers of the customers of a page, as this reader may see them; one statement. */
export const customerNumbers = async (
  ctx: Ctx,
  rows: readonly Row[],
): Promise<Map<string, string>> => {
  const root = rootEntity()
  const { of = '' } = customerColumns(root).find(({ name }) => name === 'customer_number') ?? {}
  const field = root.fields[of]
  const right = field ? ctx.actor.right(root.name, of, field) : 'hidden'
  if (!field || right === 'hidden' || rows.length === 0) return new Map()
  const ids = [...new Set(rows.map((row) => row.customer_id))]
  const found = await sql<{ id: string; number: string }>`
    select id, ${sql.ref(of)} as number from ${sql.table(root.name)}
    where id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map(
    found.rows.map(({ id, number }) => [
      id,
      right === 'masked' ? String(mask(field, number) ?? '') : number,
    ]),
  )
}
