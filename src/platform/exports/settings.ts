import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { ExportSettings } from './contract.ts'

/** Unless the firm says otherwise. */
const usual: ExportSettings = {
  large_rows: 10_000,
  kept_days: 7,
  watermark: true,
  watermark_words: '',
}

export const settingsOf = async ({ db }: Pick<Ctx, 'db'>): Promise<ExportSettings> => {
  const { rows } = await sql<{ value: Partial<ExportSettings> }>`
    select value from setting where key = 'exports'`.execute(db)
  return { ...usual, ...rows[0]?.value }
}

export const keepSettings = async ({ db }: Pick<Ctx, 'db'>, settings: ExportSettings) => {
  await sql`insert into setting (key, value) values ('exports', ${JSON.stringify(settings)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(db)
}
