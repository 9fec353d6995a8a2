import { sql } from 'kysely'
import { columnOf } from '../database/column.ts'
import { type Ctx, today } from '../database/ctx.ts'
import { apartFrom } from '../database/database.ts'
import { inTurn } from '../database/locks.ts'
import type { Entity } from '../fields/entity.ts'
import type { Field } from '../fields/field.ts'
import { numberText, periodOf, type Rule } from './numberRule.ts'
import './numberTable.ts'

type Asking = Pick<Ctx, 'db' | 'now'>

/** The field in which a kind of record numbers itself; undefined for a kind that does not. */
export const counterOf = ({ fields }: Pick<Entity, 'fields'>): string | undefined =>
  Object.entries<Field>(fields).find(([, { counted }]) => counted)?.[0]

/** The numbers of so many new records, by place, as values of the field that holds them. */
export const numbersFor = async (ctx: Asking, entity: Entity, count: number) => {
  const name = counterOf(entity)
  const numbers = name === undefined ? [] : await nextNumbers(ctx, entity, name, count)
  return (place: number): Record<string, unknown> =>
    name === undefined ? {} : { [name]: numbers[place] }
}

/**
 * The next numbers of a kind of record, such as C000123. Unique however many write at once; numbers
 * that records bear already, by a former rule, are passed over.
 */
const nextNumbers = async (ctx: Asking, entity: Entity, name: string, count: number) => {
  const rule = await ruleOf(ctx, entity)
  const found: string[] = []
  const day = today(ctx)
  // Each round asks for twice as many, so that a long run of taken numbers is soon behind.
  for (let round = 1; found.length < count; round *= 2) {
    const wanted = (count - found.length) * round
    const numbers = (await counted(ctx, entity, rule, wanted)).map((each) =>
      numberText(rule, day, each),
    )
    const taken = new Set(rule.version === 1 ? [] : await borne(ctx, entity, name, numbers))
    found.push(...numbers.filter((number) => !taken.has(number)))
  }
  return found.slice(0, count)
}

/** The rule as it is now; version 1 is the first that a kind has, 0 stands for none yet. */
export const ruleOf = async (
  ctx: Pick<Ctx, 'db'>,
  entity: Pick<Entity, 'name' | 'fields'>,
): Promise<Rule & { version: number }> => {
  const row = await ctx.db
    .selectFrom('numbering_rule')
    .select(['prefix', 'dated', 'digits', 'reset', 'version'])
    .where('entity', '=', entity.name)
    .executeTakeFirst()
  if (row) return row
  const { prefix, digits } = entity.fields[counterOf(entity) ?? '']?.counted ?? unruled
  const version = counterOf(entity) === undefined ? 0 : 1
  return { prefix, digits, dated: 'none', reset: 'never', version }
}

const unruled = { prefix: '', digits: 6 }

/**
 * Nobody waits for a counter: one that never begins again is a sequence, the others count on a line of
 * their own, committed before the records are there. Numbers of records that come to nothing are left out.
 */
const counted = async (ctx: Asking, entity: Entity, rule: Rule, count: number) => {
  if (rule.reset === 'never') return fromSequence(ctx, `counter_of_${entity.name}`, count)
  const { rows } = await sql<{ last: number }>`
    insert into numbering_series as s (entity, period, last)
    values (${entity.name}, ${periodOf(rule, today(ctx))}, ${count})
    on conflict (entity, period) do update set last = s.last + ${count}
    returning last`.execute(apartFrom(ctx.db))
  const last = rows[0]?.last ?? count
  return Array.from({ length: count }, (_, place) => last - count + 1 + place)
}

/** The first number of a kind makes its sequence. */
const fromSequence = async (ctx: Asking, name: string, count: number): Promise<number[]> => {
  const next = sql<{ value: number | null }>`
    select nextval(to_regclass(quote_ident(${name}))) as value from generate_series(1, ${count}::int)`
  const { rows } = await next.execute(ctx.db)
  if (rows.every(({ value }) => value !== null)) return rows.map(({ value }) => value ?? 0)
  await inTurn(ctx.db, 'counters')
  await sql`create sequence if not exists ${sql.id(name)}`.execute(ctx.db)
  return (await next.execute(ctx.db)).rows.map(({ value }) => value ?? 0)
}

const borne = async (ctx: Asking, entity: Entity, name: string, numbers: readonly string[]) => {
  const field = entity.fields[name]
  if (!field) return []
  const column = sql<string>`${columnOf(name, field)} collate "C"`
  const { rows } = await sql<{ number: string }>`select ${column} as number
    from ${sql.table(entity.name)} t where ${column} = any(${[...numbers]}::text[])`.execute(ctx.db)
  return rows.map(({ number }) => number)
}
