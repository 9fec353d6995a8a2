import * as z from 'zod/mini'
import type { DateOptions } from '../china/dates.ts'
import { type CellOptions, type CellProblem, fromCell } from '../fields/cell.ts'
import type { Entity } from '../fields/entity.ts'
import { type Field, isList } from '../fields/field.ts'
import { mask } from '../fields/mask.ts'
import type { Directory } from '../fields/names.ts'
import { warningOf } from '../fields/warnings.ts'
import { type FileIndex, fileNames } from './attachments.ts'
import type { Mode, Unread } from './contract.ts'
import { customerPath } from './customerField.ts'
import { filesPath } from './filesField.ts'
import type { Target } from './mapping.ts'
import type { Importable } from './ports.ts'

export type Values = Record<string, unknown>

/** A doubt about a row or a reason why it cannot be taken over. */
export type RowProblem = {
  column: string | null
  level: 'error' | 'warning'
  reason: string
  value: string | null
  values?: Record<string, string | number>
}

type Column = { index: number; heading: string }

/** Everything that says how rows become records. */
export type Plan = Importable & {
  mode: Mode
  /** The field by which existing records are recognised. */
  key: string | null
  defaults: Values
  /** What the writing will refuse of a record as a whole, so that the check says it too. */
  foretell?: (entity: Entity, before: Values | undefined, values: Values) => RowProblem[]
  directory: Directory
  dates: DateOptions
  /** What a person decided for words that name nothing, by the path of the field. */
  decide: ReadonlyMap<string, CellOptions['decide']>
  /** The files that came with the table. */
  attachments?: (FileIndex & { read: (path: string) => AsyncIterable<Buffer> }) | undefined
  fills: readonly { target: Target; columns: readonly Column[] }[]
}

export type ReadRow = {
  number: number
  values: Values
  /** Values of the second entity on the same row. */
  beside: Values
  /** What the key field holds in this row: one text, several for a list, none when empty. */
  keys: readonly string[]
  problems: readonly RowProblem[]
  /** What the row says of the customer that it goes below, column by column. */
  customers: readonly string[]
  /** By field, what it calls the records of that customer which it points at. */
  references: Values
  /** Paths of the files of this row. */
  files: readonly string[]
  /** Words that name nothing of their field. */
  unread: readonly Unread[]
}

/** What each field is filled from, in the order of the columns. */
export const fillsOf = (
  header: readonly string[],
  mapping: readonly (string | null)[],
  targets: ReadonlyMap<string, Target>,
): Plan['fills'] =>
  [...new Set(mapping)].flatMap((filled) => {
    const target = targets.get(filled ?? '')
    const columns = mapping.flatMap((path, index) =>
      path === filled ? [{ index, heading: headingOf(header, index) }] : [],
    )
    return target ? [{ target, columns }] : []
  })

/** The heading of a column, or its letter as spreadsheets count them. */
export const headingOf = (header: readonly string[], index: number): string => {
  const heading = header[index]?.trim()
  if (heading) return heading
  const high = Math.floor(index / 26)
  return `${high > 0 ? letter(high - 1) : ''}${letter(index % 26)}`
}

/** The heading of the column that fills a field, else the field's own label. */
export const columnOf = (plan: Plan, entity: Entity, name: string): string => {
  const fill = plan.fills.find(({ target }) => target.entity === entity && target.name === name)
  return fill?.columns[0]?.heading ?? entity.fields[name]?.label.zh ?? name
}

/** Reads the cells of a row into values; what cannot be read is an error, a doubt a warning. */
export const readRow = (plan: Plan, number: number, cells: readonly string[]): ReadRow => {
  const values: Values = {}
  const beside: Values = {}
  const keys: string[] = []
  const problems: RowProblem[] = []
  const unread: Unread[] = []
  const files: string[] = []
  const customers: string[] = []
  const references: Values = {}
  for (const { target, columns } of plan.fills) {
    const filled = columns.filter(({ index }) => (cells[index] ?? '').trim() !== '')
    const first = filled[0]
    if (!first) continue
    if (target.path === filesPath) {
      const found = filesOf(
        plan,
        first.heading,
        filled.map(({ index }) => cells[index] ?? ''),
      )
      files.push(...found.files)
      problems.push(...found.problems)
      continue
    }
    const texts = filled.map(({ index }) => cells[index] ?? '')
    if (target.path === customerPath) {
      customers.push(...texts.map((text) => shown(text.trim())))
      continue
    }
    if (target.field.kind === 'reference') {
      references[target.name] = shown(texts.join(' ').trim())
      continue
    }
    const read = readTexts(plan, target, texts)
    const at = { column: first.heading, value: shown(texts.join(' ')) }
    if ('problem' in read) {
      const { unread: words = [], ...problem } = read.problem
      problems.push(covered(target.field, { ...at, level: 'error', ...problem }))
      const where = { path: target.path, column: first.heading, reason: problem.reason }
      unread.push(...words.map((word) => ({ ...where, word, count: 1 })))
      continue
    }
    const { value } = read
    if (value === null) continue
    const isOwn = target.entity === plan.entity
    if (isOwn && target.name === plan.key) keys.push(...keysOf(value))
    if (target.keyOnly) continue
    const place = isOwn ? values : beside
    place[target.name] = value
    const warning = warningOf(target.field, value)
    if (warning) problems.push(covered(target.field, { ...at, level: 'warning', ...warning }))
  }
  return { number, values, beside, keys, problems, files, unread, customers, references }
}

const filesOf = ({ attachments }: Plan, column: string, texts: readonly string[]) => {
  const files = new Set<string>()
  const problems: RowProblem[] = []
  for (const name of texts.flatMap(fileNames)) {
    const found = attachments?.find(name) ?? { reason: 'attachment_missing' as const }
    if ('path' in found) files.add(found.path)
    else problems.push({ column, level: 'error', reason: found.reason, value: shown(name) })
  }
  return { files: [...files], problems }
}

/** A problem is stored: of what is encrypted it quotes the masked form, as the row number tells enough. */
const covered = (field: Field, problem: RowProblem): RowProblem => {
  if (!field.encrypted) return problem
  const masked = String(mask(field, problem.value) ?? '***')
  return {
    ...problem,
    value: problem.value === null ? null : masked,
    ...(problem.values?.value !== undefined && { values: { ...problem.values, value: masked } }),
  }
}

/** The texts by which a value of a key field recognises a record. */
export const keysOf = (value: unknown): string[] =>
  value === null || value === undefined ? [] : [value].flat().map(String)

type Reading = { value: unknown } | { problem: CellProblem }

const readTexts = (plan: Plan, { field, path }: Target, texts: string[]): Reading => {
  const options: CellOptions = { ...plan.dates, decide: plan.decide.get(path) }
  if (!isList(field) || texts.length === 1)
    return fromCell(field, texts.join(' '), plan.directory, options)
  const merged: unknown[] = []
  for (const text of texts) {
    const read = fromCell(field, text, plan.directory, options)
    if ('problem' in read) return read
    if (Array.isArray(read.value)) merged.push(...read.value)
  }
  const whole = z.safeParse(field.read, merged)
  return whole.success ? { value: whole.data } : { problem: { reason: 'too_many' } }
}

const letter = (place: number) => String.fromCharCode(65 + place)

const shown = (text: string) => {
  const letters = [...text]
  return letters.length > 200 ? `${letters.slice(0, 200).join('')}…` : text
}
