import { sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { fromCell } from '../fields/cell.ts'
import type { Field } from '../fields/field.ts'
import { entityNamed } from '../records/registry.ts'
import { visible } from '../records/visible.ts'
import { matches } from './find.ts'
import { keyWithin } from './keyWithin.ts'
import { columnOf as headingOf, type Plan, type ReadRow, type RowProblem } from './reading.ts'

/**
 * Finds what the references of each row name, by its title, among what the same customer has and this
 * person sees; one statement for each reference that a column fills. A row that names none or one of
 * several gets a problem, the same whether there is none or just none for this person.
 */
export const withReferences = async (
  ctx: Ctx,
  plan: Plan,
  rows: readonly ReadRow[],
): Promise<ReadRow[]> => {
  let read = [...rows]
  for (const { target } of plan.fills)
    if (target.field.kind === 'reference') read = await resolved(ctx, plan, target, read)
  return read
}

const resolved = async (
  ctx: Ctx,
  plan: Plan,
  { name, field }: { name: string; field: Field },
  rows: readonly ReadRow[],
): Promise<ReadRow[]> => {
  const to = entityNamed('to' in field ? String(field.to) : '')
  const title = to.fields[to.title]
  if (!title) return [...rows]
  const sought = rows.map(({ references, values: { customer_id } }) => {
    const text = references[name]
    if (typeof text !== 'string' || typeof customer_id !== 'string') return undefined
    const read = fromCell(title, text, plan.directory, {})
    return { text, customer_id, title: 'value' in read ? String(read.value) : text }
  })
  const asked = sought.filter((each) => each !== undefined)
  if (asked.length === 0) return [...rows]
  const titles = [...new Set(asked.map((each) => each.title))]
  const { rows: found } = await sql<{ id: string; customer_id: string; title: string }>`
    select t.id, t.customer_id, ${columnOf(to.title, title)} as title
    from ${sql.table(to.name)} t join customer v on v.id = t.customer_id
    where t.customer_id = any(${[...new Set(asked.map((each) => each.customer_id))]}::uuid[])
      and t.deleted_at is null and ${visible(ctx, `${to.plural}.view`, 'v')}
      and ${matches(to.title, title, titles)}`.execute(ctx.db)
  const byTitle = Map.groupBy(found, (each) => keyWithin(each.customer_id, each.title))
  return rows.map((row, at) => {
    const wanted = sought[at]
    if (!wanted) return row
    const [first, ...more] = byTitle.get(keyWithin(wanted.customer_id, wanted.title)) ?? []
    if (first && more.length === 0) return { ...row, values: { ...row.values, [name]: first.id } }
    const problem: RowProblem = {
      column: headingOf(plan, plan.entity, name),
      level: 'error',
      reason: first ? 'reference_ambiguous' : 'reference_not_found',
      value: wanted.text,
      values: { sought: wanted.text, ...(first && { count: more.length + 1 }) },
    }
    return { ...row, problems: [...row.problems, problem] }
  })
}
