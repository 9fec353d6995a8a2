import { type RawBuilder, sql } from 'kysely'
import type { Field } from '../fields/field.ts'

/**
 * The SQL of a field's value: a column of its own, or what lies under its name in `custom`. The
 * functions are immutable, so that an index can be made over exactly this expression.
 */
export const columnOf = (
  name: string,
  field: Pick<Field, 'custom' | 'column'>,
  alias = 't',
): RawBuilder<unknown> => {
  if (!field.custom) return sql`${sql.ref(`${alias}.${name}`)}`
  const custom = sql.ref(`${alias}.custom`)
  const key = sql.lit(name)
  switch (field.column) {
    case 'int4':
    case 'int8':
      return sql`((${custom} -> ${key})::int8)`
    case 'numeric':
      return sql`((${custom} -> ${key})::numeric)`
    case 'bool':
      return sql`((${custom} -> ${key})::bool)`
    case 'date':
      return sql`custom_date(${custom}, ${key})`
    case 'timestamptz':
      return sql`custom_time(${custom}, ${key})`
    case '_text':
      return sql`custom_list(${custom}, ${key})`
    case 'uuid':
    case 'text':
      return sql`(${custom} ->> ${key})`
  }
}

/** The same for the key by which a text sorts as pinyin. */
export const sortKeyOf = (
  name: string,
  field: Pick<Field, 'custom'>,
  alias = 't',
): RawBuilder<unknown> =>
  field.custom
    ? sql`(coalesce(${sql.ref(`${alias}.custom`)} ->> ${sql.lit(`${name}_key`)}, '') collate "C")`
    : sql`${sql.ref(`${alias}.${name}_key`)}`
