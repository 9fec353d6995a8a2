import { sql } from 'kysely'
import type { Ctx } from './ctx.ts'

/** Jobs that build indexes stand in this queue: two builds on one table at a time wait for each other. */
export const indexQueue = 'indexes'

/**
 * Moves into the indexes of lists (search tokens, grants, tags) what writers have only noted beside
 * them: each reader walks those notes, and 4 MB of them, the point where PostgreSQL tidies by itself,
 * cost a search 5–10 ms for each of its tokens.
 */
export const tidyIndexes = async ({ db }: Pick<Ctx, 'db'>) => {
  await sql`select gin_clean_pending_list(c.oid) from pg_class c join pg_am a on a.oid = c.relam
    where a.amname = 'gin' and c.relkind = 'i' and c.relnamespace = 'public'::regnamespace`.execute(
    db,
  )
}
