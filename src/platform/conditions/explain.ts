import { type RawBuilder, sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import type { Ctx } from '../database/ctx.ts'
import { missing } from '../errors/error.ts'
import type { Entity } from '../fields/entity.ts'
import { present, type Stored } from '../records/present.ts'
import { compile, relatedRows } from './compile.ts'
import { bounds, type Condition, type Related } from './condition.ts'
import { type Key, oneRow } from './matches.ts'
import { timed } from './timed.ts'

/** Whether a part of a condition holds of a record, and by what; shaped as the condition is. */
export type Explained = {
  holds: boolean
  /** A statement about a field: the value that the record has. */
  value?: unknown
  /** A statement about related things: how many there are (1,000 at most) and how some are called. */
  count?: number | undefined
  names?: string[] | undefined
  /** Those directly inside, in their order; related things have none, as each is a case of its own. */
  parts?: Explained[] | undefined
}

/** So many related things are named. */
const named = 3

/**
 * Tells of one record why a condition holds or does not, part by part, with the values as the reader
 * sees them. One statement beside the record's own. Refuses what the list would refuse.
 */
export const explain = async (
  ctx: Ctx,
  entity: Entity,
  condition: Condition,
  key: Key,
): Promise<Explained> => {
  const asked: RawBuilder<unknown>[] = []
  const ask = (part: RawBuilder<unknown>) => asked.push(part) - 1
  const told = planned(ctx, entity, condition, 'filter', ask)
  const columns = asked.map((part, place) => sql`${part} as ${sql.ref(`c${place}`)}`)
  const { rows } = await timed(condition, () =>
    sql<Stored>`select t.*, ${sql.join(columns)} from ${oneRow(ctx, entity, key)}`.execute(ctx.db),
  )
  const row = rows[0]
  if (!row) throw missing()
  return told(row, { ...present(ctx, entity, row) })
}

type Teller = (row: Stored, shown: Record<string, unknown>) => Explained

const planned = (
  ctx: Ctx,
  entity: Entity,
  condition: Condition,
  path: string,
  ask: (part: RawBuilder<unknown>) => number,
): Teller => {
  const place = ask(sql`coalesce(${compile(ctx, entity, condition, path)}, false)`)
  const holds = (row: Stored) => row[`c${place}`] === true
  const inner = (part: Condition, where: string) =>
    planned(ctx, entity, part, `${path}.${where}`, ask)
  if ('field' in condition) {
    const name = condition.field
    return (row, shown) => ({ holds: holds(row), value: shown[name] ?? null })
  }
  if ('related' in condition) return relatedThings(ctx, entity, condition, path, ask, holds)
  const parts =
    'all' in condition
      ? condition.all.map((each, index) => inner(each, `all.${index}`))
      : 'any' in condition
        ? condition.any.map((each, index) => inner(each, `any.${index}`))
        : [inner(condition.not, 'not')]
  return (row, shown) => ({ holds: holds(row), parts: parts.map((tell) => tell(row, shown)) })
}

const relatedThings = (
  ctx: Ctx,
  entity: Entity,
  condition: Related,
  path: string,
  ask: (part: RawBuilder<unknown>) => number,
  holds: (row: Stored) => boolean,
): Teller => {
  const { seen, from, table, to } = relatedRows(
    ctx,
    { entity, table: 't', level: 0 },
    condition,
    path,
  )
  const count = ask(
    sql`(select count(*) from (select 1 ${from} and ${seen} limit ${sql.lit(bounds.count)}) counted)`,
  )
  const field = to.fields[to.title]
  const right = field && ctx.actor.right(to.name, to.title, field)
  const title = right === 'read' || right === 'write' ? field : undefined
  const names = title
    ? ask(sql`array(select left((${columnOf(to.title, title, table)})::text, 60)
        ${from} and ${seen} order by ${sql.ref(`${table}.id`)} desc limit ${sql.lit(named)})`)
    : undefined
  return (row) => {
    const told = names === undefined ? [] : row[`c${names}`]
    return {
      holds: holds(row),
      count: Number(row[`c${count}`]),
      names: Array.isArray(told) ? told.map(String) : [],
    }
  }
}
