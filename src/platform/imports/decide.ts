import type { Entity } from '../fields/entity.ts'
import { type Field, isDemanded, isList } from '../fields/field.ts'
import type { Stored } from '../records/present.ts'
import {
  columnOf,
  keysOf,
  type Plan,
  type ReadRow,
  type RowProblem,
  type Values,
} from './reading.ts'

export type Known = Stored & { id: string; version: number }

/** What a key of the file has stood for so far, in this batch or one before. */
export type Claim = {
  row: number
  /** The record that was made or found; null until it is, and in a check. */
  id: string | null
  /** Made by this import, not found. */
  made: boolean
  given: Values
  beside: Values[]
}

/** What is stored already, for the keys of a batch. */
export type Found = {
  claims: Map<string, Claim>
  records: Map<string, Known[]>
  /**
   * The same by id with what this person may not read, as a value is there also for whom it is covered:
   * for rules to judge by, never to be compared with a cell or told.
   */
  whole: ReadonlyMap<string, Known>
  /** Claims by the record they stand for, as one record may be found by several keys. */
  claimed: Map<string, Claim>
  /** Second entities of the records and claims, by record. */
  beside: Map<string, Known[]>
}

export type Step = {
  row: ReadRow
  outcome: 'created' | 'updated' | 'skipped' | 'failed'
  problems: RowProblem[]
  claim: Claim | undefined
  create?: Values
  change?: { record: Known; values: Values }
  bring?: Values
  amend?: { record: Known; values: Values }
  /** The record that the files of the row are for, where the step does not make it. */
  found?: string
}

/**
 * Decides for each row what becomes of it, without writing. Rows that bring the same key again add
 * their second entity to the record of the first; if they say anything else of it, they fail.
 */
export const decide = (plan: Plan, rows: readonly ReadRow[], found: Found): Step[] =>
  rows.map((row) => stepOf(plan, row, found))

const stepOf = (plan: Plan, row: ReadRow, found: Found): Step => {
  if (row.problems.some((problem) => problem.level === 'error')) return failed(row, [])
  if (row.keys.length === 0) {
    if (plan.mode !== 'update') return created(plan, row, found)
    return failed(row, [problem(plan, 'key_missing')])
  }
  const claim = row.keys.map((key) => found.claims.get(key)).find((each) => each !== undefined)
  if (claim) return repeated(plan, row, found, claim)
  const records = new Map(
    row.keys.flatMap((key) => found.records.get(key) ?? []).map((each) => [each.id, each]),
  )
  const [record] = records.values()
  if (records.size > 1)
    return failed(row, [problem(plan, 'key_ambiguous', { count: records.size })])
  const before = record && found.claimed.get(record.id)
  if (before) return repeated(plan, row, found, before)
  if (record) return matched(plan, row, found, record)
  if (plan.mode === 'update') return failed(row, [problem(plan, 'record_not_found')])
  return created(plan, row, found)
}

const created = (plan: Plan, row: ReadRow, found: Found): Step => {
  const values = { ...plan.defaults, ...row.values }
  const missing = [
    ...missingIn(plan, plan.entity, values),
    ...(plan.beside && hasAny(row.beside) ? missingIn(plan, plan.beside, row.beside) : []),
    ...foretold(plan, plan.entity, values),
    ...(plan.beside && hasAny(row.beside) ? foretold(plan, plan.beside, row.beside) : []),
  ]
  if (missing.length > 0) return failed(row, missing)
  const claim = claimed(row, found, null)
  return {
    ...step(row, 'created', claim),
    create: values,
    ...(hasAny(row.beside) && { bring: row.beside }),
  }
}

const matched = (plan: Plan, row: ReadRow, found: Found, record: Known): Step => {
  if (plan.mode === 'insert') {
    const title = record[plan.entity.title]
    return step(row, 'skipped', undefined, [
      warning(plan, 'record_exists', typeof title === 'string' ? { title } : {}),
    ])
  }
  if (record.can_edit !== true) return failed(row, [problem(plan, 'record_not_editable')])
  const values = changesOf(plan, record, row.values)
  const before = found.whole.get(record.id) ?? record
  const refused = hasAny(values) ? foretold(plan, plan.entity, values, before) : []
  if (refused.length > 0) return failed(row, refused)
  const besides = besideStep(plan, row, found.beside.get(record.id) ?? [])
  if ('problems' in besides) return failed(row, besides.problems)
  const claim = claimed(row, found, record.id)
  const any = hasAny(values) || 'bring' in besides || 'amend' in besides || row.files.length > 0
  return {
    ...step(row, any ? 'updated' : 'skipped', claim),
    ...(hasAny(values) && { change: { record: before, values } }),
    ...besides,
    found: record.id,
  }
}

