import { type Asked, askedWith, testsOf } from '#platform/conditions/tests.ts'
import type { Right } from '#platform/database/ctx.ts'
import type { Endpoint } from '#platform/door/contract.ts'
import type { Field } from '#platform/fields/field.ts'
import type { Secret } from './secrets.ts'
import { unique } from './unique.ts'

type ByRight<T> = Readonly<Record<Right, T>>

/** What becomes of a value in any answer that holds records. */
export const shown: ByRight<'plain' | 'covered' | 'absent'> = {
  write: 'plain',
  read: 'plain',
  masked: 'covered',
  hidden: 'absent',
}

/**
 * What naming a field comes to: it is answered, refused with this reason, or the field is as unknown as
 * one that never was, to the letter.
 */
export type Outcome = 'answered' | 'unknown' | 'field_not_readable' | 'field_not_writable'

const asked: ByRight<Outcome> = {
  write: 'answered',
  read: 'answered',
  masked: 'field_not_readable',
  hidden: 'unknown',
}
const written: ByRight<Outcome> = {
  write: 'answered',
  read: 'field_not_writable',
  masked: 'field_not_writable',
  hidden: 'unknown',
}
/** Shown shortened, taken out shortened, asked for whole: a masked field may be named here. */
const named: ByRight<Outcome> = {
  write: 'answered',
  read: 'answered',
  masked: 'answered',
  hidden: 'unknown',
}

type Given = Record<string, unknown>
export type Part = {
  outcome: ByRight<Outcome>
  /** What to send so that the field is named there; nothing where it could not be by its kind. */
  with: (secret: Secret, name: string, endpoint: Endpoint) => Given | undefined
}

const scalar = (value: unknown) => (Array.isArray(value) ? value[0] : value)
const wanted = (how: Asked, one: unknown) => {
  if (how === 'several') return [one]
  if (how === 'two') return [one, one]
  if (how === 'days') return 3
  return how === 'period' ? 'this_year' : one
}
/** Every statement that a condition can make of a field. */
export const leavesOf = ({ field, one }: Secret, name: string): Given[] =>
  testsOf(field).map((is) => {
    const how = askedWith(is)
    return how === 'nothing'
      ? { field: name, is }
      : { field: name, is, value: wanted(how, scalar(one)) }
  })

const leaf = (secret: Secret, name: string) => leavesOf(secret, name)[0]
const isRoot = ({ entity }: Secret) => entity.root === true
const holds = (kinds: readonly Field['kind'][], { field }: Secret) => kinds.includes(field.kind)

const value: Part = {
  outcome: written,
  with: ({ one, field }, name) =>
    field.formula === undefined && field.kind !== 'file' ? { [name]: one } : undefined,
}

/**
 * Where an endpoint takes the name of a field, by the key of its input. Whatever asks for rows, a board,
 * a calendar and the quick filters of a list among them, does so by these.
 */
export const parts: Readonly<Record<string, Part>> = {
  filter: { outcome: asked, with: (secret, name) => ({ filter: leaf(secret, name) }) },
  sort: {
    outcome: asked,
    with: ({ field }, name) => (field.sort ? { sort: `-${name}` } : undefined),
  },
  by: {
    outcome: asked,
    with: (secret, name) =>
      holds(['choice', 'date', 'region', 'person', 'bool'], secret) ? { by: name } : undefined,
  },
  sum: {
    outcome: asked,
    with: (secret, name) =>
      holds(['money', 'number', 'integer'], secret) ? { sum: name } : undefined,
  },
  columns: {
    outcome: named,
    // How a person lays out a list is theirs, whatever they call its columns.
    with: (_secret, name, { method }) =>
      method === 'PUT' ? undefined : { columns: method === 'GET' ? name : [name] },
  },
  field: {
    outcome: named,
    with: (secret, name, { path }) =>
      path.endsWith('/plain-view')
        ? { field: name, reason: '核对' }
        : holds(['text', 'phone', 'phones', 'email', 'idNumber'], secret)
          ? { field: name, value: String(scalar(secret.one)) }
          : undefined,
  },
  action: {
    outcome: written,
    with: ({ one, field }, name) =>
      field.formula === undefined && field.kind !== 'file'
        ? { action: { kind: 'edit', field: name, value: one } }
        : undefined,
  },
  definition: {
    outcome: asked,
    with: (secret, name, { method }) => ({
      ...(method === 'POST' && { entity: secret.entity.name, name: unique(), shared_with: [] }),
      definition: { filter: leaf(secret, name) },
    }),
  },
  mapping: {
    outcome: written,
    with: (secret, name) =>
      isRoot(secret) && secret.field.formula === undefined && secret.field.kind !== 'file'
        ? { mapping: [name], mode: 'insert', key: null }
        : undefined,
  },
  defaults: {
    outcome: written,
    with: (secret, name) =>
      isRoot(secret) && secret.field.formula === undefined && secret.field.kind !== 'file'
        ? { defaults: { [name]: secret.one } }
        : undefined,
  },
  value,
}

/** Keys of inputs by which nobody names a field of a record; `q` is looked at by itself. */
export const harmless: readonly string[] = `
  q id ids customer_id entity rows except limit after exact format level status created_by mine kind
  access active anyway at code columns confirm current dated dates decisions default_scope
  default_view demo department_id departments description digits encoding entries error
  error_description expires_in_days file_ids header_row import_id iss kept_days key label large_rows
  locale mode moves name new_password next next_step organisation owner_id parent_id password
  person_id position post_id prefix principal_id reason reset response rights role roles scope
  scope_departments seconds separator shared shared_with sheet stages state template until username
  value figure others owner skip watermark watermark_words`
  .trim()
  .split(/\s+/)
