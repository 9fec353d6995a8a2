import { sql } from 'kysely'
import { type Ctx, today } from '../database/ctx.ts'
import type { Entity } from '../fields/entity.ts'
import { numberText, periodOf, type Rule } from './numberRule.ts'
import './numberTable.ts'

/**
 * The next numbers of an entity that numbers itself, such as C000123; none for others. Unique however
 * many write at once; numbers that records bear already, by a former rule or an import, are passed over.
 */
export const nextNumbers = async (ctx: Ctx, entity: Entity, count: number): Promise<string[]> => {
  if (!entity.number) return []
  const rule = await ruleOf(ctx, entity)
  const found: string[] = []
  // Each round asks for twice as many, so that a long run of taken numbers is soon behind.
  for (let round = 1; found.length < count; round *= 2) {
    const wanted = (count - found.length) * round
    const numbers = (await counted(ctx, entity, rule, wanted)).map((each) =>
      numberText(rule, today(ctx), each),
    )
    const taken = new Set(rule.version === 1 ? [] : await borne(ctx, entity, numbers))
    found.push(...numbers.filter((number) => !taken.has(number)))
  }
  return found.slice(0, count)
}

/** The rule as it is now; version 1 is the one that the program brings. */
export const ruleOf = async (
  ctx: Pick<Ctx, 'db'>,
  { name, number }: Entity,
): Promise<Rule & { version: number }> => {
  const row = await ctx.db
    .selectFrom('numbering_rule')
    .select(['prefix', 'dated', 'digits', 'reset', 'version'])
    .where('entity', '=', name)
    .executeTakeFirst()
  const { prefix = '', digits = 6 } = number ?? {}
  return row ?? { prefix, digits, dated: 'none', reset: 'never', version: 1 }
}

/** A counter that never begins again is a sequence, for which nobody waits. */
const counted = async (ctx: Ctx, entity: Entity, rule: Rule, count: number): Promise<number[]> => {
  if (rule.reset === 'never') {
    const { rows } = await sql<{ value: number }>`
      select nextval(${`${entity.name}_number`}::regclass) as value
      from generate_series(1, ${count}::int)`.execute(ctx.db)
    return rows.map(({ value }) => value)
  }
  const { rows } = await sql<{ last: number }>`
    insert into numbering_series as s (entity, period, last)
    values (${entity.name}, ${periodOf(rule, today(ctx))}, ${count})
    on conflict (entity, period) do update set last = s.last + ${count}
    returning last`.execute(ctx.db)
  const last = rows[0]?.last ?? count
  return Array.from({ length: count }, (_, place) => last - count + 1 + place)
}

const borne = async (ctx: Ctx, entity: Entity, numbers: readonly string[]) => {
  const { rows } = await sql<{ number: string }>`select number from ${sql.table(entity.name)}
    where number collate "C" = any(${[...numbers]}::text[])`.execute(ctx.db)
  return rows.map(({ number }) => number)
}
