import { sql } from 'kysely'
import { HOME } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { importSettings } from './keptDays.ts'

type Sweeping = { db: Db; now: string; signal?: AbortSignal | undefined }

/**
 * Takes away what imports left behind that rest for longer than the setting says: the file, its zip, the
 * problems, the journal for the undo and every cell that was kept. Who imported what, when and with
 * which outcome stays. One import a transaction, so that a stop loses little.
 */
export const sweepImports = async ({ db, now, signal }: Sweeping): Promise<void> => {
  const { kept_days } = await importSettings({ db })
  const before = new Date(Date.parse(now) - kept_days * 86_400_000).toISOString()
  while (!signal?.aborted && (await sweepOne(db, now, before)));
}

const sweepOne = (db: Db, now: string, before: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; files: string[] }>`
      select id, array_remove(array[file_id, archive_file_id], null) as files from import
      where customer_id = ${HOME} and swept_at is null and updated_at < ${before}
        and status not in ('checking', 'running', 'undoing')
      order by updated_at limit 1 for update skip locked`.execute(tx)
    const [found] = rows
    if (!found) return false
    for (const table of ['import_row', 'import_problem', 'import_key'])
      await sql`delete from ${sql.table(table)}
        where customer_id = ${HOME} and import_id = ${found.id}`.execute(tx)
    // The row goes for good, so that the next sweep of contents takes the content too.
    await sql`delete from file where customer_id = ${HOME} and id = any(${found.files}::uuid[])`.execute(
      tx,
    )
    await sql`update import set swept_at = ${now}, preview = '[]', decisions = '{}', unread = '[]',
        defaults = '{}', archive = null
      where customer_id = ${HOME} and id = ${found.id}`.execute(tx)
    return true
  })
