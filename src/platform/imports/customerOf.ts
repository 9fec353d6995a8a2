import { sql } from 'kysely'
import { columnOf as columnNamed } from '../database/column.ts'
import { type Ctx, HOME } from '../database/ctx.ts'
import { fromCell } from '../fields/cell.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { visible } from '../records/visible.ts'
import { customerPath, waysTo } from './customerField.ts'
import { matches } from './find.ts'
import { keyWithin } from './keyWithin.ts'
import { keysOf, type Plan, type ReadRow, type RowProblem } from './reading.ts'

/**
 * Finds the customer that each row goes below, among those that the person sees and may write below,
 * by what they may read plain; one statement for each way there is. Where several columns tell of it,
 * all of them must mean the same one. Rows of which none or several are found get a problem, the same
 * whether there is no such customer or just none for this person.
 */
export const withCustomers = async (
  ctx: Ctx,
  plan: Plan,
  rows: readonly ReadRow[],
): Promise<ReadRow[]> => {
  const { below } = plan
  if (!below) return [...rows]
  const texts = [...new Set(rows.flatMap((row) => row.customers))]
  const found = await customersOf(ctx, plan, below, texts)
  return rows.map((row) => {
    const told = row.customers.map((text) => found.get(text) ?? [])
    const ids = (told[0] ?? []).filter((id) => told.every((each) => each.includes(id)))
    const [id] = ids
    if (id !== undefined && ids.length === 1)
      return {
        ...row,
        values: { ...row.values, customer_id: id },
        keys: row.keys.map((key) => keyWithin(id, key)),
      }
    return {
      ...row,
      keys: [],
      problems: [...row.problems, problemOf(plan, below, row, ids.length, told.flat().length)],
    }
  })
}

const customersOf = async (ctx: Ctx, plan: Plan, root: Entity, texts: readonly string[]) => {
  const found = new Map<string, string[]>()
  const readable = (name: string, field: Field) =>
    ['read', 'write'].includes(ctx.actor.right(root.name, name, field))
  // The first way that leads to any customer counts, so that a number is never taken for a name.
  for (const { name, field } of waysTo(root, readable)) {
    const sought = new Map(
      texts
        .filter((text) => !found.has(text))
        .map((text) => {
          const read = fromCell(field, text, plan.directory, {})
          return [text, 'value' in read ? keysOf(read.value) : []]
        }),
    )
    const keys = [...new Set([...sought.values()].flat())]
    if (keys.length === 0) continue
    const rows = await among(ctx, plan, root, name, field, keys)
    for (const [text, wanted] of sought) {
      const ids = rows.flatMap((row) =>
        keysOf(row.value).some((each) => wanted.includes(each)) ? [row.id] : [],
      )
      if (ids.length > 0) found.set(text, ids)
    }
  }
  return found
}

const among = async (
  ctx: Ctx,
  { entity, mode }: Plan,
  root: Entity,
  name: string,
  field: Field,
  keys: readonly string[],
) => {
  const verb = mode === 'update' ? 'edit' : 'create'
  // What is the firm's own, where the kind knows that, goes back below the firm as it came out.
  const inside = entity.home === undefined ? sql`false` : sql`t.id = ${HOME}`
  const { rows } = await sql<{ id: string; value: unknown }>`
    select t.id, ${columnNamed(name, field)} as value from ${sql.table(root.name)} t
    where t.deleted_at is null and (${inside} or (t.id <> ${HOME}
      and ${visible(ctx, `${root.plural}.view`)} and ${visible(ctx, `${entity.plural}.${verb}`)}))
      and ${matches(name, field, keys)}
    order by t.id`.execute(ctx.db)
  return rows
}

const problemOf = (
  plan: Plan,
  root: Entity,
  { customers }: ReadRow,
  count: number,
  any: number,
): RowProblem => {
  const fill = plan.fills.find(({ target }) => target.path === customerPath)
  const at = { column: fill?.columns[0]?.heading ?? root.label.zh, level: 'error' } as const
  if (customers.length === 0) return { ...at, reason: 'required', value: null }
  const sought = customers.join('、')
  const told = { ...at, value: sought, values: { sought } }
  if (count > 1) return { ...told, reason: 'customer_ambiguous', values: { sought, count } }
  return { ...told, reason: any > 0 ? 'customer_differs' : 'customer_not_found' }
}
