import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { BinEntry, BinOutcome } from '#platform/bin/contract.ts'
import type { Db } from '#platform/database/database.ts'
import type { Caller } from './testHouse.ts'

export type Row = { id: string; version: number; name: string }
export type Kind = 'contacts' | 'interactions' | 'tasks'
export const kinds: readonly Kind[] = ['contacts', 'interactions', 'tasks']
export const bodies = {
  contacts: { name: '单雄信', phones: ['13800138000'] },
  interactions: { summary: '谈了价格', channel: 'call', direction: 'out' },
  tasks: { title: '寄样品', due_on: '2027-01-05' },
}

export const made = async (by: Caller, path: string, body: object): Promise<Row> => {
  const answer = await by.call('POST', path, { body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
export const newCustomer = (by: Caller, name: string, more = {}) =>
  made(by, '/customers', { name, ...more })
export const child = (by: Caller, customer: Row, kind: Kind) =>
  made(by, `/customers/${customer.id}/${kind}`, bodies[kind])

export const removed = async (by: Caller, path: string, { version }: { version: number }) => {
  const answer = await by.call('DELETE', path, { version })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { deletion_id }: { deletion_id: string } = answer.body
  return deletion_id
}
export const listed = async (
  by: Caller,
  query: Record<string, unknown> = {},
): Promise<BinEntry[]> => {
  const answer = await by.call('GET', '/bin', { query })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return (answer.body as { items: BinEntry[] }).items
}
export const restored = async (by: Caller, rows: object[], more = {}): Promise<BinOutcome> => {
  const answer = await by.call('POST', '/bin/restoration', { body: { rows, ...more } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
export const erased = (by: Caller, rows: object[]) =>
  by.call('POST', '/bin/erasure', { body: { rows, confirm: 'erase' } })

/** Everything the database holds of a customer, but what every write moves. */
export const stored = async (db: Db, id: string) => {
  const tables = ['customer', 'contact', 'interaction', 'task', 'file']
  const all: Record<string, unknown> = {}
  for (const table of tables) {
    const key = sql.ref(table === 'customer' ? 'id' : 'customer_id')
    const { rows } = await sql<Record<string, unknown>>`
      select to_jsonb(t) - 'updated_at' - 'updated_by' - 'version' as row
      from ${sql.table(table)} t where ${key} = ${id}::uuid order by t.id`.execute(db)
    all[table] = rows
  }
  const { rows } = await sql`select id, field, tokens, text from search_document
    where customer_id = ${id}::uuid order by id, field`.execute(db)
  return JSON.stringify({ ...all, search: rows })
}
