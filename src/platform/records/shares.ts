import { type Generated, sql } from 'kysely'
import type { Actor, Ctx } from '../database/ctx.ts'
import type { Access } from './access.ts'
import { rootEntity } from './registry.ts'

/** A principal let in to one root record, the last day included; null: without an end. */
export type Share = { principal_id: number; access: Access; until: string | null }

export type ShareTable = Share & { id: Generated<number> }

declare module '../database/tables.ts' {
  interface Tables {
    share: ShareTable
  }
}

/** What a person carries: `readable` all shares, `writable` those of them that let write. */
export type Shares = Actor['shares']

/** The person with what is shared with them beside the scope of their roles; a lacking right stays lacking. */
export const withShares = (actor: Actor, { readable, writable }: Shares): Actor => ({
  ...actor,
  shares: { readable, writable },
  reach: (permission) => {
    const scope = actor.reach(permission)
    return scope && [...scope, ...counted({ readable, writable }, permission)]
  },
})

/**
 * Reading counts for every kind of record, and a share that lets write also for making, changing and
 * deleting what belongs to the root. None lets put the root itself away, hand it over or export it.
 */
const counted = ({ readable, writable }: Shares, permission: string): readonly number[] => {
  const [plural, verb = ''] = permission.split('.')
  if (verb === 'view') return readable
  if (verb === 'create' || verb === 'edit') return writable
  return verb === 'delete' && plural !== rootEntity().plural ? writable : []
}

/** The same person without what others shared with them. */
export const unshared = <C extends Pick<Ctx, 'actor'>>(ctx: C): C => {
  const { actor } = ctx
  const held = new Set(actor.shares.readable)
  return {
    ...ctx,
    actor: {
      ...actor,
      shares: { readable: [], writable: [] },
      reach: (permission: string) => actor.reach(permission)?.filter((each) => !held.has(each)),
    },
  }
}

/** The id of a share, the same for all rows that it lets into. */
export const shareId = async (
  { db }: Pick<Ctx, 'db'>,
  { principal_id, access, until }: Share,
): Promise<number> => {
  const found = () =>
    db
      .selectFrom('share')
      .select('id')
      .where('principal_id', '=', principal_id)
      .where('access', '=', access)
      .where('until', until === null ? 'is' : '=', until)
      .executeTakeFirst()
  const known = await found()
  if (known) return known.id
  await sql`insert into share (principal_id, access, until)
    values (${principal_id}, ${access}, ${until}) on conflict do nothing`.execute(db)
  const made = await found()
  if (!made) throw new Error('No share was made')
  return made.id
}
