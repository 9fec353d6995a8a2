import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { InputOf } from '../door/contract.ts'
import type { history } from './contract.ts'
import { seenKinds } from './seen.ts'
import { toldTo } from './told.ts'

type Row = {
  id: string
  at: string
  kind: string
  actor_id: number | null
  subject_kind: string
  subject_id: string
  payload: Record<string, unknown> | null
}

const pageSize = 100

/** What happened to a customer, newest first, as far as the reader sees its kinds and fields. */
export const list = async (ctx: Ctx, { customer_id, after }: InputOf<typeof history.list>) => {
  const kinds = await seenKinds(ctx, customer_id, 'events.view')
  const { rows } =
    await sql<Row>`select id, at, kind, actor_id, subject_kind, subject_id, payload from event
    where customer_id = ${customer_id}::uuid and subject_kind = any(${kinds}) ${after ? sql`and id < ${after}::uuid` : sql``}
    order by id desc limit ${pageSize + 1}`.execute(ctx.db)
  const items = rows.slice(0, pageSize).map((row) => ({
    ...row,
    payload: row.payload && {
      ...('version' in row.payload && { version: row.payload.version }),
      ...toldTo(ctx, row, row.payload),
    },
  }))
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}
