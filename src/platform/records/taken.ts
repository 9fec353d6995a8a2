import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import { AppError } from '../errors/error.ts'
import type { Binned } from './deletions.ts'
import { visible } from './visible.ts'

type Unique = { name: string; parts: string[]; columns: string[] }
type Other = { id: string; customer_id: string; title: string; seen: boolean }

/**
 * Refuses to bring a row back whose unique value a live one has taken meanwhile, and names it where the
 * caller may see it. Reads the unique indexes as they are, so that none can be forgotten.
 */
export const requireFree = async (
  ctx: Ctx,
  kind: Binned,
  key: { id: string; customer_id: string },
) => {
  for (const index of await uniqueOf(ctx, kind)) {
    const other = await holderOf(ctx, kind, index, key)
    if (!other) continue
    const field = index.columns.find((name) => name !== 'customer_id') ?? index.columns[0] ?? ''
    throw new AppError('conflict', 'value_taken_meanwhile', {
      facts: {
        field,
        ...(other.seen &&
          isPlain(ctx, kind) && {
            other: { customer_id: other.customer_id, id: other.id, title: other.title },
          }),
      },
    })
  }
}

const isPlain = ({ actor }: Ctx, { name, title, fields }: Binned) => {
  const field = fields[title]
  return !field || ['read', 'write'].includes(actor.right(name, title, field))
}

const uniqueOf = async (ctx: Ctx, { name }: Binned): Promise<Unique[]> => {
  const { rows } = await sql<Unique>`
    select c.relname as name,
      array(select pg_get_indexdef(i.indexrelid, k, true) from generate_series(1, i.indnkeyatts) k) as parts,
      array(select a.attname::text from unnest(i.indkey) with ordinality as k(attnum, ord)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum order by k.ord) as columns
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = ${`public.${name}`}::regclass and i.indisunique and not i.indisprimary
    order by 1`.execute(ctx.db)
  return rows
}

/** A value that is missing takes no place, as the index sees it. */
const holderOf = async (
  ctx: Ctx,
  kind: Binned,
  { parts }: Unique,
  key: { id: string; customer_id: string },
): Promise<Other | undefined> => {
  const table = sql.table(kind.name)
  const values = sql.raw(parts.join(', '))
  const own = kind.root ? sql`id` : sql`customer_id`
  const { rows } = await sql<Other>`
    select t.id, t.customer_id, t.title, ${visible(ctx, `${kind.plural}.view`, 'v')} as seen
    from (select id, ${own} as customer_id, ${sql.ref(kind.title)} as title from ${table}
      where deleted_at is null and (${values}) = (select ${values} from ${table}
        where id = ${key.id}::uuid and ${own} = ${key.customer_id}::uuid)) t
      join customer v on v.id = t.customer_id
    limit 1`.execute(ctx.db)
  return rows[0]
}