const repeated = (plan: Plan, row: ReadRow, found: Found, claim: Claim): Step => {
  const again = { row: claim.row }
  const before = claim.beside.find((each) => sameTitle(plan, each, row.beside))
  const differs = !holds(claim.given, row.values) || (before && !holds(before, row.beside))
  if (differs) return failed(row, [problem(plan, 'duplicate_in_file', again)])
  const none = !hasAny(row.beside) || before !== undefined
  const stored = claim.id === null ? [] : (found.beside.get(claim.id) ?? [])
  const besides = none ? {} : besideStep(plan, row, stored)
  if ('problems' in besides) return failed(row, besides.problems)
  if (!('bring' in besides || 'amend' in besides || row.files.length > 0))
    return step(row, 'skipped', undefined, [warning(plan, 'duplicate_in_file', again)])
  if (hasAny(row.beside)) claim.beside.push(row.beside)
  return { ...step(row, 'updated', claim), ...besides }
}

/** What becomes of the second entity of a row, given those that the record has. */
const besideStep = (plan: Plan, row: ReadRow, stored: readonly Known[]) => {
  const { beside } = plan
  if (!beside || !hasAny(row.beside)) return {}
  const missing = missingIn(plan, beside, row.beside)
  if (missing.length > 0) return { problems: missing }
  const record = stored.find((each) => sameTitle(plan, each, row.beside))
  if (!record) {
    const refused = foretold(plan, beside, row.beside)
    return refused.length > 0 ? { problems: refused } : { bring: row.beside }
  }
  if (holds(record, row.beside)) return {}
  if (record.can_edit !== true) return { problems: [problem(plan, 'record_not_editable')] }
  const names = Object.keys(row.beside).filter((name) => !same(record[name], row.beside[name]))
  const values = pick(row.beside, names)
  const refused = foretold(plan, beside, values, record)
  return refused.length > 0 ? { problems: refused } : { amend: { record, values } }
}

const foretold = ({ foretell }: Plan, entity: Entity, values: Values, before?: Known) =>
  foretell?.(entity, before, values) ?? []

/** Empty cells are not in `values`. A list that serves as the key grows, as it is one of several ways in. */
const changesOf = (plan: Plan, record: Known, values: Values): Values => {
  const wanted = { ...values }
  const key = plan.key === null ? undefined : plan.entity.fields[plan.key]
  if (plan.key !== null && key && isList(key) && plan.key in wanted)
    wanted[plan.key] = [...new Set([...keysOf(record[plan.key]), ...keysOf(wanted[plan.key])])]
  return pick(
    wanted,
    Object.keys(wanted).filter((name) => !same(record[name], wanted[name])),
  )
}

const missingIn = (plan: Plan, entity: Entity, values: Values): RowProblem[] =>
  Object.entries<Field>(entity.fields)
    // What is asked for by another value, or of whom it may be asked, the writing itself knows.
    .filter(([, field]) => isDemanded(field))
    .filter(([name]) => values[name] === undefined || values[name] === null || values[name] === '')
    .map(([name]) => ({
      column: columnOf(plan, entity, name),
      level: 'error',
      reason: 'required',
      value: null,
    }))

const claimed = (row: ReadRow, found: Found, id: string | null): Claim | undefined => {
  if (row.keys.length === 0) return undefined
  const beside = hasAny(row.beside) ? [row.beside] : []
  const claim: Claim = { row: row.number, id, made: id === null, given: row.values, beside }
  for (const key of row.keys) found.claims.set(key, claim)
  if (id !== null) found.claimed.set(id, claim)
  return claim
}

const step = (
  row: ReadRow,
  outcome: Step['outcome'],
  claim?: Claim,
  problems: RowProblem[] = [],
): Step => ({ row, outcome, claim, problems: [...row.problems, ...problems] })

export const failed = (row: ReadRow, problems: RowProblem[]): Step =>
  step(row, 'failed', undefined, problems)

const problem = (plan: Plan, reason: string, values: RowProblem['values'] = {}): RowProblem => ({
  column: plan.key === null ? null : columnOf(plan, plan.entity, plan.key),
  level: 'error',
  reason,
  value: null,
  values,
})

const warning = (plan: Plan, reason: string, values: RowProblem['values'] = {}): RowProblem => ({
  ...problem(plan, reason, values),
  level: 'warning',
})

const sameTitle = ({ beside }: Plan, one: Values, other: Values) =>
  beside !== undefined && same(one[beside.title], other[beside.title])

/** Whether everything that `part` says is so in `whole`. */
const holds = (whole: Values, part: Values) =>
  Object.entries(part).every(([name, value]) => {
    const held = whole[name]
    if (Array.isArray(value) && Array.isArray(held))
      return value.every((each) => held.includes(each))
    return same(held, value)
  })

const same = (one: unknown, other: unknown) =>
  JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))

const comparable = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : (value ?? null)

const hasAny = (values: Values) => Object.keys(values).length > 0

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name]]))
