import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'

/** Days that what was deleted can be brought back, unless the firm says otherwise. */
const usual = 30

export const keptDays = async ({ db }: Pick<Ctx, 'db'>): Promise<number> => {
  const { rows } = await sql<{
    value: unknown
  }>`select value from setting where key = 'bin_days'`.execute(db)
  const [row] = rows
  return typeof row?.value === 'number' ? row.value : usual
}

export const keepDays = async ({ db }: Pick<Ctx, 'db'>, days: number) => {
  await sql`insert into setting (key, value) values ('bin_days', ${days}::text::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(db)
}
