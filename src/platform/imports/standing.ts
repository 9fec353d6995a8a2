import { type RawBuilder, sql } from 'kysely'
import { type Ctx, HOME } from '../database/ctx.ts'
import type { Field } from '../fields/field.ts'
import { mask } from '../fields/mask.ts'
import { type Binned, binnedNamed } from '../records/deletions.ts'
import { entities, entityNamed } from '../records/registry.ts'
import { visible } from '../records/visible.ts'
import type { UndoPlan } from './contract.ts'
import { importPorts } from './ports.ts'
import type { Values } from './reading.ts'
import type { ImportRow } from './rows.ts'

type Sql = RawBuilder<unknown>

/** One record of an import and what stands against taking it back; `undone` once it is. */
export type Standing = {
  id: string
  entity: string
  record_customer_id: string
  record_id: string
  row_number: number
  created: boolean
  version: number
  before: Values
  /** The import made the customer that it belongs to, so that all of it goes or stays together. */
  whole: boolean
  blocker: string | null
}

export const undone = 'undone'

const examplesShown = 20

/** What undoing would do, in numbers, with a few of the records that stay; four statements. */
export const planUndo = async (ctx: Ctx, { id }: ImportRow): Promise<UndoPlan> => {
  const judged = await judge(ctx, id)
  if (!judged) return { total: 0, undoable: 0, records: [], reasons: [], examples: [] }
  const { rows } = await sql<{
    entity: string
    created: boolean
    blocker: string | null
    count: number
  }>`${judged} select entity, created, blocker, count(*)::int as count from judged
    group by 1, 2, 3 order by 1, 2, 3`.execute(ctx.db)
  const stays = ({ blocker }: { blocker: string | null }) => blocker !== null && blocker !== undone
  const total = sumOf(rows)
  return {
    total,
    undoable: total - sumOf(rows.filter(stays)),
    records: [...Map.groupBy(rows, (each) => `${each.entity} ${each.created}`).values()].map(
      (all) => ({
        entity: all[0]?.entity ?? '',
        created: all[0]?.created === true,
        count: sumOf(all),
        kept: sumOf(all.filter(stays)),
      }),
    ),
    reasons: [...Map.groupBy(rows.filter(stays), ({ blocker }) => blocker ?? '')].map(
      ([reason, all]) => ({ reason, count: sumOf(all) }),
    ),
    examples: await examplesOf(ctx, judged),
  }
}

/** The records of these customers, each with what stands against taking it back now. */
export const standingsOf = async (
  ctx: Ctx,
  importId: string,
  customers: readonly string[],
): Promise<Standing[]> => {
  const judged = await judge(ctx, importId, customers)
  if (!judged) return []
  const { rows } =
    await sql<Standing>`${judged} select * from judged order by row_number, id`.execute(ctx.db)
  return rows
}

const sumOf = (rows: readonly { count: number }[]) =>
  rows.reduce((sum, { count }) => sum + count, 0)

/** A `with` clause whose `judged` has one row per record; undefined when the import wrote nothing. */
const judge = async (ctx: Ctx, importId: string, customers?: readonly string[]) => {
  const { rows: kinds } = await sql<{ entity: string }>`select distinct entity from import_row
    where customer_id = ${HOME} and import_id = ${importId}`.execute(ctx.db)
  if (kinds.length === 0) return undefined
  const parts = kinds.map(({ entity }) =>
    entriesOf(binnedNamed(entity) ?? entityNamed(entity), importId, customers),
  )
  return sql`with entry as (${sql.join(parts, sql` union all `)}),
    grouped as (select entry.*, bool_or(makes) over same as whole,
      bool_or(found is not null and found <> ${undone}) over same as any_stays
      from entry window same as (partition by record_customer_id)),
    judged as (select *, case when found is null and whole and any_stays
      then 'kept_with_others' else found end as blocker from grouped)`
}

const entriesOf = (entity: Binned, importId: string, customers?: readonly string[]): Sql => {
  const table = sql.table(entity.name)
  const mine = entity.root ? sql`true` : sql`t.customer_id = r.record_customer_id`
  const among = customers ? sql`and r.record_customer_id = any(${[...customers]}::uuid[])` : sql``
  return sql`select r.id, r.entity, r.record_customer_id, r.record_id, r.row_number, r.created,
      r.version, r.before, ${entity.root ? sql`r.created` : sql`false`} as makes,
      case when r.outcome is not null then r.outcome
        when t.id is null or t.deleted_at is not null or v.deleted_at is not null then 'record_deleted'
        when r.touched or t.version <> r.version then 'record_touched'
        when r.created and (${inUse(entity, importId)}) then 'record_in_use' end as found
    from import_row r left join ${table} t on t.id = r.record_id and ${mine}
      left join customer v on v.id = r.record_customer_id
    where r.customer_id = ${HOME} and r.import_id = ${importId} and r.entity = ${entity.name} ${among}`
}

/** Whether something that this import did not make hangs on the record. */
const inUse = (entity: Binned, importId: string): Sql => {
  const foreign = sql`not exists (select 1 from import_row j where j.customer_id = ${HOME}
    and j.import_id = ${importId} and j.record_customer_id = c.customer_id
    and j.record_id = c.id and j.created)`
  const customer = entity.root ? sql`t.id` : sql`t.customer_id`
  const held = (table: string, points: Sql) =>
    sql`exists (select 1 from ${sql.table(table)} c where c.customer_id = ${customer}
      and c.deleted_at is null and ${points} and ${foreign})`
  if (entity.root) {
    const below = entities().filter((each) => !each.root)
    const tables = [...below.map(({ name }) => name), 'file', ...importPorts().hanging]
    return sql.join(
      tables.map((name) => held(name, sql`true`)),
      sql` or `,
    )
  }
  const pointing = entities().flatMap((each) =>
    Object.entries<Field>(each.fields)
      .filter(([, field]) => 'to' in field && field.to === entity.name)
      .map(([name]) => held(each.name, sql`c.${sql.ref(name)} = t.id`)),
  )
  return sql.join([held('file', sql`c.subject_id = t.id`), ...pointing], sql` or `)
}

/** Of records that the person does not see, nothing is told but their number. */
const examplesOf = async (ctx: Ctx, judged: Sql): Promise<UndoPlan['examples']> => {
  const { rows: kinds } = await sql<{ entity: string }>`${judged} select distinct entity
    from judged where blocker <> ${undone}`.execute(ctx.db)
  const found = await Promise.all(
    kinds.map(async ({ entity: name }) => {
      const entity = entities().find((each) => each.name === name)
      if (!entity) return []
      const title = entity.fields[entity.title]
      const right = title && ctx.actor.right(name, entity.title, title)
      if (!title || right === 'hidden') return []
      const { rows } = await sql<UndoPlan['examples'][number]>`${judged}
        select j.entity, j.record_customer_id as customer_id, j.record_id as id,
          j.row_number as row, j.blocker as reason, t.${sql.ref(entity.title)} as title
        from judged j join ${sql.table(name)} t on t.id = j.record_id
          and ${entity.root ? sql`true` : sql`t.customer_id = j.record_customer_id`}
          join customer v on v.id = j.record_customer_id
        where j.entity = ${name} and j.blocker <> ${undone}
          and ${visible(ctx, `${entity.plural}.view`, 'v')}
        order by j.row_number limit ${examplesShown}`.execute(ctx.db)
      return rows.map((row) =>
        right === 'masked' ? { ...row, title: String(mask(title, row.title)) } : row,
      )
    }),
  )
  return found
    .flat()
    .sort((one, other) => one.row - other.row)
    .slice(0, examplesShown)
}
