import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { ImportSettings } from './contract.ts'

/** Unless the firm says otherwise. */
const usual: ImportSettings = { kept_days: 90 }

export const importSettings = async ({ db }: Pick<Ctx, 'db'>): Promise<ImportSettings> => {
  const { rows } = await sql<{ value: Partial<ImportSettings> }>`
    select value from setting where key = 'imports'`.execute(db)
  return { ...usual, ...rows[0]?.value }
}

export const keepImportSettings = async ({ db }: Pick<Ctx, 'db'>, settings: ImportSettings) => {
  await sql`insert into setting (key, value) values ('imports', ${JSON.stringify(settings)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(db)
}
