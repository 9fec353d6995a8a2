import { sql } from 'kysely'
import type { Ctx } from '../database/ctx.ts'
import type { Db } from '../database/database.ts'
import { addJob } from '../jobs/jobs.ts'

declare module '../database/tables.ts' {
  interface Tables {
    department_move: { owner_id: number; from_id: number; to_id: number }
  }
}

/** Customers of one transaction; whoever writes one of them waits no longer than for so many. */
export const moving = { batch: 2000 }

/**
 * A person moved to another department, and so did the customers that the person is responsible for,
 * deleted ones too. For every reader that holds at once, by the move that is written down; the rows of
 * up to one batch follow at once, more of them in a job. Somebody who moves again meanwhile takes all
 * along that still carry a department from before. As many statements whatever the number of customers.
 */
export const regrant = async (ctx: Ctx, owner: number, from: number, to: number) => {
  await sql`update department_move set to_id = ${to} where owner_id = ${owner}`.execute(ctx.db)
  await sql`insert into department_move (owner_id, from_id, to_id) values (${owner}, ${from}, ${to})
    on conflict (owner_id, from_id) do update set to_id = excluded.to_id`.execute(ctx.db)
  await sql`delete from department_move where owner_id = ${owner} and from_id = to_id`.execute(
    ctx.db,
  )
  if (await regrantSome(ctx, owner)) await addJob(ctx, 'people:regrant', { owner })
}

/** The rest of a move, batch by batch; what a killed server leaves goes on with the next that tries. */
export const regrantRest = async (db: Db, owner: number, signal: AbortSignal | undefined) => {
  while (await db.transaction().execute((tx) => regrantSome({ db: tx }, owner)))
    signal?.throwIfAborted()
}

/** Everybody whose move was left waiting: a job that failed for good is taken up again. */
export const regrantLeft = async (db: Db, signal: AbortSignal | undefined) => {
  const left = await db.selectFrom('department_move').select('owner_id').distinct().execute()
  for (const { owner_id } of left) await regrantRest(db, owner_id, signal)
}

/** The department a customer of this owner stands in once the owner's move has reached it. */
export const movedOn = async (
  { db }: Pick<Ctx, 'db'>,
  owner: number | null,
  department: number | null,
): Promise<number | null> => {
  if (owner === null || department === null) return department
  const move = await db
    .selectFrom('department_move')
    .select('to_id')
    .where('owner_id', '=', owner)
    .where('from_id', '=', department)
    .executeTakeFirst()
  return move?.to_id ?? department
}

/** One batch; tells whether there may be more. Moves are held, so that nobody moves on in the midst of it. */
const regrantSome = async ({ db }: Pick<Ctx, 'db'>, owner: number): Promise<boolean> => {
  const held =
    await sql`select 1 from department_move where owner_id = ${owner} for update`.execute(db)
  // A move that is written from now on has a job of its own.
  if (held.rows.length === 0) return false
  const { numAffectedRows } = await sql`with picked as (
      select c.id, m.from_id, m.to_id from customer c
      join department_move m on m.owner_id = c.owner_id and m.from_id = c.department_id
      where c.owner_id = ${owner} order by c.id limit ${moving.batch} for no key update of c)
    update customer t set department_id = p.to_id,
      grants = array_replace(t.grants, p.from_id, p.to_id),
      former_grants = array_replace(t.former_grants, p.from_id, p.to_id)
    from picked p where t.id = p.id`.execute(db)
  if (Number(numAffectedRows) === moving.batch) return true
  await sql`delete from department_move where owner_id = ${owner}`.execute(db)
  return false
}

/** A customer is shared anew: its grants follow; deleted ones have none. */
export const regrantShares = async (
  ctx: Ctx,
  customer_id: string,
  { gone, come }: { gone: readonly number[]; come: readonly number[] },
) => {
  await sql`update customer set grants =
      array(select unnest(grants) except select unnest(${[...gone, ...come]}::int[])) || ${[...come]}::int[]
    where id = ${customer_id}::uuid and cardinality(grants) > 0`.execute(ctx.db)
}
