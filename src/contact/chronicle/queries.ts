import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { seenKinds } from '#platform/history/seen.ts'
import { toldTo } from '#platform/history/told.ts'
import { readCursor, writeCursor } from '#platform/lists/cursor.ts'
import { findAll } from '../interactions/queries.ts'
import type { chronicle, Entry } from './contract.ts'

const pageSize = 50

/**
 * What was said with a customer and what happened to the record, newest first, in four statements:
 * what the reader may see, one page of both, its interactions, their files.
 */
export const read = async (ctx: Ctx, { customer_id, after }: InputOf<typeof chronicle.read>) => {
  const asked = JSON.stringify(['chronicle', customer_id])
  const cursor = after === undefined ? undefined : readCursor(after, asked)
  const kinds = await seenKinds(ctx, customer_id, 'customers.view')
  const beyond = cursor
    ? sql<boolean>`(at, id) < (${cursor.key}::timestamptz, ${cursor.id}::uuid)`
    : sql<boolean>`true`
  const rows = await pageRows(ctx, customer_id, kinds, beyond)
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    items: await entriesOf(ctx, customer_id, shown),
    next:
      rows.length > pageSize && last
        ? writeCursor({ key: last.sort_key, id: last.id }, asked)
        : null,
  }
}

type Row = {
  id: string
  at: string
  sort_key: string
  kind: string | null
  actor_id: number | null
  subject_kind: string
  subject_id: string
  payload: Record<string, unknown> | null
}

/** Interactions speak for themselves, so their events and those of files they show are left out. */
const pageRows = async (
  ctx: Ctx,
  customer_id: string,
  kinds: readonly string[],
  beyond: RawBuilder<boolean>,
): Promise<Row[]> => {
  const told = kinds.filter((kind) => kind !== 'interaction')
  const { rows } = await sql<Row>`
    select page.*, page.at::text as sort_key from (
      (select id, at, null as kind, null::int as actor_id, 'interaction' as subject_kind,
          id as subject_id, null::jsonb as payload
        from interaction
        where customer_id = ${customer_id}::uuid and deleted_at is null
          and ${kinds.includes('interaction')} and ${beyond}
        order by at desc, id desc limit ${pageSize + 1})
      union all
      (select id, at, kind, actor_id, subject_kind, subject_id, payload
        from event e
        where customer_id = ${customer_id}::uuid and subject_kind = any(${told}) and ${beyond}
          and not (kind = 'file.added' and exists (select 1 from file f
            where f.customer_id = e.customer_id and f.id = e.subject_id
              and f.subject_kind = 'interaction'))
        order by at desc, id desc limit ${pageSize + 1})
    ) page order by at desc, id desc limit ${pageSize + 1}`.execute(ctx.db)
  return rows
}

const entriesOf = async (ctx: Ctx, customer_id: string, rows: readonly Row[]): Promise<Entry[]> => {
  const ids = rows.filter((row) => row.kind === null).map((row) => row.id)
  const found = ids.length === 0 ? [] : await findAll(ctx, customer_id, ids)
  const interactions = new Map(found.map((each) => [each.id, each]))
  return rows.flatMap((row): Entry[] => {
    const { id, at, kind, actor_id, subject_kind, subject_id } = row
    const interaction = interactions.get(id)
    if (interaction) return [{ type: 'interaction', at, interaction }]
    if (kind === null) return []
    const payload = toldTo(ctx, row, row.payload)
    return [{ type: 'event', at, event: { id, kind, actor_id, subject_kind, subject_id, payload } }]
  })
}
