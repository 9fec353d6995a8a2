import { sql } from 'kysely'
import { customer } from '#customers/customers/fields.ts'
import { invitations } from '#customers/members/queries.ts'
import { leavesOf } from '#platform/conditions/condition.ts'
import { type Ctx, today } from '#platform/database/ctx.ts'
import type { Entity } from '#platform/fields/entity.ts'
import { mask } from '#platform/fields/mask.ts'
import * as lists from '#platform/lists/lists.ts'
import { customerName, present, type Stored } from '#platform/records/present.ts'
import { ownHomeRows, visible } from '#platform/records/visible.ts'
import { task } from '../tasks/fields.ts'
import { endOfWeek, whyOf, withoutNext } from './rules.ts'

/** More rows of one kind than this are counted, not shown: nobody works off more in a day. */
const mostRows = 200

/** What the caller has to do: five statements, however much it is. */
export const read = async (ctx: Ctx) => {
  const date = today(ctx)
  const rows = readsAll(ctx, task, ['due_on']) ? await openTasks(ctx, date) : []
  const part = (bucket: Bucket) => {
    const own = rows.filter((row) => row.bucket === bucket)
    return { total: own[0]?.total ?? 0, rows: own.map((row) => shown(ctx, row, date)) }
  }
  const parts = { overdue: part('overdue'), today: part('today'), week: part('week') }
  const unplanned = readsAll(
    ctx,
    customer,
    leavesOf(withoutNext).map(({ field }) => field),
  )
    ? await lists.count(ctx, customer, { filter: withoutNext })
    : { count: 0, more: false }
  return {
    overdue: parts.overdue.rows,
    today: parts.today.rows,
    week: parts.week.rows,
    counts: {
      overdue: parts.overdue.total,
      today: parts.today.total,
      week: parts.week.total,
      done_today: await doneSince(ctx, date),
    },
    without_next: unplanned,
    invitations: await broughtIn(ctx),
  }
}

const broughtIn = async (ctx: Ctx) =>
  (await invitations(ctx)).map(({ name, ...each }) => ({
    ...each,
    customer_name: customerName(ctx, name) ?? '',
  }))

/** A plan made by a field would tell what the field holds. */
const readsAll = (ctx: Ctx, { name, fields }: Entity, names: readonly string[]) =>
  names.every((each) => {
    const field = fields[each]
    const right = field && ctx.actor.right(name, each, field)
    return right === 'read' || right === 'write'
  })

type Bucket = 'overdue' | 'today' | 'week'
type Row = Stored & {
  bucket: Bucket
  total: number
  due_on: string
  customer_name: string
  customer_phones: string[]
}

/** The oldest first, and of one day what is important before what is only urgent. */
const openTasks = async (ctx: Ctx, date: string): Promise<Row[]> => {
  const own = ownHomeRows(ctx, task)
  const reach = (verb: string) => sql`(${visible(ctx, `tasks.${verb}`, 'v')} or ${own})`
  const { rows } = await sql<Row>`
    with mine as (
      select t.*, v.name as customer_name,
        v.phones as customer_phones,
        ${reach('edit')} as can_edit, ${reach('delete')} as can_delete,
        ${reach('transfer')} as can_transfer,
        case when t.due_on < ${date}::date then 'overdue' when t.due_on = ${date}::date then 'today'
          else 'week' end as bucket
      from task t join customer v on v.id = t.customer_id
      where t.owner_id = ${ctx.actor.id} and t.done_at is null and t.deleted_at is null
        and t.due_on <= ${endOfWeek(date)}::date and ${reach('view')}
    ), placed as (
      select mine.*, count(*) over (partition by bucket) as total, row_number() over (
        partition by bucket order by due_on, important desc, urgent desc, id) as place
      from mine
    )
    select * from placed where place <= ${mostRows}
    order by due_on, important desc, urgent desc, id`.execute(ctx.db)
  return rows
}

const shown = (ctx: Ctx, row: Row, date: string) => ({
  ...present(ctx, task, row),
  customer_name: customerName(ctx, row.customer_name) ?? '',
  phone: phoneFor(ctx, row.customer_phones),
  why: whyOf(row.due_on, date),
})

const phoneFor = (ctx: Ctx, phones: readonly string[]): string | null => {
  const field = customer.fields.phones
  const right = ctx.actor.right(customer.name, 'phones', field)
  const first = phones[0]
  if (first === undefined || right === 'hidden') return null
  return right === 'masked' ? String(mask(field, first)) : first
}

const doneSince = async (ctx: Ctx, date: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) from task t join customer v on v.id = t.customer_id
    where t.done_by = ${ctx.actor.id} and t.deleted_at is null
      and t.done_at >= (${date}::timestamp at time zone 'Asia/Shanghai')
      and (${visible(ctx, 'tasks.view', 'v')} or ${ownHomeRows(ctx, task)})`.execute(ctx.db)
  return rows[0]?.count ?? 0
}
