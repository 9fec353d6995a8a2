import { sql } from 'kysely'
import { type Db, unhurried } from '#platform/database/database.ts'

const common = sql`1, c.created_at, c.updated_at`

/**
 * Gives every customer what stands below one: half of them two contacts and half one, three
 * interactions over two years each, and a task of which two in three are done.
 */
export const fillChildren = (db: Db) => unhurried(db, inserted)

const inserted = async (db: Db) => {
  await sql`insert into contact (customer_id, id, name, name_key, phones, birth_date, version, created_at, updated_at)
    select c.id, gen_random_uuid(), '张三', 'zhangsan',
      case when n = 1 then array['13800138000'] else array[]::text[] end,
      date '1960-01-01' + (hashtext(c.id::text || n) & 16383), ${common}
    from customer c cross join generate_series(1, 2) n
    where c.number <> 'HOME' and (n = 1 or hashtext(c.id::text) & 1 = 0)`.execute(db)
  await sql`insert into interaction (customer_id, id, at, channel, direction, summary, version, created_at, updated_at)
    select c.id, gen_random_uuid(),
      now() - make_interval(days => 1 + (hashtext(c.id::text || n) & 1023) * 730 / 1024),
      case when n = 1 then 'visit' else 'call' end, 'out', '谈价格', ${common}
    from customer c cross join generate_series(1, 3) n where c.number <> 'HOME'`.execute(db)
  await sql`insert into task (customer_id, id, title, due_on, important, urgent, done_at, version, created_at, updated_at)
    select c.id, gen_random_uuid(), '回访', current_date + (hashtext(c.id::text) & 63) - 32, false, false,
      case when abs(hashtext(c.id::text)) % 3 = 0 then null else now() end, ${common}
    from customer c where c.number <> 'HOME'`.execute(db)
  for (const table of ['contact', 'interaction', 'task'])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db)
}
