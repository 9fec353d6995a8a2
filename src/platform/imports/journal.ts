import { sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import { closed } from '../encryption/values.ts'
import { binnedNamed } from '../records/deletions.ts'
import { digestId } from './digestId.ts'
import type { Values } from './reading.ts'

/** What an import did to one record: it made it, or changed these values of it. */
export type Entry = {
  row: number
  entity: string
  customer_id: string
  record_id: string
  created: boolean
  /** The version that the import left. */
  version: number
  /** The one it found; 0 when it made the record. */
  version_before: number
  before: Values
}

/**
 * Notes what was written, in the transaction of the writing. Of several rows for one record the first
 * values stand, as those were there before the import.
 */
export const note = async (ctx: Ctx, importId: string, entries: readonly Entry[]) => {
  if (entries.length === 0) return
  const rows = merged(entries).map(({ row, customer_id, ...entry }) => ({
    ...entry,
    before: closed(kindOf(entry.entity), entry.record_id, entry.before),
    customer_id: HOME,
    id: digestId(importId, entry.record_id),
    import_id: importId,
    row_number: row,
    record_customer_id: customer_id,
    touched: false,
  }))
  await sql`insert into import_row as kept
    select * from jsonb_populate_recordset(null::import_row, ${JSON.stringify(rows)}::jsonb)
    on conflict (customer_id, id) do update set version = excluded.version,
      before = excluded.before || kept.before,
      touched = kept.touched or kept.version <> excluded.version_before`.execute(ctx.db)
}

/** Files have no fields of their own. */
const kindOf = (name: string) => binnedNamed(name) ?? { name, fields: {} }

/** One insert cannot meet the same row twice. */
const merged = (entries: readonly Entry[]): Entry[] => {
  const byRecord = new Map<string, Entry>()
  for (const entry of entries) {
    const first = byRecord.get(entry.record_id)
    byRecord.set(
      entry.record_id,
      first
        ? { ...first, version: entry.version, before: { ...entry.before, ...first.before } }
        : entry,
    )
  }
  return [...byRecord.values()]
}
