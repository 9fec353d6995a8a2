import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { ImportAnswer } from '#platform/imports/contract.ts'
import { openTable } from '#platform/tables/openTable.ts'
import { writeXlsx } from '#platform/tables/writeXlsx.ts'
import type { Caller, TestHouse } from './testHouse.ts'

/** A table as a person's program writes it. */
export const csvFile = (rows: readonly (readonly string[])[], encoding = 'utf8', separator = ',') =>
  iconv.encode(
    rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n'),
    encoding,
  )

export const xlsxFile = async (rows: readonly (readonly string[])[]): Promise<Buffer> => {
  const [header = [], ...more] = rows.map((row) => [...row])
  return Buffer.concat(await writeXlsx(header, more).toArray())
}

/** All rows of a table file, the header first; the line above it that an export has is not one of them. */
export const tableRows = async (file: Uint8Array): Promise<string[][]> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhike-table-'))
  const path = join(folder, 'table')
  await writeFile(path, file)
  const marked = await openTable(path)
  await marked.close()
  const headerRow = /^(仅供内部使用|Internal use)/.test(marked.header[0] ?? '') ? 2 : 1
  const table = await openTable(path, { headerRow })
  const rows = [table.header]
  for await (const { cells } of table.rows()) rows.push(cells)
  await table.close()
  await rm(folder, { recursive: true })
  return rows
}

/** The whole way of an import over the API, as one person. */
export const importing = (house: TestHouse, by: Caller) => {
  const expect = (status: number, answer: { status: number; body: unknown }) => {
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    return answer.body as ImportAnswer
  }
  const get = async (id: string) => expect(200, await by.call('GET', `/imports/${id}`))
  const upload = async (name: string, raw: Buffer, entity = 'customer') =>
    expect(201, await by.call('POST', '/imports', { query: { entity, name }, raw }))
  const set = async (id: string, body: Record<string, unknown>) => {
    const { version } = await get(id)
    return expect(200, await by.call('PATCH', `/imports/${id}`, { body, version }))
  }
  const start = async (id: string, verb: 'check' | 'run') => {
    expect(202, await by.call('POST', `/imports/${id}/${verb}`))
    return get(id)
  }
  const check = async (id: string) => {
    await start(id, 'check')
    await house.work()
    return get(id)
  }
  const run = async (id: string) => {
    await start(id, 'run')
    await house.work()
    return get(id)
  }
  const problems = async (id: string) => {
    const answer = await by.call('GET', `/imports/${id}/problems`)
    assert.equal(answer.status, 200)
    return (answer.body as { items: Problem[] }).items
  }
  /** Upload, settings, check and run in one go. */
  const whole = async (name: string, raw: Buffer, settings: Record<string, unknown> = {}) => {
    const { id } = await upload(name, raw)
    if (Object.keys(settings).length > 0) await set(id, settings)
    await check(id)
    return run(id)
  }
  return { get, upload, set, start, check, run, problems, whole }
}

export type Problem = {
  row: number
  column: string | null
  reason: string
  value: string | null
  level: 'error' | 'warning'
  values?: Record<string, string | number>
}

const quoted = (text: string, separator: string) =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
