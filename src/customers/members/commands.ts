import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, system, today } from '#platform/database/ctx.ts'
import type { InputOf } from '#platform/door/contract.ts'
import { AppError, badField, missing } from '#platform/errors/error.ts'
import { emit } from '#platform/events/events.ts'
import { regrantShares } from '#platform/records/regrant.ts'
import { type Share, shareId, unshared } from '#platform/records/shares.ts'
import { visible } from '#platform/records/visible.ts'
import type { Member, members } from './contract.ts'
import { find, membersOf } from './queries.ts'

/** So many at most: more is what a department is for. */
const mostMembers = 50

/** Lets a person or a department in to a customer. */
export const add = async (ctx: Ctx, input: InputOf<typeof members.add>): Promise<Member> => {
  const { customer_id, principal_id, access, until = null, role, reason } = input
  const { owner_id } = await held(ctx, customer_id)
  if (principal_id === owner_id) throw badField('principal_id', 'member_is_owner')
  await requirePrincipal(ctx, principal_id)
  requireAhead(ctx, until)
  await putAwayLapsed(ctx, [customer_id])
  const team = await membersOf(ctx, [customer_id])
  if (team.some((each) => each.principal_id === principal_id))
    throw badField('principal_id', 'member_exists')
  if (team.length >= mostMembers)
    throw new AppError('conflict', 'members_at_limit', { facts: { most: mostMembers } })
  const id = randomUUIDv7()
  const share = await shareId(ctx, { principal_id, access, until })
  await ctx.db
    .insertInto('customer_member')
    .values({
      ...{ customer_id, id, principal_id, share_id: share },
      ...{ role: role || null, reason: reason || null, version: 1 },
      ...{ created_at: ctx.now, created_by: ctx.actor.id },
      ...{ updated_at: ctx.now, updated_by: ctx.actor.id, deleted_at: null },
    })
    .execute()
  await regrantShares(ctx, customer_id, { gone: [], come: [share] })
  const made = await find(ctx, { customer_id, id })
  await told(ctx, 'member_added', made)
  return made
}

/** Changes what a member may do, until when, or the part they play. */
export const update = async (ctx: Ctx, input: InputOf<typeof members.update>): Promise<Member> => {
  const { customer_id, id, version } = input
  const before = await unchanged(ctx, input)
  const { access = before.access, until = before.until } = input
  const { role = before.role, reason = before.reason } = input
  if (until !== before.until) requireAhead(ctx, until)
  const was = await shareId(ctx, before)
  const share = await shareId(ctx, { principal_id: before.principal_id, access, until })
  await ctx.db
    .updateTable('customer_member')
    .set({ share_id: share, role: role || null, reason: reason || null, version: version + 1 })
    .set({ updated_at: ctx.now, updated_by: ctx.actor.id })
    .where('customer_id', '=', customer_id)
    .where('id', '=', id)
    .execute()
  if (share !== was) await regrantShares(ctx, customer_id, { gone: [was], come: [share] })
  const after = await find(ctx, { customer_id, id })
  await told(ctx, 'member_changed', after, before)
  return after
}

/** Takes somebody out of the team: from this moment they see no more than their own scope shows. */
export const remove = async (ctx: Ctx, input: InputOf<typeof members.remove>) => {
  await putAway(ctx, [await unchanged(ctx, input)], 'member_removed')
  return { ok: true as const }
}

/** Ends memberships; the caller holds their customers. */
export const putAway = async (ctx: Ctx, list: readonly Member[], verb: string) => {
  for (const member of list) {
    await ctx.db
      .updateTable('customer_member')
      .set({ deleted_at: ctx.now, updated_at: ctx.now, updated_by: ctx.actor.id })
      .where('customer_id', '=', member.customer_id)
      .where('id', '=', member.id)
      .execute()
    const gone = [await shareId(ctx, member)]
    await regrantShares(ctx, member.customer_id, { gone, come: [] })
    await told(ctx, verb, member)
  }
}

/** Ends the memberships of these customers whose last day is over; nobody carries their shares any more. */
export const putAwayLapsed = async (ctx: Ctx, customers: readonly string[]) => {
  const { rows } = await sql<Member>`
    select m.*, s.access, s.until from customer_member m join share s on s.id = m.share_id
    where m.customer_id = any(${[...customers]}::uuid[]) and m.deleted_at is null
      and s.until < ${today(ctx)}::date`.execute(ctx.db)
  await putAway({ ...ctx, actor: system }, rows, 'member_ended')
}

/** Holds the customer for whoever may let others in, by their own scope and not by a share. */
const held = async (ctx: Ctx, customer_id: string): Promise<{ owner_id: number | null }> => {
  const { rows } = await sql<{ owner_id: number | null; manages: boolean }>`
    select t.owner_id, ${visible(unshared(ctx), 'customers.edit')} as manages from customer t
    where t.id = ${customer_id}::uuid and ${visible(ctx, 'customers.view')}
    for no key update`.execute(ctx.db)
  const [row] = rows
  if (!row) throw missing()
  if (!row.manages)
    throw new AppError('forbidden', 'permission_missing', {
      facts: { permission: 'customers.edit' },
    })
  return row
}

const unchanged = async (
  ctx: Ctx,
  key: { customer_id: string; id: string; version: number },
): Promise<Member> => {
  await held(ctx, key.customer_id)
  const before = await find(ctx, key)
  if (before.version !== key.version)
    throw new AppError('changed', 'record_changed', { facts: { current: before, changed: [] } })
  return before
}

const requirePrincipal = async (ctx: Ctx, id: number) => {
  const { rows } = await sql`select id from person where id = ${id} and active
    union all select id from department where id = ${id} and deleted_at is null`.execute(ctx.db)
  if (rows.length === 0) throw badField('principal_id', 'principal_unknown')
}

const requireAhead = (ctx: Ctx, until: string | null) => {
  if (until !== null && until < today(ctx)) throw badField('until', 'until_is_over')
}

type Told = Share & Pick<Member, 'customer_id' | 'role' | 'reason'>

/** The customer itself changed: who it is shared with stands in its story. */
const told = (ctx: Ctx, verb: string, member: Told, before?: Told) =>
  emit(ctx, [
    {
      kind: `customer.${verb}`,
      customer_id: member.customer_id,
      subject_kind: 'customer',
      subject_id: member.customer_id,
      payload: { facts: { ...factsOf(member), ...(before && { before: factsOf(before) }) } },
    },
  ])

const factsOf = ({ principal_id, access, until, role, reason }: Told) => ({
  ...{ principal_id, access, until, role, reason },
})
