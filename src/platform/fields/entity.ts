import type { ColumnType, Generated } from 'kysely'
import * as z from 'zod/mini'
import type { FieldError } from '../errors/error.ts'
import { untilFieldsChange } from './custom.ts'
import {
  type Fields,
  isDemanded,
  isList,
  isNullable,
  isWritten,
  type Label,
  type RowOf,
  type ValueOf,
} from './field.ts'
import { naming } from './naming.ts'
import { shapedFields } from './shaped.ts'

/**
 * A kind of record: everything that lists, forms, imports, exports and the API document show of it
 * follows from this. A root entity has the key `id`; all others `(customer_id, id)`.
 */
export type Entity<F extends Fields = Fields> = {
  name: string
  plural: string
  label: Label
  fields: F
  /** The field that names a record to a person. */
  title: string
  root?: true
  /** Keys by which an import recognises a record it should update. */
  keys?: readonly string[]
  defaultSort: string
  /** Rows may also belong to the firm itself (HOME); this field names the person who sees them. */
  home?: string
  /**
   * What is wrong with the values of a record as a whole, `now` being ISO 8601: asked by every write of
   * what a person gives, and by the check of an import.
   */
  problems?: (values: Readonly<Record<string, unknown>>, now: string) => FieldError[]
}

/**
 * The fields by which an import may recognise a record: a number that administrators had given to each
 * record first, as there are no two of it, then those that the entity names.
 */
export const keyNames = ({ fields, keys = [] }: Pick<Entity, 'fields' | 'keys'>): string[] => [
  ...Object.keys(fields).filter((name) => fields[name]?.custom && fields[name].counted),
  ...keys,
]

/** Writes an entity down. Its `fields` are those written here and those that administrators added. */
export const entity = <const F extends Fields, const E extends Omit<Entity<F>, 'fields'>>(
  definition: E & { fields: F },
): E & { fields: F } => {
  const merged = untilFieldsChange(() => shapedFields(definition.name, definition.fields))
  return Object.defineProperty({ ...definition }, 'fields', { get: merged, enumerable: true })
}

type SystemRow = {
  id: string
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
}
type ChildRow = SystemRow & { customer_id: string }

/** The stored row of an entity, as an answer shows it. */
export type RecordOf<E extends { fields: Fields; root?: true }> = RowOf<E['fields']> &
  (E extends { root: true } ? SystemRow : ChildRow)

type Cell<F> = F extends { required: true } | { column: '_text' }
  ? ColumnType<ValueOf<F>, ValueOf<F> | undefined, ValueOf<F>>
  : ColumnType<ValueOf<F> | null, ValueOf<F> | null | undefined, ValueOf<F> | null>

/** The Kysely table of an entity: its fields, the system columns and, for a root, who may see it. */
export type TableOf<E extends { fields: Fields; root?: true }> = {
  [K in keyof E['fields']]: Cell<E['fields'][K]>
} & {
  id: string
  version: number
  created_at: string
  created_by: number | null
  updated_at: string
  updated_by: number | null
  deleted_at: string | null
  deletion_id: string | null
  custom: Generated<Record<string, unknown>>
} & (E extends { root: true }
    ? { grants: number[]; former_grants: number[] | null; department_id: number | null }
    : { customer_id: string })

/** What a caller gives to make a record. */
export type CreateOf<E extends { fields: Fields }> = {
  [K in WrittenKeys<E['fields'], true>]: ValueOf<E['fields'][K]>
} & {
  [K in WrittenKeys<E['fields'], false>]?: ValueOf<E['fields'][K]> | null | undefined
}
/** What a caller gives to change one: what is left out stays. */
export type ChangeOf<E extends { fields: Fields }> = {
  [K in Written<E['fields']>]?:
    | ValueOf<E['fields'][K]>
    | (E['fields'][K] extends { required: true } | { column: '_text' } ? never : null)
    | undefined
}

type Written<F extends Fields> = {
  [K in keyof F]: F[K] extends { set: 'system' } ? never : K
}[keyof F]
type WrittenKeys<F extends Fields, Required extends boolean> = {
  [K in Written<F>]: F[K] extends { required: true }
    ? F[K] extends { initial: unknown }
      ? Required extends true
        ? never
        : K
      : Required extends true
        ? K
        : never
    : Required extends true
      ? never
      : K
}[Written<F>]

type Shape = Record<string, z.ZodMiniType>
type Shaped = { name: string; fields: Fields }

/**
 * The strict schema of a new record. Of added fields none is asked for here: what is required of
 * somebody depends on what they may write, see `requireAsked`.
 */
export const createShape = (of: Shaped): Shape =>
  shapeOf(of, (field) =>
    isDemanded(field)
      ? filled(field.read, field.column)
      : z.optional(isNullable(field) ? z.nullable(field.read) : field.read),
  )

/** The strict schema of a change: every field may be left out, required ones may not be emptied. */
export const changeShape = (of: Shaped): Shape =>
  shapeOf(of, (field) =>
    z.optional(
      field.required
        ? filled(field.read, field.column)
        : isList(field)
          ? field.read
          : z.nullable(field.read),
    ),
  )

/** The schema of a stored record in an answer. A field that the reader may not see is left out. */
export const recordShape = (definition: Entity): Shape => ({
  id: z.string(),
  ...(!definition.root && { customer_id: z.string() }),
  version: z.number(),
  created_at: z.string(),
  created_by: z.nullable(z.number()),
  updated_at: z.string(),
  updated_by: z.nullable(z.number()),
  ...Object.fromEntries(
    Object.entries(definition.fields).map(([name, field]) => [
      name,
      naming(z.optional(isNullable(field) ? z.nullable(field.shape) : field.shape), {
        ...{ entity: definition.name, name, field },
      }),
    ]),
  ),
})

const filled = (read: z.ZodMiniType, column: string) => {
  if (column === '_text')
    return read.check(z.refine((value) => Array.isArray(value) && value.length > 0, 'required'))
  return column === 'text' ? read.check(z.refine((value) => value !== '', 'required')) : read
}

const shapeOf = (
  { name: entity, fields }: Shaped,
  each: (field: Fields[string]) => z.ZodMiniType,
): Shape =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => isWritten(field))
      .map(([name, field]) => [name, naming(each(field), { entity, name, field })]),
  )
